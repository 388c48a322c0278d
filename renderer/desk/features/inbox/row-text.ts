import type { ListRow } from '../../../../src/protocol/rpc/list.ts';
import type { Text } from '../../i18n/keys.ts';

/** The second line of a row: the question while nobody has read the hand-off, else the latest message and whose it is. */
export function rowLine(row: ListRow, me: string | null, t: Text): string {
  const text = row.unreadHandoff
    ? (row.firstQuestion ?? row.lastMessagePreview)
    : (row.lastMessagePreview ?? row.firstQuestion);
  if (text === null) return t('inbox:row.noText');
  const isLast = text === row.lastMessagePreview && !row.unreadHandoff;
  if (!isLast || row.lastMessageKind !== 'agent' || row.assigneeId !== me) return text;
  return t('inbox:row.you', { text });
}

/** How many tags a row has room for. */
export const TAGS_SHOWN = 3;

/** The moment the row's age is counted from. */
export function rowMoment(row: ListRow): number {
  return row.lastMessageAt ?? row.startedAt;
}
