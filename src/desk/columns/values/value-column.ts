import type { Columns } from '../columns.ts';
import { createDictionary } from '../dictionary.ts';
import { compareNocase } from '../nocase.ts';
import { createKeyOrder, type KeptOrder } from '../orders.ts';

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
  order(): KeptOrder;
}

/** A column of numbers. */
export class NumberColumn implements ValueColumn {
  values: Float64Array;
  readonly #order: KeptOrder;
  /** Ranks of the values, where these are no integers that a radix sort takes; null while not known. */
  #ranks: Float64Array | null = null;
  #isPlain = true;

  constructor(columns: Columns) {
    this.values = new Float64Array(columns.end).fill(Number.NaN);
    this.#order = createKeyOrder(columns, () => this.keys());
  }

  set(n: number, value: CellValue): void {
    this.#reserve(n + 1);
    const number = typeof value === 'number' ? value : Number.NaN;
    if (Object.is(this.values[n], number)) return this.#order.touch(n);
    this.values[n] = number;
    this.#ranks = null;
    if (!Number.isNaN(number) && !isPlain(number)) {
      // From plain numbers to ranks: what is built is in the same order, its keys are not.
      if (this.#isPlain) this.#order.reset();
      this.#isPlain = false;
    }
    this.#order.touch(n);
  }

  identityOf(n: number): number {
    return this.values[n] ?? Number.NaN;
  }

  keys(): Float64Array {
    if (this.#isPlain) return this.values;
    return (this.#ranks ??= ranksOf(this.values));
  }

  order(): KeptOrder {
    return this.#order;
  }

  /** All values were written at once. */
  refilled(): void {
    this.#ranks = null;
    this.#isPlain = this.values.every((value) => Number.isNaN(value) || isPlain(value));
    this.#order.reset();
  }

  #reserve(end: number): void {
    if (end <= this.values.length) return;
    const grown = new Float64Array(Math.ceil(end * 1.25)).fill(Number.NaN);
    grown.set(this.values);
    this.values = grown;
  }
}

/** Any two such integers are less than 2^48 apart: what the radix sort takes. Moments and durations are. */
const PLAIN = 2 ** 47;
const isPlain = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < PLAIN;

function ranksOf(values: Float64Array): Float64Array {
  const distinct = Float64Array.from(new Set(values.filter((value) => !Number.isNaN(value)))).sort();
  const rank = new Map<number, number>();
  distinct.forEach((value, index) => rank.set(value, index));
  return values.map((value) => rank.get(value) ?? Number.NaN);
}

const SEPARATOR = '\u0000';
const NO_ITEMS: readonly string[] = [];

/** A column of texts or of lists: a number for each distinct one. */
export class TextColumn implements ValueColumn {
  readonly #isList: boolean;
  readonly #dictionary = createDictionary();
  /** Number of each row's text; 0 is none. */
  codes: Uint32Array;
  readonly #order: KeptOrder;
  #keys: Float64Array | null = null;

  constructor(columns: Columns, isList: boolean) {
    this.#isList = isList;
    this.codes = new Uint32Array(columns.end);
    this.#order = createKeyOrder(columns, () => this.keys());
  }

  /** How many distinct texts there are; their numbers are 1 to this. */
  get size(): number {
    return this.#dictionary.size;
  }

  set(n: number, value: CellValue): void {
    if (n >= this.codes.length) {
      const grown = new Uint32Array(Math.ceil((n + 1) * 1.25));
      grown.set(this.codes);
      this.codes = grown;
    }
    const text = value === null ? null : typeof value === 'object' ? value.join(SEPARATOR) : String(value);
    this.codes[n] = this.#dictionary.numberOf(text);
    this.#keys = null;
    this.#order.touch(n);
  }

  /** The texts behind a number: one, or a list's items. */
  itemsOf(code: number): readonly string[] {
    if (code === 0) return NO_ITEMS;
    const text = this.#dictionary.valueOf(code);
    return this.#isList ? text.split(SEPARATOR) : [text];
  }

  identityOf(n: number): number {
    return this.codes[n] || Number.NaN;
  }

  /** By the place of the text among the others, as names are ordered; a list by its items, one after another. */
  keys(): Float64Array {
    if (this.#keys !== null) return this.#keys;
    const texts = Array.from({ length: this.size }, (_, index) => this.#dictionary.valueOf(index + 1));
    const sorted = texts.map((text, index) => ({ text, code: index + 1 }));
    sorted.sort((a, b) => compareNocase(a.text, b.text));
    const ranks = new Float64Array(this.size + 1).fill(Number.NaN);
    let rank = 0;
    sorted.forEach(({ text, code }, index) => {
      const before = sorted[index - 1];
      // Texts that differ by case alone are one place: rows within it stand by their number.
      if (before !== undefined && compareNocase(before.text, text) !== 0) rank += 1;
      ranks[code] = rank;
    });
    const keys = new Float64Array(this.codes.length);
    for (let n = 0; n < keys.length; n += 1) keys[n] = ranks[this.codes[n] ?? 0] ?? Number.NaN;
    this.#keys = keys;
    return keys;
  }

  order(): KeptOrder {
    return this.#order;
  }
}
