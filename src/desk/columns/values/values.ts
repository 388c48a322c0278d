import type { ConversationId } from '../../../base/ids.ts';
import type { TimingKey, TimingRules } from '../../../domain/timings/timings.ts';
import { type FieldCondition, type ListQuery, sortedField } from '../../../protocol/rpc/list.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import { TimingsReader } from '../../service/timings-query.ts';
import type { Columns } from '../columns.ts';
import { type ColumnKind, columnKind, isNumeric } from './catalogue.ts';
import { conditionTest, narrow, type RowTest } from './conditions.ts';
import { CycleColumns } from './cycles.ts';
import { valuesOf, walkValues } from './read.ts';
import { type CycleMoments, fillTiming, spansNeeded } from './timing-values.ts';
import { NumberColumn, TextColumn, type ValueColumn } from './value-column.ts';

interface Held {
  readonly kind: ColumnKind;
  readonly column: ValueColumn;
  isReady: boolean;
}

/** Rows of a timing that are computed in one step. */
const FILL = 50_000;
const EVERY: RowTest = () => true;

/** Keys of the profile that a query filters or sorts by. */
export function keysOf({ filters, sort }: ListQuery): readonly string[] {
  const sorted = sortedField(sort.by);
  return [...Object.keys(filters.fields ?? {}), ...(sorted === null ? [] : [sorted])];
}

/**
 * The profile's values over all conversations as columns beside the mirror's own: each is built in slices when a query
 * first asks for it, then kept up from what changed (T4, T11). Timings are computed from cycles under the rules in force;
 * new business hours or another policy compute them anew.
 */
export class Values {
  readonly #db: ReadableDb;
  readonly #columns: () => Columns;
  readonly #reader: TimingsReader;
  #held = new Map<string, Held>();
  #cycles: CycleColumns | null = null;
  #cyclesAreBuilt = false;
  #rules: TimingRules | null = null;
  #building: Generator<undefined, void> | null = null;
  #wanted = new Set<string>();

  constructor(db: ReadableDb, columns: () => Columns) {
    this.#db = db;
    this.#columns = columns;
    this.#reader = new TimingsReader(db);
  }

  /** The column of a key; null while it is not built. */
  get(key: string): ValueColumn | null {
    const held = this.#held.get(key);
    return held?.isReady === true ? held.column : null;
  }

  /** Whether everything that a query filters and sorts by is built; what is not is built by `step` from now on. */
  want(query: ListQuery): boolean {
    const missing = keysOf(query).filter((key) => this.get(key) === null);
    for (const key of missing) this.#wanted.add(key);
    return missing.length === 0;
  }

