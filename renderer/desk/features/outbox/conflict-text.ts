import type { OutboxItem } from '../../../../src/protocol/rpc/status.ts';
import type { TextTools } from '../../i18n/text-provider.tsx';

/** What the words of a change are made with. */
export interface ConflictTools extends Pick<TextTools, 't' | 'labels' | 'formats'> {
  readonly nameOf: (agentId: string | null) => string | null;
  readonly fieldName: (key: string) => string;
}

type Asked = Pick<OutboxItem, 'name' | 'args'>;
type Stopped = Asked & Pick<OutboxItem, 'code' | 'detail' | 'text'>;

function valueAt(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null
    ? Object.getOwnPropertyDescriptor(from, key)?.value
    : undefined;
}

function priorityText({ t, labels }: ConflictTools, value: unknown): string {
  return value === 'high' || value === 'medium' || value === 'low'
    ? labels.priority(value)
    : t('outbox:conflict.none');
}

function plainText({ t, formats }: ConflictTools, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return formats.number(value);
  if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
  if (Array.isArray(value)) return value.map(String).join(', ');
  return t('common:none');
}

/** What a change asks for, beside its name: the value, the tag, the colleague. Null where the name says it all. */
export function wishText({ name, args }: Asked, tools: ConflictTools): string | null {
  const of = (key: string): unknown => valueAt(args, key);
  switch (name) {
    case 'conversation.setPriority':
      return priorityText(tools, of('priority'));
    case 'conversation.setDescription':
      return plainText(tools, of('description'));
    case 'conversation.assign': {
      const id = of('assigneeId');
      return tools.nameOf(typeof id === 'string' ? id : null) ?? tools.t('common:nobody');
    }
    case 'conversation.snooze': {
      const until = of('until');
      return typeof until === 'number' ? tools.formats.full(until) : null;
    }
    case 'tag.add':
    case 'tag.remove':
      return plainText(tools, of('tag'));
    case 'profile.set': {
      const field = of('field');
      if (typeof field !== 'string') return null;
      return tools.t('outbox:wish.field', {
        field: tools.fieldName(field),
        value: plainText(tools, of('value')),
      });
    }
    default:
      return null;
  }
}

/** When someone did something: the time today, the whole moment on another day. */
export function momentText({ formats }: Pick<ConflictTools, 'formats'>, at: number, now: number): string {
  const [then, today] = [formats.civil(at), formats.civil(now)];
  const isToday = then.year === today.year && then.month === today.month && then.day === today.day;
  return isToday ? formats.time(at) : formats.full(at);
}

/** The words for what a colleague did; null where the refusal is of another kind. */
function deedText(item: Stopped, tools: ConflictTools, by: { name: string; time: string }): string | null {
  const { t } = tools;
  const { name, args, code, detail } = item;
  if (code === 'takenBySomeoneElse') return t('outbox:conflict.taken', by);
  if (code === 'invalidState' && detail?.['state'] === 'closed') return t('outbox:conflict.closed', by);
  if (code !== 'changedSince') return null;
  if (name === 'conversation.setPriority')
    return t('outbox:conflict.priorityBy', {
      ...by,
      mine: priorityText(tools, valueAt(args, 'priority')),
      theirs: priorityText(tools, detail?.['priority']),
    });
  const field = valueAt(args, 'field');
  if (name === 'profile.set' && typeof field === 'string')
    return t('outbox:conflict.fieldBy', { ...by, field: tools.fieldName(field) });
  return t('outbox:conflict.valueBy', by);
}

/**
 * Who was there first, what they did and when, and that one's own text is kept. Null where nobody was: the refusal's own
 * sentence says it then. `now` tells today from other days.
 */
export function conflictText(item: Stopped, now: number, tools: ConflictTools): string | null {
  const { t } = tools;
  const { code, detail, text } = item;
  const at = detail?.['at'];
  const kept = text === null ? '' : ` ${t('outbox:conflict.textKept')}`;
  if (typeof at !== 'number') {
    if (code !== 'changedSince' || item.name !== 'conversation.setPriority') return null;
    const mine = priorityText(tools, valueAt(item.args, 'priority'));
    return t('outbox:conflict.priority', { mine, theirs: priorityText(tools, detail?.['priority']) });
  }
  const agentId = detail?.['agentId'];
  const name = tools.nameOf(typeof agentId === 'string' ? agentId : null) ?? t('outbox:conflict.source');
  const deed = deedText(item, tools, { name, time: momentText(tools, at, now) });
  return deed === null ? null : `${deed}${kept}`;
}
