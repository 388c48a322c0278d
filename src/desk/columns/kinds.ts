import type { Code } from './codes.ts';
import { createDictionary, createTagSets, type Dictionary, type TagSets } from './dictionary.ts';

const CHANNEL_FACTOR = 256;
const ASSIGNEE_FACTOR = CHANNEL_FACTOR * 2 ** 20;
const FIRST_CAPACITY = 1_024;

function grown(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/**
 * Every distinct combination of code, channel, assignee and tags, numbered from 1, with how many conversations are of
 * it. A million conversations are of some ten thousand kinds, so a filter is decided once a kind and counts are sums
 * over kinds: facets cost by the kinds, not by the rows. Kinds stay when nothing is of them any more.
 */
export class Kinds {
  readonly channels: Dictionary = createDictionary();
  readonly assignees: Dictionary = createDictionary();
  readonly tagSets: TagSets = createTagSets();
  /** By kind; entries from `size` on mean nothing. */
  codes = new Uint32Array(FIRST_CAPACITY);
  channelOf = new Uint32Array(FIRST_CAPACITY);
  assigneeOf = new Uint32Array(FIRST_CAPACITY);
  tagSetOf = new Uint32Array(FIRST_CAPACITY);
  counts = new Uint32Array(FIRST_CAPACITY);
  size = 1;
  readonly #byTagSet: Map<number, number>[] = [];

  /** The number of a combination, a new one when it is unknown. */
  numberOf(code: Code, channel: number, assignee: number, tagSet: number): number {
    const known = (this.#byTagSet[tagSet] ??= new Map());
    const key = code + channel * CHANNEL_FACTOR + assignee * ASSIGNEE_FACTOR;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (this.size === this.codes.length) this.#grow();
    const made = this.size;
    this.size += 1;
    this.codes[made] = code;
    this.channelOf[made] = channel;
    this.assigneeOf[made] = assignee;
    this.tagSetOf[made] = tagSet;
    known.set(key, made);
    return made;
  }

  /** The code of a kind. */
  codeOf(kind: number): Code {
    return this.codes[kind] ?? 0;
  }

  /** How many conversations are of a kind. */
  countOf(kind: number): number {
    return this.counts[kind] ?? 0;
  }

  /** Adds `by` conversations to a kind. */
  add(kind: number, by: 1 | -1): void {
    this.counts[kind] = this.countOf(kind) + by;
  }

  #grow(): void {
    this.codes = grown(this.codes);
    this.channelOf = grown(this.channelOf);
    this.assigneeOf = grown(this.assigneeOf);
    this.tagSetOf = grown(this.tagSetOf);
    this.counts = grown(this.counts);
  }
}
