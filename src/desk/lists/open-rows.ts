import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { Database } from '../../sqlite/database.ts';
import { STATE_VALUES, stateOf } from '../columns/codes.ts';
import type { Columns } from '../columns/columns.ts';
import { recordsByNumber } from '../queries/list-page.ts';
import type { ListRecord } from '../queries/list-row.ts';
import type { ReplicaChange } from '../service/lists.ts';

/** Rows kept at most, some 1.2 KB each; what is open beyond them is read when it is asked for. */
export const MOST_OPEN_ROWS = 40_000;
/** Rows a slice reads ahead: a few milliseconds. */
export const OPEN_ROWS_A_SLICE = 200;
/** More renamed customers than this are cheaper to forget everything for. */
const MOST_RENAMED = 500;

const OPEN = STATE_VALUES.indexOf('open');
const SNOOZED = STATE_VALUES.indexOf('snoozed');

/**
 * The list's records of open and snoozed conversations, read ahead and kept: they are some 2 % of all and lie scattered,
 * so that each page of them would touch hundreds of cold pages of the file (B4). Forgets what changed at once.
 */
export class OpenRows {
  readonly #db: Database;
  readonly #me: () => AgentId;
  #records = new Map<number, ListRecord>();
  #numbers = new Map<ConversationId, number>();
  #renamed = new Set<string>();
  /** The next row number to read ahead. */
  #next = 1;

  constructor(db: Database, me: () => AgentId) {
    this.#db = db;
    this.#me = me;
  }

  /** How many records are kept. */
  get size(): number {
    return this.#records.size;
  }

  /** After a commit: what was written is read anew when it is next asked for. */
  changed({ conversations, customers }: ReplicaChange): void {
    if (conversations === null || customers === null) return this.clear();
    for (const id of conversations) this.#forget(id);
    for (const id of customers) this.#renamed.add(id);
    if (this.#renamed.size > MOST_RENAMED) this.clear();
  }

  /** Forgets everything, and begins to read ahead again. */
  clear(): void {
    this.#records = new Map();
    this.#numbers = new Map();
    this.#renamed = new Set();
    this.#next = 1;
  }

  /** Records by row number, in the order asked; those that are gone are left out. */
  read(numbers: readonly number[], columns: Columns): readonly ListRecord[] {
    this.#takeRenamed();
    const missing = numbers.filter((n) => !this.#records.has(n));
    const fetched = new Map<number, ListRecord>();
    if (missing.length > 0) {
      for (const record of recordsByNumber(this.#db, missing, this.#me())) {
        fetched.set(record.n, record);
        if (isOpen(columns, record.n)) this.#keep(record);
      }
    }
    return numbers.flatMap((n) => this.#records.get(n) ?? fetched.get(n) ?? []);
  }

  /** Reads some more of what is open ahead; false when nothing is left. */
  step(columns: Columns): boolean {
    const wanted: number[] = [];
    for (; this.#next < columns.end && wanted.length < OPEN_ROWS_A_SLICE; this.#next += 1) {
      if (isOpen(columns, this.#next) && !this.#records.has(this.#next)) wanted.push(this.#next);
    }
    if (wanted.length === 0 || this.#records.size >= MOST_OPEN_ROWS) return false;
    for (const record of recordsByNumber(this.#db, wanted, this.#me())) this.#keep(record);
    return true;
  }

  #keep(record: ListRecord): void {
    if (this.#records.size >= MOST_OPEN_ROWS) return;
    this.#records.set(record.n, record);
    this.#numbers.set(record.id, record.n);
  }

  #forget(id: ConversationId): void {
    const n = this.#numbers.get(id);
    if (n === undefined) return;
    this.#numbers.delete(id);
    this.#records.delete(n);
  }

  #takeRenamed(): void {
    if (this.#renamed.size === 0) return;
    const sql = 'SELECT c.n FROM json_each(?) j CROSS JOIN conversation c ON c.customer_id = j.value';
    for (const n of this.#db.preparePluck<number>(sql).all(JSON.stringify([...this.#renamed]))) {
      const record = this.#records.get(n);
      if (record !== undefined) this.#forget(record.id);
    }
    this.#renamed = new Set();
  }
}

function isOpen(columns: Columns, n: number): boolean {
  const state = stateOf(columns.kinds.codeOf(columns.kind[n] ?? 0));
  return state === OPEN || state === SNOOZED;
}
