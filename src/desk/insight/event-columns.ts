import { METRICS, type Metric } from '../../domain/model.ts';
import { createDictionary, createTagSets } from '../columns/dictionary.ts';
import { type Exchange, exchangeDictionary, exchangeTagSets } from './exchange.ts';
import { capacityFor, grown } from './growable.ts';

/** A data point as the columns want it. Tags and products are JSON arrays of texts, or null. */
export interface EventFact {
  readonly metric: Metric;
  readonly at: number;
  readonly channel: string;
  readonly skill: string | null;
  readonly reasonCode: string | null;
  readonly tags: string | null;
  readonly products: string | null;
}

/** 1 to 5; 0 is a data point that is no more. */
export function metricCode(metric: Metric): number {
  return METRICS.indexOf(metric) + 1;
}

/** What a data point is but for its moment and its products: few combinations, numbered from 1. */
export interface EventKind {
  readonly metric: number;
  readonly channel: number;
  readonly skill: number;
  readonly reason: number;
  readonly tagSet: number;
}
const NO_KIND: EventKind = { metric: 0, channel: 0, skill: 0, reason: 0, tagSet: 0 };

const KIND_NUMBERS = 5;

function numbersOfKind({ metric, channel, skill, reason, tagSet }: EventKind): readonly number[] {
  return [metric, channel, skill, reason, tagSet];
}

function kindOfNumbers(numbers: Uint32Array): EventKind {
  const [metric = 0, channel = 0, skill = 0, reason = 0, tagSet = 0] = numbers;
  return { metric, channel, skill, reason, tagSet };
}

const keyOfKind = (kind: EventKind): string => numbersOfKind(kind).join(' ');

const MOST_DEAD = 100_000;

/**
 * Every data point of every conversation: 21 bytes each and 4 a product. Those of one conversation stand together, in the
 * order of their ids; one that changed is struck out (kind 0) and its conversation's are written anew at the end.
 */
export class EventColumns {
  readonly channels = createDictionary();
  readonly skills = createDictionary();
  readonly reasons = createDictionary();
  readonly tagSets = createTagSets();
  readonly productIds = createDictionary();
  readonly kinds: EventKind[] = [NO_KIND];
  /** How many data points of each kind there are; of kind 0 none. */
  readonly counts: number[] = [0];
  readonly #kindByKey = new Map<string, number>();
  conversation = new Uint32Array();
  at = new Float64Array();
  kind = new Uint32Array();
  productStart = new Uint32Array();
  productCount = new Uint8Array();
  /** Numbers of products, one after another. */
  products = new Uint32Array();
  /** Data points written, struck-out ones among them. */
  end = 0;
  #productEnd = 0;
  #dead = 0;
  /** Where each conversation's data points begin, and how many they are, by its row number. */
  #first = new Uint32Array();
  #count = new Uint32Array();

  /** So many struck out that reading all anew is worth it. */
  get isWorn(): boolean {
    return this.#dead > MOST_DEAD && this.#dead * 2 > this.end;
  }

  /** Writes a conversation's data points, in the order of their ids, in place of those it had. */
  set(n: number, facts: readonly EventFact[]): void {
    this.strike(n);
    this.#reserve(n + 1, this.end + facts.length);
    this.#first[n] = this.end;
    this.#count[n] = facts.length;
    for (const fact of facts) this.#push(n, fact);
  }

  /** Strikes out what a conversation had. */
  strike(n: number): void {
    const count = this.#count[n] ?? 0;
    if (count === 0) return;
    const first = this.#first[n] ?? 0;
    for (let place = first; place < first + count; place += 1) {
      this.#countKind(this.kind[place] ?? 0, -1);
      this.kind[place] = 0;
    }
    this.#dead += count;
    this.#count[n] = 0;
  }

