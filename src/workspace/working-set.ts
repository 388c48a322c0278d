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
function pairKey([one, other]: readonly [string, string]): string {
  return JSON.stringify([one, other]);
}

/** Loads every row that `reads` names, each once. */
export async function loadWorkingSet(store: Store, reads: readonly Reads[]): Promise<WorkingSet> {
  const conversations = named(reads, (one) => one.conversations);
  const messages = named(reads, (one) => one.messages);
  const agents = named(reads, (one) => one.agents);
  const markers = named(reads, (one) => one.readMarkers);
  const verdicts = named(reads, (one) => one.verdicts);
  const settings = named(reads, (one) => one.settings);
  const rows = noRows();
  // Most batches read conversations alone: a question that asks for nothing is not asked.
  const states = await loadConversations(store, conversations);
  if (messages.length > 0) fill(rows.messages, messages, await store.rows('message', messages.map(alone)));
  if (agents.length > 0) fill(rows.agents, agents, await store.rows('agent', agents.map(alone)));
  if (settings.length > 0) fill(rows.settings, settings, await store.rows('setting', settings.map(alone)));
  if (markers.length > 0)
    fill(rows.readMarkers, markers.map(pairKey), await store.rows('readMarker', markers));
  if (verdicts.length > 0) fill(rows.verdicts, verdicts.map(pairKey), await store.rows('verdict', verdicts));
  return workingSet(states, rows);
}

/** What reads name of one kind: ids that several name each once. */
function named<K>(reads: readonly Reads[], of: (one: Reads) => readonly K[] | undefined): readonly K[] {
  const [first] = reads;
  if (first === undefined) return [];
  if (reads.length === 1) return of(first) ?? [];
  const all = new Set<K>();
  for (const one of reads) for (const name of of(one) ?? []) all.add(name);
  return [...all];
}

/** An id as the key of its row. */
function alone<K>(id: K): readonly [K] {
  return [id];
}

/** Files rows under the names that they were asked by, in the same order. */
function fill<K, R>(to: Map<K, R | null>, names: readonly K[], rows: readonly (R | null)[]): void {
  for (const [index, name] of names.entries()) to.set(name, rows[index] ?? null);
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

function noRows(): SingleRows {
  return {
    messages: new Map(),
    agents: new Map(),
    readMarkers: new Map(),
    settings: new Map(),
    verdicts: new Map(),
  };
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
        return readMarkers.get(pairKey([agent, conversation])) ?? null;
      },
      setting: (key) => {
        assertNamed(reads.settings?.includes(key), 'setting', key);
        return settings.get(key) ?? null;
      },
      verdict: (conversation, agent) => {
        const named = reads.verdicts?.some(([c, a]) => c === conversation && a === agent);
        assertNamed(named, 'verdict', conversation);
        return verdicts.get(pairKey([conversation, agent])) ?? null;
      },
    }),
    apply: (changes) => {
      for (const change of changes) {
        if (change.table === 'message') {
          if (change.op === 'put') messages.set(change.row.id, change.row);
          else messages.set(change.key[0], null);
        } else if (change.table === 'readMarker' && change.op === 'put') {
          readMarkers.set(pairKey([change.row.agentId, change.row.conversationId]), change.row);
        } else if (change.table === 'agent' && change.op === 'put') {
          agents.set(change.row.id, change.row);
        } else if (change.table === 'setting') {
          if (change.op === 'put') settings.set(change.row.key, change.row);
          else settings.set(change.key[0], null);
        } else if (change.table === 'verdict') {
          const [conversation, agent] =
            change.op === 'put' ? [change.row.conversationId, change.row.agentId] : change.key;
          verdicts.set(pairKey([conversation, agent]), change.op === 'put' ? change.row : null);
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
