import { AI_OUTCOMES, type AiOutcome } from '../../domain/model.ts';
import { createDictionary, createTagSets } from '../columns/dictionary.ts';
import { type Exchange, exchangeDictionary, exchangeTagSets } from './exchange.ts';
import { capacityFor, grown } from './growable.ts';

/** One conversation as the columns want it; null is unset. */
export interface ConversationFact {
  /** The customer's row number; 0 while it has not arrived. */
  readonly customer: number;
  readonly startedAt: number;
  readonly aiOutcome: AiOutcome | null;
  readonly handoffBy: 'ai' | 'agent' | null;
  readonly channel: string;
  readonly reasonCode: string | null;
  readonly skill: string | null;
  readonly language: string | null;
  /** JSON array of all tags, by name. */
  readonly tags: string;
  /** The one tag it is counted under (`groupTag`). */
  readonly groupTag: string | null;
}

/** 0 is "no AI took part", else the outcome's place in `AI_OUTCOMES` plus one. */
export function outcomeCode(outcome: AiOutcome | null): number {
  return outcome === null ? 0 : AI_OUTCOMES.indexOf(outcome) + 1;
}

const OUTCOME_BITS = 7;
const TAKEN_OVER = 8;
const PRESENT = 16;

/** What overview, sales, reviews and survey results read of conversations, by row number `n`: 37 bytes each. */
export class ConversationColumns {
  readonly channels = createDictionary();
  readonly reasons = createDictionary();
  readonly skills = createDictionary();
  readonly languages = createDictionary();
  readonly tags = createDictionary();
  readonly tagSets = createTagSets();
  startedAt = new Float64Array();
  customer = new Uint32Array();
  /** Outcome, whether an agent took over, whether there is such a row. */
  flags = new Uint8Array();
  channel = new Uint16Array();
  reason = new Uint32Array();
  skill = new Uint32Array();
  language = new Uint16Array();
  tagSet = new Uint32Array();
  groupTag = new Uint32Array();
  /** One more than the greatest `n` held. */
  end = 0;

  #reserve(end: number): void {
    const capacity = capacityFor(this.flags.length, end);
    if (capacity === this.flags.length) return;
    this.startedAt = grown(this.startedAt, capacity);
    this.customer = grown(this.customer, capacity);
    this.flags = grown(this.flags, capacity);
    this.channel = grown(this.channel, capacity);
    this.reason = grown(this.reason, capacity);
    this.skill = grown(this.skill, capacity);
    this.language = grown(this.language, capacity);
    this.tagSet = grown(this.tagSet, capacity);
    this.groupTag = grown(this.groupTag, capacity);
  }

  set(n: number, fact: ConversationFact): void {
    this.#reserve(n + 1);
    this.startedAt[n] = fact.startedAt;
    this.customer[n] = fact.customer;
    const takenOver = fact.handoffBy === 'agent' ? TAKEN_OVER : 0;
    this.flags[n] = PRESENT | takenOver | outcomeCode(fact.aiOutcome);
    this.channel[n] = this.channels.numberOf(fact.channel);
    this.reason[n] = this.reasons.numberOf(fact.reasonCode);
    this.skill[n] = this.skills.numberOf(fact.skill);
    this.language[n] = this.languages.numberOf(fact.language);
    this.tagSet[n] = this.tagSets.numberOf(fact.tags);
    this.groupTag[n] = this.tags.numberOf(fact.groupTag);
    if (n >= this.end) this.end = n + 1;
  }

  exchange(io: Exchange): void {
    for (const dictionary of [this.channels, this.reasons, this.skills, this.languages, this.tags])
      exchangeDictionary(io, dictionary);
    exchangeTagSets(io, this.tagSets);
    this.end = io.count(this.end);
    const { end } = this;
    this.startedAt = io.numbers(this.startedAt.subarray(0, end));
    this.customer = io.numbers(this.customer.subarray(0, end));
    this.flags = io.numbers(this.flags.subarray(0, end));
    this.channel = io.numbers(this.channel.subarray(0, end));
    this.reason = io.numbers(this.reason.subarray(0, end));
    this.skill = io.numbers(this.skill.subarray(0, end));
    this.language = io.numbers(this.language.subarray(0, end));
    this.tagSet = io.numbers(this.tagSet.subarray(0, end));
    this.groupTag = io.numbers(this.groupTag.subarray(0, end));
  }

  remove(n: number): void {
    if (n < this.end) this.flags[n] = 0;
  }

  isHere(n: number): boolean {
    return ((this.flags[n] ?? 0) & PRESENT) !== 0;
  }

  /** Code of the outcome (`outcomeCode`); 0 also where there is no row. */
  outcomeOf(n: number): number {
    return (this.flags[n] ?? 0) & OUTCOME_BITS;
  }

  isTakenOver(n: number): boolean {
    return ((this.flags[n] ?? 0) & TAKEN_OVER) !== 0;
  }
}
