import { compareNocase } from '../nocase.ts';
import { finish } from '../radix.ts';

/** Texts between two neighbours have room for so many halvings; 2^27 texts stay below 2^48. */
const GAP = 2 ** 20;
/** Sorted at once: a few milliseconds. */
const RUN = 4_096;
/** Comparisons of a step of merging: a few milliseconds. */
const MERGED = 30_000;

/**
 * Where each text of a dictionary stands among the others, as names are ordered (`compareNocase`): an integer by its
 * number. Texts that differ by case alone have the same. One that comes later finds its place between two others.
 */
export class TextRanks {
  readonly #textOf: (code: number) => string;
  /** Numbers of the texts, in order. */
  #sorted: Uint32Array;
  #count: number;
  /** Place by number; 0 is the number of none, and has none. */
  #ranks: Float64Array;

  private constructor(textOf: (code: number) => string, sorted: Uint32Array) {
    this.#textOf = textOf;
    this.#sorted = sorted;
    this.#count = sorted.length;
    this.#ranks = new Float64Array(sorted.length + 1).fill(Number.NaN);
    this.#spread();
  }

  /** The ranks of the texts 1 to `size`, in steps of a few milliseconds. */
  static *build(size: number, textOf: (code: number) => string): Generator<undefined, TextRanks> {
    const codes = Uint32Array.from({ length: size }, (_, index) => index + 1);
    const sorted = yield* sortInSteps(codes, (a, b) => compareNocase(textOf(a), textOf(b)));
    return new TextRanks(textOf, sorted);
  }

  /** The same at once. */
  static of(size: number, textOf: (code: number) => string): TextRanks {
    return finish(TextRanks.build(size, textOf));
  }

  /** How many texts have a place. */
  get size(): number {
    return this.#count;
  }

  /** The place of a text; NaN for number 0. */
  rankOf(code: number): number {
    return this.#ranks[code] ?? Number.NaN;
  }

  /** Gives the next text its place; false where there is none left between its neighbours: then all must move. */
  add(): boolean {
    const code = this.#count + 1;
    const text = this.#textOf(code);
    const at = this.#placeOf(text);
    const [before, after] = [this.#sorted[at - 1] ?? 0, at < this.#count ? (this.#sorted[at] ?? 0) : 0];
    const rank = this.#rankBetween(text, before, after);
    if (rank === null) return false;
    this.#reserve(code);
    this.#sorted.copyWithin(at + 1, at, this.#count);
    this.#sorted[at] = code;
    this.#ranks[code] = rank;
    this.#count = code;
    return true;
  }

  /** The first place in the order whose text does not come before. */
  #placeOf(text: string): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareNocase(this.#textOf(this.#sorted[middle] ?? 0), text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #rankBetween(text: string, before: number, after: number): number | null {
    if (after !== 0 && compareNocase(this.#textOf(after), text) === 0) return this.rankOf(after);
    if (before === 0 && after === 0) return 0;
    if (before === 0) return this.rankOf(after) - GAP;
    if (after === 0) return this.rankOf(before) + GAP;
    const [low, high] = [this.rankOf(before), this.rankOf(after)];
    return high - low < 2 ? null : Math.floor((low + high) / 2);
  }

  #reserve(code: number): void {
    if (code < this.#ranks.length && this.#count < this.#sorted.length) return;
    const capacity = Math.ceil((code + 1) * 1.25);
    const ranks = new Float64Array(capacity).fill(Number.NaN);
    ranks.set(this.#ranks);
    const sorted = new Uint32Array(capacity);
    sorted.set(this.#sorted);
    this.#ranks = ranks;
    this.#sorted = sorted;
  }

  #spread(): void {
    let rank = 0;
    for (let index = 0; index < this.#count; index += 1) {
      const [code, before] = [this.#sorted[index] ?? 0, this.#sorted[index - 1]];
      if (before !== undefined && compareNocase(this.#textOf(before), this.#textOf(code)) !== 0) rank += GAP;
      this.#ranks[code] = rank;
    }
  }
}

/** A stable merge sort that yields between runs and while it merges them. */
function* sortInSteps(
  codes: Uint32Array,
  compare: (a: number, b: number) => number,
): Generator<undefined, Uint32Array> {
  for (let from = 0; from < codes.length; from += RUN) {
    codes.set(Array.from(codes.subarray(from, from + RUN)).sort(compare), from);
    yield undefined;
  }
  let source = codes;
  let target: Uint32Array = new Uint32Array(codes.length);
  let left = MERGED;
  for (let width = RUN; width < codes.length; width *= 2) {
    for (let from = 0; from < codes.length; from += 2 * width) {
      const middle = Math.min(from + width, codes.length);
      const end = Math.min(from + 2 * width, codes.length);
      let [a, b] = [from, middle];
      for (let to = from; to < end; to += 1) {
        const takesLeft = b >= end || (a < middle && compare(source[a] ?? 0, source[b] ?? 0) <= 0);
        target[to] = source[takesLeft ? a++ : b++] ?? 0;
        left -= 1;
        if (left > 0) continue;
        left = MERGED;
        yield undefined;
      }
    }
    [source, target] = [target, source];
  }
  return source;
}
