import { ExternalLink } from 'lucide-react';
import { builtinField, builtinValue } from '../../../../src/domain/fields/builtin.ts';
import { CSAT_FIELD } from '../../../../src/domain/fields/definition.ts';
import { fieldValueOf } from '../../../../src/domain/fields/value.ts';
import type { ProfileValue } from '../../../../src/domain/events.ts';
import { NO_TIMINGS } from '../../../../src/domain/timings/timings.ts';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Icon } from '../../ui/icon.tsx';
import { CsatValue } from './csat-value.tsx';
import { Value } from './field.tsx';
import type { OwnField } from './panel-fields.ts';
import { pageText } from './page-text.ts';

/** The value of a built-in key or of one that only the source knows; timings have a place of their own. */
export function lockedValue(view: ThreadView, key: string): ProfileValue {
  const { conversation, tags, fields } = view;
  return builtinField(key) === null
    ? fieldValueOf(fields, key, null)
    : builtinValue(key, { conversation, tags, fields, timings: NO_TIMINGS });
}

/** The value of one of the conversation's own columns; null where there is none. */
export function ownValue({ conversation }: ThreadView, key: OwnField): string | number | null {
  switch (key) {
    case 'assignee':
    case 'followers':
      return '';
    case 'skills':
      return [...new Set([conversation.initialSkill, conversation.finalSkill])]
        .filter((skill) => skill !== null)
        .join(' → ');
    case 'aiOutcome':
      return conversation.aiOutcome;
    case 'reason':
      return conversation.handoffReasonCode;
    case 'startedAt':
      return conversation.startedAt;
    case 'cycles':
      return conversation.cycleCount;
    case 'source':
      return conversation.source;
    case 'rawStatus':
      return conversation.aiRawStatus;
  }
}

export function PageLink({ page }: { readonly page: string | null }) {
  const { t } = useText();
  if (page === null) return <Value of={null} />;
  const { short, href, host } = pageText(page);
  if (href === null) return <bdi title={page}>{short}</bdi>;
  return (
    <a href={href} rel="noreferrer" target="_blank" title={t('profile:page.open', { host: host ?? '' })}>
      <bdi>{short}</bdi> <Icon of={ExternalLink} />
    </a>
  );
}

export function Moment({ at }: { readonly at: number | null }) {
  const { formats } = useText();
  const now = useNow();
  return at === null ? (
    <Value of={null} />
  ) : (
    <time title={formats.full(at)}>{formats.dateTime(at, now)}</time>
  );
}

/** A value that nobody defined a field for, as plainly as it comes. */
function PlainValue({ value }: { readonly value: ProfileValue }) {
  const { t, formats } = useText();
  if (typeof value === 'number') return <Value of={formats.number(value)} />;
  if (typeof value === 'boolean') return <Value of={t(value ? 'common:yes' : 'common:no')} />;
  if (typeof value === 'string' || value === null) return <Value of={value} />;
  return <Value of={value.join(', ')} />;
}

/** A locked value by its key's own presentation: a page is a link, a moment is no number, a duration is no moment (C4). */
export function LockedValue({ view, of: key }: { readonly view: ThreadView; readonly of: string }) {
  const { labels } = useText();
  const value = lockedValue(view, key);
  const presentation = builtinField(key)?.presentation;
  if (key === CSAT_FIELD)
    return (
      <CsatValue conversationId={view.conversation.id} score={typeof value === 'number' ? value : null} />
    );
  if (presentation === 'page') return <PageLink page={view.conversation.page} />;
  if (presentation === 'datetime') return <Moment at={typeof value === 'number' ? value : null} />;
  if (presentation === 'state') return <Value of={labels.humanState(view.conversation.humanState)} />;
  if (presentation === 'channel')
    return <Value of={typeof value === 'string' ? labels.channel(value) : null} />;
  return <PlainValue value={value} />;
}

/** One of the conversation's own columns. */
export function OwnValue({ view, of: key }: { readonly view: ThreadView; readonly of: OwnField }) {
  const { labels, formats } = useText();
  const { conversation } = view;
  if (key === 'startedAt') return <Moment at={conversation.startedAt} />;
  if (key === 'aiOutcome') return <Value of={labels.aiOutcome(conversation.aiOutcome)} />;
  if (key === 'reason') return <Value of={labels.reason(conversation.handoffReasonCode)} />;
  const value = ownValue(view, key);
  return <Value of={typeof value === 'number' ? formats.number(value) : value} />;
}
