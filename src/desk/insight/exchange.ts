import type { Dictionary, TagSets } from '../columns/dictionary.ts';
import type { Numbers } from './growable.ts';

/**
 * One walk over all that columns hold, for keeping them and for taking them back: who keeps is given each part and answers
 * it, who takes back answers the part that was kept in its place.
 */
export interface Exchange {
  numbers<T extends Numbers>(values: T): T;
  texts(values: readonly string[]): readonly string[];
  count(value: number): number;
}

/** A dictionary's texts in the order of their numbers; one that takes them back must be empty. */
export function exchangeDictionary(io: Exchange, dictionary: Dictionary): void {
  const held = Array.from({ length: dictionary.size }, (_, index) => dictionary.valueOf(index + 1));
  for (const text of io.texts(held)) dictionary.numberOf(text);
}

/** Sets of tags, as the texts they were made from: their tags get the same numbers again. */
export function exchangeTagSets(io: Exchange, sets: TagSets): void {
  for (const json of io.texts(sets.texts())) sets.numberOf(json);
}

/** A part as it lies in a file: 8-byte aligned, so that numbers are read where they lie. */
interface PartHead {
  readonly type: 'u8' | 'u16' | 'u32' | 'f64' | 'texts' | 'count';
  /** Bytes; the count itself where it is one. */
  readonly length: number;
}
const ALIGNMENT = 8;
const padded = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;

function typeOf(values: Numbers): keyof typeof KINDS {
  if (values instanceof Uint8Array) return 'u8';
  if (values instanceof Uint16Array) return 'u16';
  return values instanceof Uint32Array ? 'u32' : 'f64';
}

/** Gathers parts as bytes: first a head that says what follows, then the parts. */
export class Keeper implements Exchange {
  readonly #heads: PartHead[] = [];
  readonly #parts: Uint8Array[] = [];

  numbers<T extends Numbers>(values: T): T {
    this.#add(typeOf(values), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return values;
  }

  texts(values: readonly string[]): readonly string[] {
    this.#add('texts', new TextEncoder().encode(JSON.stringify(values)));
    return [];
  }

  count(value: number): number {
    this.#heads.push({ type: 'count', length: value });
    return value;
  }

  /** All bytes, in pieces. They are views of the columns: written before anything changes. */
  pieces(): readonly Uint8Array[] {
    const head = new TextEncoder().encode(JSON.stringify(this.#heads));
    const first = new Uint8Array(padded(ALIGNMENT + head.length));
    new DataView(first.buffer).setUint32(0, head.length);
    first.set(head, ALIGNMENT);
    return [first, ...this.#parts];
  }

  #add(type: PartHead['type'], bytes: Uint8Array): void {
    this.#heads.push({ type, length: bytes.length });
    this.#parts.push(bytes);
    const rest = padded(bytes.length) - bytes.length;
    if (rest > 0) this.#parts.push(new Uint8Array(rest));
  }
}

/** Thrown where kept bytes are not what is asked for: whoever reads them must read the replica instead. */
class NotTheseColumns extends Error {}

/** Answers the parts of a file in their order. The bytes are the columns' own from then on. */
export class Giver implements Exchange {
  readonly #bytes: ArrayBuffer;
  readonly #heads: readonly PartHead[];
  #next = 0;
  #at: number;

  /** `bytes` as `Keeper.pieces` made them, checked against their checksum. */
  constructor(bytes: ArrayBuffer) {
    this.#bytes = bytes;
    const length = new DataView(bytes).getUint32(0);
    this.#heads = JSON.parse(
      new TextDecoder().decode(new Uint8Array(bytes, ALIGNMENT, length)),
    ) as readonly PartHead[];
    this.#at = padded(ALIGNMENT + length);
  }

  numbers<T extends Numbers>(values: T): T {
    const type = typeOf(values);
    const { at, length } = this.#take(type);
    const kind = KINDS[type];
    // The kind is the one that was asked for: `#take` compares it.
    return new kind(this.#bytes, at, length / kind.BYTES_PER_ELEMENT) as Numbers as T;
  }

  texts(_values: readonly string[]): readonly string[] {
    const { at, length } = this.#take('texts');
    return JSON.parse(new TextDecoder().decode(new Uint8Array(this.#bytes, at, length))) as readonly string[];
  }

  count(_value: number): number {
    return this.#head('count').length;
  }

  #head(type: PartHead['type']): PartHead {
    const head = this.#heads[this.#next];
    this.#next += 1;
    if (head?.type !== type)
      throw new NotTheseColumns(`part ${this.#next} is ${head?.type ?? 'missing'}, not ${type}`);
    return head;
  }

  #take(type: PartHead['type']): { readonly at: number; readonly length: number } {
    const { length } = this.#head(type);
    const at = this.#at;
    this.#at += padded(length);
    return { at, length };
  }
}
