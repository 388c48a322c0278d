import { DAY, type EpochMillis, epochMillis } from '../../base/time.ts';
import type { HoursSettings, HoursVersion } from './schedule.ts';
import { openIntervals, type ReadVersion, readVersion } from './version-days.ts';

/** A part of time, from the first moment to the one after the last. */
export interface Stretch {
  readonly from: EpochMillis;
  readonly to: EpochMillis;
}

/** Days are compiled this many at a time. */
const BLOCK = 512 * DAY;
/** One entry of the index for each so many milliseconds: the search within is a step or two. */
const BUCKET = DAY / 12;
/** How far ahead working time is looked for: as long as any holiday season, and then some. */
const HORIZON = 10 * 366 * DAY;

/**
 * Business hours, compiled (T5): which moments are open, over every version, and how much open time lies between two
 * moments. Days are compiled when first asked about and kept. Not to be changed after it is made.
 */
export class BusinessHours {
  private readonly versions: readonly ReadVersion[];
  /** What is compiled: [from, to), its open intervals, open time before each, and the first interval of each bucket. */
  private from = 0;
  private to = 0;
  /** Of each interval, and behind the last one infinity, which ends every search. */
  private starts = Float64Array.of(Infinity);
  private ends = Float64Array.of(Infinity);
  private before = new Float64Array(1);
  private index = new Int32Array(1);

  constructor(settings: HoursSettings) {
    this.versions = settings.map(readVersion).sort((a, b) => a.from - b.from);
  }

  /** Whether there is any schedule at all; without one operation values are null (T5). */
  get hasSchedule(): boolean {
    return this.versions.length > 0;
  }

  /** The versions in force somewhere in [from, to], earliest first; none before the first one's valid-from. */
  versionsIn(from: EpochMillis, to: EpochMillis): readonly HoursVersion[] {
    return this.versions
      .filter(({ from: start }, at) => start <= to && (this.versions[at + 1]?.from ?? Infinity) > from)
      .map(({ version }) => version);
  }

  /** Open time between two moments, in milliseconds: real elapsed time, also across a change of the clock (T4, T5). */
  openBetween(from: EpochMillis, to: EpochMillis): number {
    if (to <= from || this.versions.length === 0) return 0;
    if (from < this.from || to >= this.to) this.cover(from, to);
    return this.openUntil(to) - this.openUntil(from);
  }

  /** Whether a moment is open: an interval's first moment is, its last one ("18:00") is not. */
  isOpen(at: EpochMillis): boolean {
    return this.openBetween(at, epochMillis(at + 1)) > 0;
  }

  /** The open parts of [from, to), in order; touching ones are one. */
  stretches(from: EpochMillis, to: EpochMillis): readonly Stretch[] {
    if (to <= from || this.versions.length === 0) return [];
    this.cover(from, to);
    const found: Stretch[] = [];
    for (let at = this.intervalAt(from); ; at += 1) {
      const opens = Math.max(this.starts[at] ?? Infinity, from);
      const closes = Math.min(this.ends[at] ?? 0, to);
      if (opens >= to) break;
      const last = found.at(-1);
      if (last?.to === opens) found[found.length - 1] = { from: last.from, to: epochMillis(closes) };
      else found.push({ from: epochMillis(opens), to: epochMillis(closes) });
    }
    return found;
  }

  /** The moment when `length` of open time after `at` has passed: 16:30 and one hour may be Monday 09:30. Null: never. */
  after(at: EpochMillis, length: number): EpochMillis | null {
    const first = this.versions[0];
    if (first === undefined) return null;
    let rest = length;
    let from = Math.max(at, first.from);
    const end = from + HORIZON;
    while (from < end) {
      const to = epochMillis(from + 32 * DAY);
      for (const open of this.stretches(epochMillis(from), to)) {
        if (open.to - open.from >= rest) return epochMillis(open.from + rest);
        rest -= open.to - open.from;
      }
      from = to;
    }
    return null;
  }

  /** The first interval that ends after `at`, which lies in what is compiled. */
  private intervalAt(at: number): number {
    // `| 0` is a truncation of what is never negative, in a third of the time of Math.floor.
    let place = this.index[((at - this.from) / BUCKET) | 0] ?? 0;
    while ((this.ends[place] ?? Infinity) <= at) place += 1;
    return place;
  }

  /** Open time from the beginning of what is compiled to `at`. */
  private openUntil(at: number): number {
    const place = this.intervalAt(at);
    const start = this.starts[place] ?? Infinity;
    return (this.before[place] ?? 0) + (at > start ? at - start : 0);
  }

  /** Compiles the days around [from, to] that are not yet. */
  private cover(from: number, to: number): void {
    if (this.from < this.to && from >= this.from && to < this.to) return;
    const isEmpty = this.from === this.to;
    const low = Math.floor(Math.min(from, isEmpty ? from : this.from) / BLOCK) * BLOCK;
    const high = (Math.floor(Math.max(to, isEmpty ? to : this.to - 1) / BLOCK) + 1) * BLOCK;
    const found: number[] = [];
    if (isEmpty) this.compile(low, high, found);
    else {
      this.compile(low, this.from, found);
      for (let at = 0; at < this.starts.length - 1; at += 1)
        found.push(this.starts[at] ?? 0, this.ends[at] ?? 0);
      this.compile(this.to, high, found);
    }
    this.store(low, high, found);
  }

  /** The open intervals in [from, to), each version's within its time. */
  private compile(from: number, to: number, into: number[]): void {
    this.versions.forEach((read, at) => {
      const start = Math.max(from, read.from);
      const end = Math.min(to, this.versions[at + 1]?.from ?? Infinity);
      if (start >= end) return;
      openIntervals(read, start, end, into);
    });
  }

  private store(low: number, high: number, pairs: readonly number[]): void {
    const count = pairs.length / 2;
    this.from = low;
    this.to = high;
    this.starts = Float64Array.from({ length: count + 1 }, (_, at) => pairs[2 * at] ?? Infinity);
    this.ends = Float64Array.from({ length: count + 1 }, (_, at) => pairs[2 * at + 1] ?? Infinity);
    this.before = new Float64Array(count + 1);
    for (let at = 0; at < count; at += 1)
      this.before[at + 1] = (this.before[at] ?? 0) + (this.ends[at] ?? 0) - (this.starts[at] ?? 0);
    this.index = new Int32Array((high - low) / BUCKET + 1);
    let place = 0;
    for (let bucket = 0; bucket < this.index.length; bucket += 1) {
      while (place < count && (this.ends[place] ?? 0) <= low + bucket * BUCKET) place += 1;
      this.index[bucket] = place;
    }
  }
}
