import type { AgentId, ConversationId, MessageId } from '../../base/ids.ts';
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
} from '../../domain/model.ts';
import { type Keys, type RowChange, type Rows, type Snapshot, snapshotOwner } from '../../domain/rows.ts';
import type { LoadedRows } from '../../mutations/mutation.ts';
import { keyOfRow, type ReplicatedTable, type WireValue } from '../../protocol/tables.ts';

/** A row as mutations left it; null: deleted. */
export type FinalRow = {
  [T in ReplicatedTable]: {
    readonly table: T;
    readonly key: readonly WireValue[];
    readonly row: Rows[T] | null;
  };
}[ReplicatedTable];

/** The rows of one conversation that rules read, as the workspace holds them. */
export interface ConversationRows {
  readonly conversation: Conversation | null;
  readonly cycles: readonly Cycle[];
  readonly tags: readonly Tag[];
  readonly products: readonly Product[];
  readonly fields: readonly FieldValue[];
  readonly csat: readonly Csat[];
}

export const NO_ROWS: ConversationRows = {
  conversation: null,
  cycles: [],
  tags: [],
  products: [],
  fields: [],
  csat: [],
};

/** Rows in memory that mutations run on, one after the other, each seeing what the earlier ones did. Pure: no database. */
export interface RowSpace extends LoadedRows {
  loadConversation(id: ConversationId, rows: ConversationRows): void;
  loadMessage(id: MessageId, row: Message | null): void;
  loadAgent(id: AgentId, row: Agent | null): void;
  loadReadMarker(agentId: AgentId, conversationId: ConversationId, row: ReadMarker | null): void;
  loadSetting(key: string, row: Setting | null): void;
  loadVerdict(conversationId: ConversationId, agentId: AgentId, row: Verdict | null): void;
  has(id: ConversationId): boolean;
  /** Applies what one mutation answered. Rows of the history stay in the workspace and are left out. */
  apply(changes: readonly RowChange[]): void;
  /** The last state of every row that was written, by `rowKey`. */
  finals(): ReadonlyMap<string, FinalRow>;
}

/** Names a row among all rows. */
export function rowKey(table: string, key: readonly WireValue[]): string {
  return key.length === 1 ? `${table}\n${String(key[0])}` : `${table}\n${key.join('\n')}`;
}

/** The same of a whole row whose key lies in these columns. */
export function rowKeyIn(table: string, values: readonly WireValue[], columns: readonly number[]): string {
  let text = table;
  for (const column of columns) text += `\n${String(values[column] ?? '')}`;
  return text;
}

type Writable = { -readonly [K in keyof ConversationRows]: ConversationRows[K] } & {
  snapshot: Snapshot | null;
};

/** Loaded rows of one table by key. The map is made with its first row: most mutations name one table or two. */
class Named<Row> {
  readonly #table: string;
  #rows: Map<string, Row | null> | null = null;

  constructor(table: string) {
    this.#table = table;
  }

  set(key: string, row: Row | null): void {
    this.#rows ??= new Map();
    this.#rows.set(key, row);
  }

  get(key: string): Row | null {
    const row = this.#rows?.get(key);
    if (row === undefined) throw new Error(`invariant broken: ${this.#table} ${key} was not loaded`);
    return row;
  }
}

/** Makes an empty space. Asking for a row that was not loaded throws: `reads` did not name it (Y2). */
export function rowSpace(): RowSpace {
  return new Space();
}

class Space implements RowSpace {
  readonly #conversations = new Map<ConversationId, Writable>();
  readonly #messages = new Named<Message>('message');
  readonly #agents = new Named<Agent>('agent');
  readonly #markers = new Named<ReadMarker>('read marker');
  readonly #settings = new Named<Setting>('setting');
  readonly #verdicts = new Named<Verdict>('verdict');
  readonly #finals = new Map<string, FinalRow>();

  loadConversation(id: ConversationId, rows: ConversationRows): void {
    this.#conversations.set(id, { ...rows, snapshot: null });
  }
  loadMessage(id: MessageId, row: Message | null): void {
    this.#messages.set(id, row);
  }
  loadAgent(id: AgentId, row: Agent | null): void {
    this.#agents.set(id, row);
  }
  loadReadMarker(agentId: AgentId, conversationId: ConversationId, row: ReadMarker | null): void {
    this.#markers.set(pairKey(agentId, conversationId), row);
  }
  loadSetting(key: string, row: Setting | null): void {
    this.#settings.set(key, row);
  }
  loadVerdict(conversationId: ConversationId, agentId: AgentId, row: Verdict | null): void {
    this.#verdicts.set(pairKey(conversationId, agentId), row);
  }

