import type { Code } from './codes.ts';
import { Kinds } from './kinds.ts';

/** The moments that lists are sorted by. */
export const MOMENTS = ['activity', 'waiting', 'opened', 'started'] as const;
export type Moment = (typeof MOMENTS)[number];

/** One conversation as the mirror wants it. Moments are epoch milliseconds; null is unset. */
export interface ColumnRow {
  readonly code: Code;
  readonly channel: string;
  readonly assignee: string | null;
  /** JSON array of the tags, in order. */
  readonly tags: string;
  readonly activity: number | null;
  readonly waiting: number | null;
  readonly opened: number | null;
  readonly started: number | null;
}

/** What a row was before a change; kind 0 when it was not there. */
export interface RowBefore {
  readonly n: number;
  readonly kind: number;
  readonly activity: number;
  readonly waiting: number;
  readonly opened: number;
  readonly started: number;
}

const FIRST_CAPACITY = 1_024;
const GROWTH = 1.25;

/**
 * The typed-array mirror of the conversations: what lists filter, sort and count by, indexed by the row's own number
 * `n`. 36 bytes a conversation; an unset moment is NaN. Derived from the replica, never the truth.
 */
export class Columns {
  readonly kinds = new Kinds();
  /** The kind of row `n`; 0: there is no such row. */
  kind = new Uint32Array(FIRST_CAPACITY);
  activity = new Float64Array(FIRST_CAPACITY);
  waiting = new Float64Array(FIRST_CAPACITY);
  opened = new Float64Array(FIRST_CAPACITY);
  started = new Float64Array(FIRST_CAPACITY);
  /** One more than the greatest `n` held. */
  end = 1;
  /** Conversations held. */
  count = 0;

  /** Makes room for rows below `end`. */
  reserve(end: number): void {
    if (end <= this.kind.length) return;
    const capacity = Math.max(end, Math.ceil(this.kind.length * GROWTH));
    const kind = new Uint32Array(capacity);
    kind.set(this.kind);
    this.kind = kind;
    for (const moment of MOMENTS) {
      const grown = new Float64Array(capacity);
      grown.set(this[moment]);
      this[moment] = grown;
    }
  }

  /** What is held of row `n`. */
  before(n: number): RowBefore {
    return {
      n,
      kind: this.kind[n] ?? 0,
      activity: this.activity[n] ?? Number.NaN,
      waiting: this.waiting[n] ?? Number.NaN,
      opened: this.opened[n] ?? Number.NaN,
      started: this.started[n] ?? Number.NaN,
    };
  }

  /** Writes row `n`, new or not. */
  set(n: number, row: ColumnRow): void {
    this.reserve(n + 1);
    const { kinds } = this;
    const kind = kinds.numberOf(
      row.code,
      kinds.channels.numberOf(row.channel),
      kinds.assignees.numberOf(row.assignee),
      kinds.tagSets.numberOf(row.tags),
    );
    this.#recount(n, kind);
    this.activity[n] = row.activity ?? Number.NaN;
    this.waiting[n] = row.waiting ?? Number.NaN;
    this.opened[n] = row.opened ?? Number.NaN;
    this.started[n] = row.started ?? Number.NaN;
    if (n >= this.end) this.end = n + 1;
  }

  /** Takes row `n` out; nothing when it is not there. */
  remove(n: number): void {
    if (n < this.kind.length) this.#recount(n, 0);
  }

  #recount(n: number, kind: number): void {
    const was = this.kind[n] ?? 0;
    if (was === kind) return;
    if (was !== 0) this.kinds.add(was, -1);
    if (kind !== 0) this.kinds.add(kind, 1);
    this.count += (kind === 0 ? 0 : 1) - (was === 0 ? 0 : 1);
    this.kind[n] = kind;
  }
}