  /** Places of a conversation's data points: from the first to before the second. */
  placesOf(n: number): readonly [number, number] {
    const first = this.#first[n] ?? 0;
    return [first, first + (this.#count[n] ?? 0)];
  }

  kindAt(place: number): EventKind {
    return this.kinds[this.kind[place] ?? 0] ?? NO_KIND;
  }

  /** Whether one of a data point's products is in `numbers`. */
  hasProduct(place: number, numbers: ReadonlySet<number>): boolean {
    const start = this.productStart[place] ?? 0;
    const end = start + (this.productCount[place] ?? 0);
    for (let index = start; index < end; index += 1) if (numbers.has(this.products[index] ?? 0)) return true;
    return false;
  }

  /** Whether a product is among a data point's. */
  holdsProduct(place: number, product: number): boolean {
    const start = this.productStart[place] ?? 0;
    return this.products.subarray(start, start + (this.productCount[place] ?? 0)).includes(product);
  }

  exchange(io: Exchange): void {
    for (const dictionary of [this.channels, this.skills, this.reasons, this.productIds])
      exchangeDictionary(io, dictionary);
    exchangeTagSets(io, this.tagSets);
    const flat = io.numbers(Uint32Array.from(this.kinds.slice(1).flatMap(numbersOfKind)));
    if (this.kinds.length === 1) {
      for (let at = 0; at < flat.length; at += KIND_NUMBERS) this.#addKind(kindOfNumbers(flat.subarray(at)));
    }
    this.end = io.count(this.end);
    this.#productEnd = io.count(this.#productEnd);
    this.#dead = io.count(this.#dead);
    const { end } = this;
    this.conversation = io.numbers(this.conversation.subarray(0, end));
    this.at = io.numbers(this.at.subarray(0, end));
    this.kind = io.numbers(this.kind.subarray(0, end));
    this.productStart = io.numbers(this.productStart.subarray(0, end));
    this.productCount = io.numbers(this.productCount.subarray(0, end));
    this.products = io.numbers(this.products.subarray(0, this.#productEnd));
    this.#first = io.numbers(this.#first);
    this.#count = io.numbers(this.#count);
    this.counts.fill(0);
    for (let place = 0; place < end; place += 1) this.#countKind(this.kind[place] ?? 0, 1);
    this.counts[0] = 0;
  }

  #countKind(kind: number, by: number): void {
    this.counts[kind] = (this.counts[kind] ?? 0) + by;
  }

  #push(n: number, fact: EventFact): void {
    const place = this.end;
    this.end += 1;
    this.conversation[place] = n;
    this.at[place] = fact.at;
    const kind = this.#kindOf(fact);
    this.kind[place] = kind;
    this.#countKind(kind, 1);
    const ids = fact.products === null ? [] : (JSON.parse(fact.products) as readonly string[]);
    this.productStart[place] = this.#productEnd;
    this.productCount[place] = ids.length;
    this.products = grown(this.products, capacityFor(this.products.length, this.#productEnd + ids.length));
    for (const id of ids) {
      this.products[this.#productEnd] = this.productIds.numberOf(id);
      this.#productEnd += 1;
    }
  }

  #kindOf(fact: EventFact): number {
    const made: EventKind = {
      metric: metricCode(fact.metric),
      channel: this.channels.numberOf(fact.channel),
      skill: this.skills.numberOf(fact.skill),
      reason: this.reasons.numberOf(fact.reasonCode),
      tagSet: this.tagSets.numberOf(fact.tags ?? '[]'),
    };
    return this.#kindByKey.get(keyOfKind(made)) ?? this.#addKind(made);
  }

  #addKind(kind: EventKind): number {
    this.kinds.push(kind);
    this.counts.push(0);
    this.#kindByKey.set(keyOfKind(kind), this.kinds.length - 1);
    return this.kinds.length - 1;
  }

  #reserve(rows: number, events: number): void {
    const ofRows = capacityFor(this.#first.length, rows);
    this.#first = grown(this.#first, ofRows);
    this.#count = grown(this.#count, ofRows);
    const ofEvents = capacityFor(this.at.length, events);
    this.conversation = grown(this.conversation, ofEvents);
    this.at = grown(this.at, ofEvents);
    this.kind = grown(this.kind, ofEvents);
    this.productStart = grown(this.productStart, ofEvents);
    this.productCount = grown(this.productCount, ofEvents);
  }
}
