import { type ConversationRows, refoldChanges } from '../domain/conversation-rows.ts';
import { foldHistory } from '../domain/fold.ts';
import { EMPTY_SNAPSHOT } from '../domain/rows.ts';
import { settle } from '../domain/step.ts';
import { loadStored, type StoredConversation } from './history-rows.ts';
import { readPolicy } from './settings.ts';
import type { Damage } from './store/store.ts';
import type { SweepDeps } from './sweep.ts';

export interface CheckReport {
  readonly damage: readonly Damage[];
  /** Conversations folded again from their history and compared (T11). */
  readonly conversations: number;
}

const MAX_DAMAGE = 100;
const BATCH = 200;

/** Looks for damage in storage; where there is none, folds up to `limit` conversations again: incremental must equal recomputed (T11). */
export async function checkWorkspace(deps: SweepDeps, limit: number): Promise<CheckReport> {
  const { store } = deps;
  const now = deps.clock.now();
  const damage: Damage[] = [...(await store.verify(MAX_DAMAGE))];
  // Rows that are not what was written say nothing about each other, and may not even be read.
  if (damage.length > 0) return { damage, conversations: 0 };
  const policy = await readPolicy(store, deps.log);
  /** The stored rows with what the next sweep will do to them. */
  const settledRows = (rows: ConversationRows): ConversationRows => {
    const { conversation, tags } = rows;
    const passed = settle({ ...EMPTY_SNAPSHOT, conversation, tags }, now, policy);
    const made = passed.changes.flatMap((change) =>
      change.table === 'metricEvent' && change.op === 'put' ? [change.row] : [],
    );
    return {
      ...rows,
      conversation: passed.snapshot.conversation ?? conversation,
      metricEvents: [...rows.metricEvents, ...made],
    };
  };
  const differs = (stored: StoredConversation): boolean => {
    const rows = settledRows(stored.rows);
    if (!stored.history.some((event) => event.fact.type === 'started')) return true;
    return refoldChanges(rows, foldHistory(stored.history, policy, now).rows).length > 0;
  };
  let conversations = 0;
  let afterId = '';
  while (conversations < limit && damage.length < MAX_DAMAGE) {
    const ids = await store.conversationIds(afterId, Math.min(BATCH, limit - conversations));
    const stored = await loadStored(store, ids);
    for (const [id, one] of stored) if (differs(one)) damage.push({ type: 'fold', place: id });
    conversations += ids.length;
    const last = ids.at(-1);
    if (last === undefined) break;
    afterId = last;
  }
  return { damage: damage.slice(0, MAX_DAMAGE), conversations };
}
