import type { Columns } from '../columns.ts';
import { createDictionary } from '../dictionary.ts';
import { createKeyOrder, type KeptOrder } from '../orders.ts';
import { TextRanks } from './text-ranks.ts';

/** What one conversation has of a field: a number, a text, or the items of a list; null is none. */
export type CellValue = number | string | readonly string[] | null;

/** One field over all conversations, by row number: what lists filter and sort by. Derived from the replica. */
export interface ValueColumn {
  /** Writes row `n`; its place in the order is put right when the order is next asked for. */
  set(n: number, value: CellValue): void;
  /** What is held of row `n` as one number, the same for the same value; NaN is none. */
  identityOf(n: number): number;
  /** What rows are ordered by; NaN is none. Good until the next `set`. */
  keys(): Float64Array;
  /** Makes the order ready, in steps of a few milliseconds. */
  build(): Generator<undefined, void>;
  order(): KeptOrder;
}

/** A column of numbers. */
export class NumberColumn implements ValueColumn {
  values: Float64Array;
  readonly #order: KeptOrder;

  constructor(columns: Columns) {
    this.values = new Float64Array(columns.end).fill(Number.NaN);
    this.#order = createKeyOrder(columns, () => this.values);
  }

  set(n: number, value: CellValue): void {
    this.values = withRoom(this.values, n + 1, Number.NaN);
    // Zero has one sign here: they are equal, and stand by their row numbers.
    this.values[n] = typeof value === 'number' ? value + 0 : Number.NaN;
    this.#order.touch(n);
  }

  identityOf(n: number): number {
    return this.values[n] ?? Number.NaN;
  }

  keys(): Float64Array {
    return this.values;
  }

  build(): Generator<undefined, void> {
    return this.#order.build();
  }

  order(): KeptOrder {
    return this.#order;
  }

  /** All values were written at once. */
  refilled(): void {
    this.#order.reset();
  }
}

/** `values` with room for `needed`, new places `empty`; itself when it has that. */
function withRoom<T extends Float64Array | Uint32Array>(values: T, needed: number, empty: number): T {
  if (needed <= values.length) return values;
  const larger = new (values.constructor as new (length: number) => T)(Math.ceil(needed * 1.25)).fill(empty);
  larger.set(values);
  return larger as T;
}

const SEPARATOR = '\u0000';
const NO_ITEMS: readonly number[] = [];

/** A column of texts or of lists: a number for each distinct one, and one for each distinct item of a list. */
export class TextColumn implements ValueColumn {
  readonly #isList: boolean;
  readonly #dictionary = createDictionary();
  readonly #items = createDictionary();
  /** By a list's number, the numbers of its items. */
  readonly #itemsOf: (readonly number[])[] = [NO_ITEMS];
  /** Number of each row's text; 0 is none. */
  codes: Uint32Array;
  readonly #order: KeptOrder;
  /** Null until the order is first asked for; `#keys` is theirs. */
  #ranks: TextRanks | null = null;
  #keys = new Float64Array();

  constructor(columns: Columns, isList: boolean) {
    this.#isList = isList;
    this.codes = new Uint32Array(columns.end);
    this.#order = createKeyOrder(columns, () => this.keys());
  }

  /** How many distinct texts there are; their numbers are 1 to this. */
  get size(): number {
    return this.#dictionary.size;
  }

  /** What conditions are decided by: items of lists, or the texts themselves. Numbers from 1, for good. */
  get items(): { readonly size: number; valueOf(number: number): string } {
    return this.#isList ? this.#items : this.#dictionary;
  }

  set(n: number, value: CellValue): void {
    this.codes = withRoom(this.codes, n + 1, 0);
    const code = this.#codeOf(value);
    this.codes[n] = code;
    this.#rank(n, code);
    this.#order.touch(n);
  }

  /** Whether a text of the column passes, where each item's verdict (1 passes) stands by its number. */
  passes(code: number, verdicts: Uint8Array): boolean {
    if (!this.#isList) return verdicts[code] === 1;
    return (this.#itemsOf[code] ?? NO_ITEMS).some((item) => verdicts[item] === 1);
  }

  identityOf(n: number): number {
    return this.codes[n] || Number.NaN;
  }

  /** By the place of the text among the others, as names are ordered; a list by its items, one after another. */
  keys(): Float64Array {
    if (this.#ranks === null) this.#rekey(TextRanks.of(this.size, this.#dictionary.valueOf));
    return this.#keys;
  }

  *build(): Generator<undefined, void> {
    const ranks = yield* TextRanks.build(this.size, this.#dictionary.valueOf);
    // Where a new text came in between, `keys` does it at once.
    if (ranks.size === this.size) this.#rekey(ranks);
    yield* this.#order.build();
  }

  order(): KeptOrder {
    return this.#order;
  }

  #codeOf(value: CellValue): number {
    const items = value === null || typeof value === 'object' ? value : [String(value)];
    const code = this.#dictionary.numberOf(items === null ? null : items.join(SEPARATOR));
    if (this.#isList && items !== null && code === this.#itemsOf.length)
      this.#itemsOf.push(items.map((item) => this.#items.numberOf(item)));
    return code;
  }

  /** A new text finds its place among the others; where there is none left, `keys` moves them all. */
  #rank(n: number, code: number): void {
    if (this.#ranks === null) return;
    if (code > this.#ranks.size && !this.#ranks.add()) {
      this.#ranks = null;
      return;
    }
    this.#keys = withRoom(this.#keys, n + 1, Number.NaN);
    this.#keys[n] = this.#ranks.rankOf(code);
  }

  #rekey(ranks: TextRanks): void {
    const keys = new Float64Array(this.codes.length);
    for (let n = 0; n < keys.length; n += 1) keys[n] = ranks.rankOf(this.codes[n] ?? 0);
    this.#keys = keys;
    this.#ranks = ranks;
  }
}
