import type { ProfileValue } from '../../domain/events.ts';
import { fieldValueOf } from '../../domain/fields/value.ts';
import type { FieldsView } from '../../protocol/rpc/fields.ts';
import type { ThreadView } from '../../protocol/rpc/thread.ts';

/**
 * The profile's values as `show --json` prints them, by key (C1, C7): each field in its order, null where it has none;
 * then what the source said without a definition. Datetime is epoch milliseconds, as everywhere in profiles.
 */
export function shownProfile(
  { fields: rows }: Pick<ThreadView, 'fields'>,
  { fields, deletedKeys }: Pick<FieldsView, 'fields' | 'deletedKeys'>,
): Readonly<Record<string, ProfileValue>> {
  const defined = fields.map(({ key, type }): [string, ProfileValue] => [key, fieldValueOf(rows, key, type)]);
  const known = new Set([...fields.map(({ key }) => key), ...deletedKeys]);
  const others = [...new Set(rows.map(({ field }) => field))].filter((key) => !known.has(key)).sort();
  return Object.fromEntries([
    ...defined,
    ...others.map((key): [string, ProfileValue] => [key, fieldValueOf(rows, key, null)]),
  ]);
}