  has(id: ConversationId): boolean {
    return this.#conversations.has(id);
  }
  snapshot(id: ConversationId): Snapshot {
    const rows = this.#conversations.get(id);
    if (rows === undefined) throw new Error(`invariant broken: conversation ${id} was not loaded`);
    rows.snapshot ??= snapshotOf(rows);
    return rows.snapshot;
  }
  message(id: MessageId): Message | null {
    return this.#messages.get(id);
  }
  agent(id: AgentId): Agent | null {
    return this.#agents.get(id);
  }
  readMarker(agentId: AgentId, conversationId: ConversationId): ReadMarker | null {
    return this.#markers.get(pairKey(agentId, conversationId));
  }
  setting(key: string): Setting | null {
    return this.#settings.get(key);
  }
  verdict(conversationId: ConversationId, agentId: AgentId): Verdict | null {
    return this.#verdicts.get(pairKey(conversationId, agentId));
  }

  apply(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.table === 'history') continue;
      this.#write(change);
      const final = finalOf(change);
      this.#finals.set(rowKey(final.table, final.key), final);
    }
  }
  finals(): ReadonlyMap<string, FinalRow> {
    return this.#finals;
  }

  #write(change: RowChange): void {
    const group = snapshotOwner(change);
    const rows = group === null ? undefined : this.#conversations.get(group);
    if (rows !== undefined) {
      writeInto(rows, change);
    } else if (change.table === 'message') {
      const id = change.op === 'put' ? change.row.id : change.key[0];
      this.loadMessage(id, change.op === 'put' ? change.row : null);
    } else if (change.table === 'readMarker') {
      const [agentId, conversationId] =
        change.op === 'put' ? [change.row.agentId, change.row.conversationId] : change.key;
      this.loadReadMarker(agentId, conversationId, change.op === 'put' ? change.row : null);
    } else if (change.table === 'setting') {
      const key = change.op === 'put' ? change.row.key : change.key[0];
      this.loadSetting(key, change.op === 'put' ? change.row : null);
    } else if (change.table === 'verdict') {
      const [conversationId, agentId] =
        change.op === 'put' ? [change.row.conversationId, change.row.agentId] : change.key;
      this.loadVerdict(conversationId, agentId, change.op === 'put' ? change.row : null);
    }
  }
}

function pairKey(first: string, second: string): string {
  return `${first}\n${second}`;
}

function snapshotOf(rows: ConversationRows): Snapshot {
  return {
    conversation: rows.conversation,
    cycle: rows.cycles.at(-1) ?? null,
    previousCycle: rows.cycles.at(-2) ?? null,
    tags: rows.tags,
    products: rows.products,
    fields: rows.fields,
    csat: rows.csat,
  };
}

function writeInto(rows: Writable, change: RowChange): void {
  rows.snapshot = null;
  switch (change.table) {
    case 'conversation':
      rows.conversation = change.op === 'put' ? change.row : null;
      return;
    case 'cycle':
      rows.cycles = replaced('cycle', rows.cycles, change);
      return;
    case 'tag':
      rows.tags = replaced('tag', rows.tags, change);
      return;
    case 'product':
      rows.products = replaced('product', rows.products, change);
      return;
    case 'fieldValue':
      rows.fields = replaced('fieldValue', rows.fields, change);
      return;
    case 'csat':
      rows.csat = replaced('csat', rows.csat, change);
      return;
    default:
  }
}

type Listed = 'cycle' | 'tag' | 'product' | 'fieldValue' | 'csat';

/** The list with one row put or taken out, in key order: the order in which every engine reads it. */
function replaced<T extends Listed>(
  table: T,
  rows: readonly Rows[T][],
  change: { readonly op: 'put'; readonly row: Rows[T] } | { readonly op: 'delete'; readonly key: Keys[T] },
): readonly Rows[T][] {
  const key = change.op === 'put' ? keyOfRow(table, change.row) : change.key;
  const before: Rows[T][] = [];
  const after: Rows[T][] = [];
  for (const row of rows) {
    const order = compareKeys(keyOfRow(table, row), key);
    if (order < 0) before.push(row);
    else if (order > 0) after.push(row);
  }
  return change.op === 'put' ? [...before, change.row, ...after] : [...before, ...after];
}

/** Sorts rows of one table by key. */
export function inKeyOrder<T extends ReplicatedTable>(table: T): (left: Rows[T], right: Rows[T]) => number {
  return (left, right) => compareKeys(keyOfRow(table, left), keyOfRow(table, right));
}

/** Orders keys of one table as SQLite does: column by column, numbers by value, texts by code unit. */
export function compareKeys(left: readonly WireValue[], right: readonly WireValue[]): number {
  for (let index = 0; index < left.length; index += 1) {
    const a = left[index] ?? '';
    const b = right[index] ?? '';
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

function finalOf(change: Exclude<RowChange, { readonly table: 'history' }>): FinalRow {
  return change.op === 'put'
    ? ({ table: change.table, key: keyOfRow(change.table, change.row), row: change.row } as FinalRow)
    : ({ table: change.table, key: change.key, row: null } as FinalRow);
}
