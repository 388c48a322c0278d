import type { AgentId, ConversationId, MessageId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import type {
  Agent,
  Conversation,
  Csat,
  Cycle,
  FieldValue,
  Message,
  Product,
  ReadMarker,
  Setting,
  Tag,
  Verdict,
} from '../domain/model.ts';
import type { RowChange, Snapshot } from '../domain/rows.ts';
import type { LoadedRows, Reads } from '../mutations/mutation.ts';
import type { Store } from './store/store.ts';

/** One conversation as far as rules read it, its collections by key. All cycles: taking one back needs the one before. */
interface ConversationState {
  conversation: Conversation | null;
  readonly cycles: Map<number, Cycle>;
  readonly tags: Map<string, Tag>;
  readonly products: Map<string, Product>;
  readonly fields: Map<string, FieldValue>;
  readonly csat: Map<number, Csat>;
}

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
  const rows = await store.rows(
    'conversation',
    ids.map((id) => [id]),
  );
  // A conversation that is not there has no rows of its own either: new ones cost one look.
  const known = ids.filter((_, index) => rows[index] !== null);
  if (known.length === 0) return new Map(ids.map((id) => [id, noState()]));
  const cycles = await store.rowsOf('cycle', known);
  const tags = await store.rowsOf('tag', known);
  const products = await store.rowsOf('product', known);
  const fields = await store.rowsOf('fieldValue', known);
  const csat = await store.rowsOf('csat', known);
  return new Map(
    ids.map((id, index) => [
      id,
      {
        conversation: rows[index] ?? null,
        cycles: new Map((cycles.get(id) ?? []).map((row) => [row.ordinal, row])),
        tags: new Map((tags.get(id) ?? []).map((row) => [row.tag, row])),
        products: new Map((products.get(id) ?? []).map((row) => [row.productId, row])),
        fields: new Map((fields.get(id) ?? []).map((row) => [fieldKey(row.field, row.ordinal), row])),
        csat: new Map((csat.get(id) ?? []).map((row) => [row.ordinal, row])),
      },
    ]),
  );
}

function noState(): ConversationState {
  return {
    conversation: null,
    cycles: new Map(),
    tags: new Map(),
    products: new Map(),
    fields: new Map(),
    csat: new Map(),
  };
}

function fieldKey(field: string, ordinal: number): string {
  return JSON.stringify([field, ordinal]);
}

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
          applyToState(states, change);
        }
      }
    },
  };
}

function assertNamed(named: boolean | undefined, table: string, key: string): void {
  if (named !== true) throw new Error(`invariant broken: ${table} ${key} was not named by reads`);
}

function applyToState(states: Map<ConversationId, ConversationState>, change: RowChange): void {
  switch (change.table) {
    case 'conversation': {
      const state = states.get(change.op === 'put' ? change.row.id : change.key[0]);
      if (state !== undefined) state.conversation = change.op === 'put' ? change.row : null;
      return;
    }
    case 'cycle':
      if (change.op === 'put')
        states.get(change.row.conversationId)?.cycles.set(change.row.ordinal, change.row);
      else states.get(change.key[0])?.cycles.delete(change.key[1]);
      return;
    case 'tag':
      if (change.op === 'put') states.get(change.row.conversationId)?.tags.set(change.row.tag, change.row);
      else states.get(change.key[0])?.tags.delete(change.key[1]);
      return;
    case 'product':
      if (change.op === 'put')
        states.get(change.row.conversationId)?.products.set(change.row.productId, change.row);
      else states.get(change.key[0])?.products.delete(change.key[1]);
      return;
    case 'fieldValue':
      if (change.op === 'put')
        states
          .get(change.row.conversationId)
          ?.fields.set(fieldKey(change.row.field, change.row.ordinal), change.row);
      else states.get(change.key[0])?.fields.delete(fieldKey(change.key[1], change.key[2]));
      return;
    case 'csat':
      if (change.op === 'put')
        states.get(change.row.conversationId)?.csat.set(change.row.ordinal, change.row);
      else states.get(change.key[0])?.csat.delete(change.key[1]);
      return;
    default:
      // No rule reads the other tables.
      return;
  }
}

function snapshotOf(state: ConversationState): Snapshot {
  const [cycle = null, previousCycle = null] = [...state.cycles.values()].sort(
    (a, b) => b.ordinal - a.ordinal,
  );
  return {
    conversation: state.conversation,
    cycle,
    previousCycle,
    tags: [...state.tags.values()],
    products: [...state.products.values()],
    fields: [...state.fields.values()],
    csat: [...state.csat.values()].sort((a, b) => a.ordinal - b.ordinal),
  };
}
