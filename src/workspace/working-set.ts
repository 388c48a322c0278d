import type { AgentId, ConversationId, MessageId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import type { Agent, Message, ReadMarker, Setting, Verdict } from '../domain/model.ts';
import { type RowChange, type Snapshot, snapshotOwner } from '../domain/rows.ts';
import type { LoadedRows, Reads } from '../mutations/mutation.ts';
import { applyTo, type ConversationState, snapshotOf, stateOf } from './conversation-state.ts';
import type { Store } from './store/store.ts';

/** The rows that a batch of rules works on: loaded once, with what the batch changed so far on top. */
export interface WorkingSet {
  /** What a mutation may read: asking for a row that `reads` did not name throws (Y2). */
  view(reads: Reads): LoadedRows;
  snapshot(id: ConversationId): Snapshot;
  /** Takes over what a rule changed. */
  apply(changes: readonly RowChange[]): void;
}

/** A key of two ids as text: of a read marker (agent, conversation), of a verdict (conversation, agent). */
function pairKey(one: string, other: string): string {
  return JSON.stringify([one, other]);
}

/** Loads every row that `reads` names, each once. */
export async function loadWorkingSet(store: Store, reads: readonly Reads[]): Promise<WorkingSet> {
  const conversationIds = [...new Set(reads.flatMap((one) => one.conversations))];
  const messageIds = [...new Set(reads.flatMap((one) => one.messages ?? []))];
  const agentIds = [...new Set(reads.flatMap((one) => one.agents ?? []))];
  const markers = reads.flatMap((one) => one.readMarkers ?? []);
  const verdictKeys = reads.flatMap((one) => one.verdicts ?? []);
  const settingKeys = [...new Set(reads.flatMap((one) => one.settings ?? []))];
  // Most batches read conversations alone: a question that asks for nothing is not asked.
  const states = await loadConversations(store, conversationIds);
  const messages = await loadByKey(messageIds, (keys) => store.rows('message', keys));
  const agents = await loadByKey(agentIds, (keys) => store.rows('agent', keys));
  const settings = await loadByKey(settingKeys, (keys) => store.rows('setting', keys));
  const readMarkers = await loadByPair(markers, (keys) => store.rows('readMarker', keys));
  const verdicts = await loadByPair(verdictKeys, (keys) => store.rows('verdict', keys));
  return workingSet(states, { messages, agents, readMarkers, settings, verdicts });
}

type Found<R> = Promise<readonly (R | null)[]>;

async function loadByKey<K, R>(
  ids: readonly K[],
  read: (keys: readonly (readonly [K])[]) => Found<R>,
): Promise<Map<K, R | null>> {
  if (ids.length === 0) return new Map();
  const rows = await read(ids.map((id) => [id]));
  return new Map(ids.map((id, index) => [id, rows[index] ?? null]));
}

/** By `pairKey`. */
async function loadByPair<K extends readonly [string, string], R>(
  keys: readonly K[],
  read: (keys: readonly K[]) => Found<R>,
): Promise<Map<string, R | null>> {
  if (keys.length === 0) return new Map();
  const rows = await read(keys);
  return new Map(keys.map(([one, other], index) => [pairKey(one, other), rows[index] ?? null]));
}

async function loadConversations(
  store: Store,
  ids: readonly ConversationId[],
): Promise<Map<ConversationId, ConversationState>> {
  const states = new Map<ConversationId, ConversationState>();
  if (ids.length === 0) return states;
  const found = await store.ruledRows(ids);
  for (const id of ids) states.set(id, stateOf(found.get(id) ?? NO_ROWS));
  return states;
}

/** Of a conversation that is not there. */
const NO_ROWS = { conversation: null, cycles: [], tags: [], products: [], fields: [], csat: [] };

/** Rows outside conversations, by key; null where there is none. */
interface SingleRows {
  readonly messages: Map<MessageId, Message | null>;
  readonly agents: Map<AgentId, Agent | null>;
  readonly readMarkers: Map<string, ReadMarker | null>;
  readonly settings: Map<string, Setting | null>;
  readonly verdicts: Map<string, Verdict | null>;
}

function workingSet(
  states: Map<ConversationId, ConversationState>,
  { messages, agents, readMarkers, settings, verdicts }: SingleRows,
): WorkingSet {
  const snapshot = (id: ConversationId): Snapshot => snapshotOf(must(states.get(id), `conversation ${id}`));
  return {
    snapshot,
    view: (reads) => ({
      snapshot: (id) => {
        assertNamed(reads.conversations.includes(id), 'conversation', id);
        return snapshot(id);
      },
      message: (id) => {
        assertNamed(reads.messages?.includes(id), 'message', id);
        return messages.get(id) ?? null;
      },
      agent: (id) => {
        assertNamed(reads.agents?.includes(id), 'agent', id);
        return agents.get(id) ?? null;
      },
      readMarker: (agent, conversation) => {
        const named = reads.readMarkers?.some(([a, c]) => a === agent && c === conversation);
        assertNamed(named, 'readMarker', conversation);
        return readMarkers.get(pairKey(agent, conversation)) ?? null;
      },
      setting: (key) => {
        assertNamed(reads.settings?.includes(key), 'setting', key);
        return settings.get(key) ?? null;
      },
      verdict: (conversation, agent) => {
        const named = reads.verdicts?.some(([c, a]) => c === conversation && a === agent);
        assertNamed(named, 'verdict', conversation);
        return verdicts.get(pairKey(conversation, agent)) ?? null;
      },
    }),
    apply: (changes) => {
      for (const change of changes) {
        if (change.table === 'message') {
          if (change.op === 'put') messages.set(change.row.id, change.row);
          else messages.set(change.key[0], null);
        } else if (change.table === 'readMarker' && change.op === 'put') {
          readMarkers.set(pairKey(change.row.agentId, change.row.conversationId), change.row);
        } else if (change.table === 'agent' && change.op === 'put') {
          agents.set(change.row.id, change.row);
        } else if (change.table === 'setting') {
          if (change.op === 'put') settings.set(change.row.key, change.row);
          else settings.set(change.key[0], null);
        } else if (change.table === 'verdict') {
          const [conversation, agent] =
            change.op === 'put' ? [change.row.conversationId, change.row.agentId] : change.key;
          verdicts.set(pairKey(conversation, agent), change.op === 'put' ? change.row : null);
        } else {
          // No rule reads the other tables.
          const id = snapshotOwner(change);
          const state = id === null ? undefined : states.get(id);
          if (state !== undefined) applyTo(state, change);
        }
      }
    },
  };
}

function assertNamed(named: boolean | undefined, table: string, key: string): void {
  if (named !== true) throw new Error(`invariant broken: ${table} ${key} was not named by reads`);
}
