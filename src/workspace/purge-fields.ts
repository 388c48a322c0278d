import type { Clock } from '../base/time.ts';
import type { Fact } from '../domain/events.ts';
import { fieldDefinitions } from '../domain/fields/definition.ts';
import { withoutField } from '../domain/fields/profile-check.ts';
import type { HistoryRow } from '../domain/model.ts';
import { del, put, type RowChange } from '../domain/rows.ts';
import type { Store } from './store/store.ts';

/** Conversations that lose a deleted field's values in one commit. */
const BATCH = 200;

/** The history row without what it says of a field; null where it says nothing of it. */
function purgedHistory(row: HistoryRow, field: string): HistoryRow | null {
  // Most rows are messages: not worth parsing.
  if (!row.fact.includes('"profileSet"')) return null;
  const fact = JSON.parse(row.fact) as Fact;
  if (fact.type !== 'profileSet') return null;
  const values = withoutField(fact.values, field);
  return values === fact.values ? null : { ...row, fact: JSON.stringify({ ...fact, values }) };
}

async function purgeBatch(store: Store, field: string): Promise<readonly RowChange[]> {
  const ids = await store.fieldHolders(field, BATCH);
  const values = await store.rowsOf('fieldValue', ids);
  const history = await store.rowsOf('history', ids);
  return ids.flatMap((id) => [
    ...(values.get(id) ?? [])
      .filter((row) => row.field === field)
      .map((row) => del('fieldValue', [id, field, row.ordinal])),
    ...(history.get(id) ?? []).flatMap((row) => {
      const purged = purgedHistory(row, field);
      return purged === null ? [] : [put('history', purged)];
    }),
  ]);
}

/**
 * F3: takes the values of deleted fields away, from the profiles and from the histories they were folded from, so that
 * folding again does not bring them back. A batch a commit; what is left when it ends early goes with the next call.
 * Answers how many rows changed.
 */
export async function purgeDeletedFields({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): Promise<number> {
  const deleted = fieldDefinitions(await store.settings()).filter((field) => field.deletedAt !== null);
  let purged = 0;
  for (const { key } of deleted) {
    for (;;) {
      const head = await store.head();
      const changes = await purgeBatch(store, key);
      if (changes.length === 0) break;
      const committed = await store.commit({
        expectedHead: head.seq,
        at: clock.now(),
        changes,
        audit: [
          {
            actor: 'workspace',
            action: 'field.purged',
            detail: JSON.stringify({ field: key, rows: changes.length }),
          },
        ],
      });
      if (committed.ok) purged += committed.value.changed;
    }
  }
  return purged;
}
