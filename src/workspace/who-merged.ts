import type { AgentId, ConversationId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
import type { Fact } from '../domain/events.ts';
import { deedsBehind, type ItemDeed, type ListMerge, TAGS_FIELD } from '../domain/fields/list-merge.ts';
import type { HistoryRow } from '../domain/model.ts';
import type { Merged } from '../protocol/sync.ts';
import type { Store } from './store/store.ts';
import { authorOf, type Batch, factOf, historyOf } from './who-changed.ts';

function valueItems(fact: Fact, field: string): readonly string[] | null {
  if (fact.type !== 'profileSet' || !Object.hasOwn(fact.values, field)) return null;
  const value = fact.values[field] ?? null;
  if (value === null) return [];
  return typeof value === 'object' ? value : [String(value)];
}

/** The tags after a fact; null where it says nothing of tags. */
function tagsAfter(fact: Fact, tags: readonly string[]): readonly string[] | null {
  switch (fact.type) {
    case 'tagAdded':
      return [...tags, fact.tag];
    case 'tagRemoved':
      return tags.filter((tag) => tag !== fact.tag);
    case 'escalated':
    case 'resolved':
      return [...tags, ...fact.tags];
    default:
      return null;
  }
}

/** What each event of a history, in its order, did to the items of one list. */
function deedsIn(history: readonly HistoryRow[], field: string): readonly ItemDeed<HistoryRow>[] {
  const deeds: ItemDeed<HistoryRow>[] = [];
  let items: ReadonlySet<string> = new Set();
  for (const row of history) {
    const fact = factOf(row);
    const after = field === TAGS_FIELD ? tagsAfter(fact, [...items]) : valueItems(fact, field);
    if (after === null) continue;
    const next = new Set(after);
    for (const item of next) if (!items.has(item)) deeds.push({ item, added: true, by: row });
    for (const item of items) if (!next.has(item)) deeds.push({ item, added: false, by: row });
    items = next;
  }
  return deeds;
}

/**
 * Who changed the list that a change was merged into, and when the last of them did; an event of a source has nobody's id.
 * Null where nobody but this desk itself did.
 */
export async function withMergers(
  store: Pick<Store, 'rowsOf' | 'client'>,
  merge: ListMerge,
  conversationId: ConversationId,
  batch: Batch,
): Promise<Merged | null> {
  const history = await historyOf(store, conversationId, batch);
  const deeds = deedsBehind(merge, deedsIn(history, merge.field)).map(({ by }) => by);
  const others = deeds.filter(({ clientId }) => clientId !== batch.clientId);
  let at: EpochMillis | null = null;
  const agentIds = new Set<AgentId | null>();
  for (const row of others) {
    agentIds.add(await authorOf(store, row, batch));
    at = row.at;
  }
  const { field, mine, result } = merge;
  return at === null ? null : { field, mine: [...mine], result: [...result], agentIds: [...agentIds], at };
}
