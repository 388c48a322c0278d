import { isSameValue } from './value.ts';

/**
 * A list that came out otherwise than its author's desk had shown it, because others changed it meanwhile and the two were
 * merged item by item (F1, S8). `field` is the key of a profile field, or `tags`.
 */
export interface ListMerge {
  readonly field: string;
  /** As the author's desk showed it after the change. */
  readonly mine: readonly string[];
  /** As it stands now, in the order it is kept. */
  readonly result: readonly string[];
}

/** One item that somebody put into a list or took out of it. `T` says who and when. */
export interface ItemDeed<T> {
  readonly item: string;
  readonly added: boolean;
  readonly by: T;
}

/** The tags of a conversation, where a merge names its field. */
export const TAGS_FIELD = 'tags';

/** The merge to tell of; null where the same items stand as its author saw, in whatever order. */
export function listMerge(
  field: string,
  mine: readonly string[],
  result: readonly string[],
): ListMerge | null {
  return isSameValue(mine.toSorted(), result.toSorted()) ? null : { field, mine, result };
}

/**
 * Of the deeds in a list's history, oldest first, those that made a merge come out as it did: for each item that its author
 * did not expect, the last deed that put it in; for each that is missing, the last that took it out. Latest last. What no
 * deed tells (an own change that was refused) is not among them.
 */
export function deedsBehind<T>(
  { mine, result }: ListMerge,
  deeds: readonly ItemDeed<T>[],
): readonly ItemDeed<T>[] {
  const last = new Map(deeds.map((deed) => [deed.item, deed]));
  return deeds.filter(
    (deed) =>
      last.get(deed.item) === deed &&
      (deed.added ? result : mine).includes(deed.item) &&
      !(deed.added ? mine : result).includes(deed.item),
  );
}
