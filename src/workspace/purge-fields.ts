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

/** The deleted field that some conversation still holds a value of, with the changes that free the next batch of them. */
async function nextBatch(
  store: Store,
): Promise<{ readonly field: string; readonly changes: readonly RowChange[] } | null> {
  for (const { key, deletedAt } of fieldDefinitions(await store.settings())) {
    if (deletedAt === null) continue;
    const changes = await purgeBatch(store, key);
    if (changes.length > 0) return { field: key, changes };
  }
  return null;
}

/**
 * F3: takes the values of deleted fields away, from the profiles and from the histories they were folded from, so that
 * folding again does not bring them back. At most `most` commits, of a batch of conversations each, so that nobody waits
 * long behind it. Answers whether all of them are gone; what is left goes with the next call.
 */
export async function purgeDeletedFields(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  most: number,
): Promise<boolean> {
  for (let done = 0; done < most; done += 1) {
    const head = await store.head();
    const batch = await nextBatch(store);
    if (batch === null) return true;
    const detail = JSON.stringify({ field: batch.field, rows: batch.changes.length });
    // A head that another process moved is met again by the next round.
    await store.commit({
      expectedHead: head.seq,
      at: clock.now(),
      changes: batch.changes,
      audit: [{ actor: 'workspace', action: 'field.purged', detail }],
    });
  }
  return (await nextBatch(store)) === null;
}
