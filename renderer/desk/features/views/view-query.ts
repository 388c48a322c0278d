import { type ListQuery, listQuerySchema } from '../../../../src/protocol/rpc/list.ts';

/** What a saved view shows: which conversations in which order, and in which form. */
export interface ViewContent {
  readonly list: ListQuery;
  readonly mode: 'split' | 'table';
}

/** A view's content as it is kept. */
export function viewText({ list, mode }: ViewContent): string {
  return JSON.stringify({ list, mode });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Reads what was kept, on whichever version; null where it is no view. */
export function parseViewText(text: string): ViewContent | null {
  const kept = parsed(text);
  if (typeof kept !== 'object' || kept === null || !('list' in kept)) return null;
  const list = listQuerySchema.safeParse(kept.list);
  if (!list.success) return null;
  return { list: list.data, mode: 'mode' in kept && kept.mode === 'split' ? 'split' : 'table' };
}

const LIST = '#/list/';
const VIEW = '#/view/';

/** The part of an address that shows a list as it is: filters, order and the figure it is behind. */
export function listHash(content: ViewContent): string {
  return `${LIST}${encodeURIComponent(viewText(content))}`;
}

/** The part of an address that shows a saved view. */
export function viewHash(id: string): string {
  return `${VIEW}${encodeURIComponent(id)}`;
}

function decoded(hash: string, prefix: string): string | null {
  if (!hash.startsWith(prefix)) return null;
  try {
    return decodeURIComponent(hash.slice(prefix.length));
  } catch {
    return null;
  }
}

/** The list that an address names; null when it names none. */
export function linkedList(hash: string): ViewContent | null {
  const text = decoded(hash, LIST);
  return text === null ? null : parseViewText(text);
}

/** The saved view that an address names; null when it names none. */
export function linkedView(hash: string): string | null {
  const id = decoded(hash, VIEW);
  return id === null || id === '' ? null : id;
}

/** JSON whose keys are in one order, so that equal values are equal texts. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Whether two queries show the same list. */
export function sameList(one: ListQuery, other: ListQuery): boolean {
  return sortedText(one) === sortedText(other);
}
