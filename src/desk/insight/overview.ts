import { AI_OUTCOMES } from '../../domain/model.ts';
import { type Figures, figuresOf } from '../../domain/overview/figures.ts';
import type { OverviewGroup } from '../../domain/overview/presets.ts';
import type { ZonedDays } from '../../domain/overview/range.ts';
import { compareValues } from '../../domain/review/agreement.ts';
import type { OverviewStack } from '../../protocol/rpc/insight.ts';
import { type ConversationColumns, outcomeCode } from './conversation-columns.ts';

const NOT_RESOLVED = outcomeCode('notResolvedByAi');

/** Figures of the conversations that the AI started on these days (O3, O-rates). */
export function figuresIn(columns: ConversationColumns, days: Pick<ZonedDays, 'start' | 'end'>): Figures {
  const { startedAt, end } = columns;
  const { start: from, end: to } = days;
  const counts = new Uint32Array(AI_OUTCOMES.length + 1);
  let takenOver = 0;
  for (let n = 1; n < end; n += 1) {
    const at = startedAt[n] ?? 0;
    if (at < from || at >= to) continue;
    const code = columns.outcomeOf(n);
    counts[code] = (counts[code] ?? 0) + 1;
    if (code === NOT_RESOLVED && columns.isTakenOver(n)) takenOver += 1;
  }
  const of = (outcome: (typeof AI_OUTCOMES)[number]): number => counts[outcomeCode(outcome)] ?? 0;
  return figuresOf({
    open: of('open'),
    resolvedByAi: of('resolvedByAi'),
    notResolvedByAi: of('notResolvedByAi'),
    closedUnresolved: of('closedUnresolved'),
    takenOver,
  });
}

/** The numbers that conversations are stacked by, how many there are, and what each is called. */
interface Grouping {
  readonly codeOf: (n: number) => number;
  readonly size: number;
  readonly nameOf: (code: number) => string | null;
}

export function groupingBy(columns: ConversationColumns, group: OverviewGroup): Grouping {
  const { channel, groupTag, channels, tags } = columns;
  switch (group) {
    case 'channel':
      return {
        codeOf: (n) => channel[n] ?? 0,
        size: channels.size + 1,
        nameOf: (code) => channels.valueOf(code),
      };
    case 'status':
      return {
        codeOf: (n) => columns.outcomeOf(n),
        size: AI_OUTCOMES.length + 1,
        nameOf: (code) => AI_OUTCOMES[code - 1] ?? null,
      };
    case 'tag':
      return {
        codeOf: (n) => groupTag[n] ?? 0,
        size: tags.size + 1,
        nameOf: (code) => (code === 0 ? null : tags.valueOf(code)),
      };
  }
}

/** Bars by day, stacked (O1): the same conversations that the figures count. The largest part first. */
export function stacksIn(
  columns: ConversationColumns,
  days: ZonedDays,
  group: OverviewGroup,
): readonly OverviewStack[] {
  const { startedAt, end } = columns;
  const { codeOf, size, nameOf } = groupingBy(columns, group);
  const { length, start: from, end: to } = days;
  const counts: (Uint32Array | undefined)[] = Array.from({ length: size });
  for (let n = 1; n < end; n += 1) {
    const at = startedAt[n] ?? 0;
    if (at < from || at >= to || columns.outcomeOf(n) === 0) continue;
    const day = days.indexOf(at);
    const of = (counts[codeOf(n)] ??= new Uint32Array(length));
    of[day] = (of[day] ?? 0) + 1;
  }
  return counts
    .flatMap((of, code): OverviewStack[] =>
      of === undefined
        ? []
        : [{ value: nameOf(code), counts: [...of], total: of.reduce((sum, count) => sum + count, 0) }],
    )
    .sort((a, b) => b.total - a.total || compareValues(a.value, b.value));
}

/** Whether the AI ever started a conversation here. */
export function hasAny(columns: ConversationColumns): boolean {
  for (let n = 1; n < columns.end; n += 1) if (columns.outcomeOf(n) !== 0) return true;
  return false;
}