  /** Builds on; true when nothing is wanted. */
  step(): boolean {
    if (this.#building === null) {
      const [key] = this.#wanted;
      if (key === undefined) return true;
      this.#building = this.#build(key);
    }
    if (this.#building.next().done === true) this.#building = null;
    return this.#building === null && this.#wanted.size === 0;
  }

  /** What a query's conditions on fields say of rows; null while a column is not built. */
  test(conditions: Readonly<Record<string, FieldCondition>> | undefined): RowTest | null {
    const tests: RowTest[] = [];
    for (const [key, condition] of Object.entries(conditions ?? {})) {
      const column = this.get(key);
      if (column === null) return null;
      tests.push(conditionTest(column, condition));
    }
    const [first, second] = tests;
    if (first === undefined) return EVERY;
    if (second === undefined) return first;
    return (n) => tests.every((test) => test(n));
  }

  /** The rows below `end` that pass all conditions, 1 each; null while a column is not built. */
  mask(conditions: Readonly<Record<string, FieldCondition>>, end: number): Uint8Array | null {
    const mask = new Uint8Array(end).fill(1);
    for (const [key, condition] of Object.entries(conditions)) {
      const column = this.get(key);
      if (column === null) return null;
      narrow(mask, column, condition);
    }
    return mask;
  }

  /** Conversations were written: reads them again in every column that there is. */
  take(ids: readonly ConversationId[]): void {
    if (this.#held.size === 0 && this.#cycles === null) return;
    const numbers = new Map<ConversationId, number>();
    const sql = 'SELECT c.id, c.n FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value';
    for (const [id, n] of this.#db.prepareRaw<[ConversationId, number]>(sql).all(JSON.stringify(ids))) {
      numbers.set(id, n);
    }
    this.#cycles?.take(numbers);
    for (const { kind, column } of this.#held.values()) {
      if (kind.source.kind === 'timing') this.#takeTiming(kind.source.key, column, [...numbers.values()]);
      else for (const [n, value] of valuesOf(this.#db, kind, [...numbers.keys()])) column.set(n, value);
    }
  }

  /** Row `n` is gone. */
  remove(n: number): void {
    this.#cycles?.remove(n);
    for (const { column } of this.#held.values()) column.set(n, null);
  }

  /** Forgets everything: rows got other numbers, or any of them changed. */
  reset(): void {
    for (const key of this.#held.keys()) this.#wanted.add(key);
    this.#held = new Map();
    this.#cycles = null;
    this.#cyclesAreBuilt = false;
    this.#building = null;
  }

  /** Whether the rules of timings changed since: then those columns are built anew, under the rules in force. */
  rulesChanged(): boolean {
    if (this.#rules === null) return false;
    const rules = this.#reader.rules();
    if (rules === this.#rules) return false;
    this.#rules = rules;
    const dropped = [...this.#held.values()].filter(
      ({ kind, isReady }) => kind.source.kind === 'timing' || !isReady,
    );
    for (const { kind } of dropped) {
      this.#held.delete(kind.key);
      this.#wanted.add(kind.key);
    }
    this.#building = null;
    return dropped.length > 0;
  }

  *#build(key: string): Generator<undefined, void> {
    this.#wanted.delete(key);
    if (this.get(key) !== null) return;
    const kind = columnKind(this.#db, key);
    const column = isNumeric(kind)
      ? new NumberColumn(this.#columns())
      : new TextColumn(this.#columns(), kind.type === 'List');
    const held: Held = { kind, column, isReady: false };
    this.#held.set(key, held);
    if (kind.source.kind === 'timing') yield* this.#fill(kind.source.key, column);
    else yield* walkValues(this.#db, kind, (n, value) => column.set(n, value));
    yield* column.build();
    held.isReady = true;
  }

  *#fill(key: TimingKey, column: ValueColumn): Generator<undefined, void> {
    const rules = (this.#rules ??= this.#reader.rules());
    const cycles = (this.#cycles ??= new CycleColumns(this.#db));
    const { end } = this.#columns();
    if (!this.#cyclesAreBuilt) yield* cycles.build(end);
    this.#cyclesAreBuilt = true;
    const least = spansNeeded(key, rules);
    if (Number.isFinite(least)) yield* cycles.readAllSpans(least);
    if (!(column instanceof NumberColumn)) return;
    for (let from = 0; from < column.values.length; from += FILL) {
      const to = Math.min(from + FILL, column.values.length);
      fillTiming(key, cycles, rules, column.values, [from, to]);
      yield undefined;
    }
    column.refilled();
  }

  #takeTiming(key: TimingKey, column: ValueColumn, numbers: readonly number[]): void {
    const { rules, cycles } = { rules: this.#rules, cycles: this.#cycles };
    if (rules === null || cycles === null) return;
    const one = new Float64Array(1);
    for (const n of numbers) {
      fillOne(key, cycles, rules, one, n);
      const [value = Number.NaN] = one;
      column.set(n, Number.isNaN(value) ? null : value);
    }
  }
}

/** One row's timing, written to the first place of `into`. */
function fillOne(
  key: TimingKey,
  cycles: CycleColumns,
  rules: TimingRules,
  into: Float64Array,
  n: number,
): void {
  const at = (column: Float64Array): Float64Array => column.subarray(n, n + 1);
  const row: CycleMoments = {
    opened: at(cycles.opened),
    clock: at(cycles.clock),
    firstReply: at(cycles.firstReply),
    closed: at(cycles.closed),
    total: at(cycles.total),
    replies: cycles.replies.subarray(n, n + 1),
    spanAt: cycles.spanAt.subarray(n, n + 1),
    get pool() {
      return cycles.pool;
    },
    readSpans: () => cycles.readSpans(n),
  };
  fillTiming(key, row, rules, into, [0, 1]);
}
