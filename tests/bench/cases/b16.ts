import { nextInt, type Rng, seededRng } from '../../../src/base/rng.ts';
import { DAY, MINUTE } from '../../../src/base/time.ts';
import { type CycleMoments, fillTiming } from '../../../src/desk/columns/values/timing-values.ts';
import { SPAN_WIDTH } from '../../../src/desk/columns/values/cycles.ts';
import { BusinessHours } from '../../../src/domain/hours/business-hours.ts';
import type { HoursSettings } from '../../../src/domain/hours/schedule.ts';
import { HANDOFF_POLICY } from '../../../src/domain/timings/policy.ts';
import type { TimingKey, TimingRules } from '../../../src/domain/timings/timings.ts';
import { GENERATED_NOW } from '../generate.ts';
import { type Bench, digestOf, type Side } from '../harness.ts';

const KEYS = [
  'operationWaitingTime',
  'operationAvgReplyTime',
  'operationResolutionTime',
] as const satisfies readonly TimingKey[];
const SPAN = 400 * DAY;
const START = Math.floor((GENERATED_NOW - SPAN) / DAY) * DAY;
const QUARTER = 15 * MINUTE;
const MOST_REPLIES = 4;

/** Two intervals a day, holidays, both changes of the clock within the year, and a night shift on Fridays. */
const HOURS: HoursSettings = [
  {
    validFrom: '2020-01-01',
    zone: 'Europe/Stockholm',
    week: {
      mon: [
        ['09:00', '12:00'],
        ['13:00', '18:00'],
      ],
      tue: [
        ['09:00', '12:00'],
        ['13:00', '18:00'],
      ],
      wed: [['09:00', '18:00']],
      thu: [['09:00', '18:00']],
      fri: [
        ['09:00', '17:00'],
        ['22:00', '02:00'],
      ],
    },
    holidays: ['2026-01-01', '2026-01-06', '2026-05-01', '2025-12-24', '2025-12-25'],
  },
];

type Data = CycleMoments;

/** Cycles as a year of work leaves them: minutes to days long, a fifth still open, up to four replies each. */
function makeData(rng: Rng, count: number): Data {
  const floats = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const [opened, clock, firstReply, closed, total] = [floats(), floats(), floats(), floats(), floats()];
  const replies = new Uint32Array(count);
  const spanAt = new Uint32Array(count);
  const spans = new Float64Array(1 + count * (1 + MOST_REPLIES * SPAN_WIDTH));
  let used = 1;
  for (let n = 0; n < count; n += 1) {
    let at = START + nextInt(rng, 0, (SPAN - 30 * DAY) / 1_000) * 1_000;
    opened[n] = at;
    clock[n] = at;
    spanAt[n] = used;
    const answers = nextInt(rng, 0, MOST_REPLIES);
    spans[used] = answers;
    used += 1;
    for (let answer = 0; answer < answers; answer += 1) {
      const from = at;
      at += nextInt(rng, 1, 20 * 3_600) * 1_000;
      if (answer === 0) firstReply[n] = at;
      spans[used] = from;
      spans[used + 1] = from;
      spans[used + 2] = at;
      used += SPAN_WIDTH;
      at += nextInt(rng, 1, 3_600) * 1_000;
    }
    replies[n] = answers;
    if (nextInt(rng, 0, 4) > 0) closed[n] = at + nextInt(rng, 1, 48 * 3_600) * 1_000;
  }
  const readSpans = (): void => undefined;
  return { opened, clock, firstReply, closed, total, replies, spanAt, pool: spans, readSpans };
}

/**
 * Open time before each quarter of an hour, and whether it is open: this schedule opens and closes on quarters, so that the
 * loop tuned for it looks everything up in a table that fits the processor's cache.
 */
function quarterTable(hours: BusinessHours): { readonly before: Float64Array; readonly isOpen: Uint8Array } {
  const quarters = SPAN / QUARTER + 1;
  const [before, isOpen] = [new Float64Array(quarters + 1), new Uint8Array(quarters + 1)];
  const at = (quarter: number) => (START + quarter * QUARTER) as typeof GENERATED_NOW;
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    isOpen[quarter] = hours.isOpen(at(quarter)) ? 1 : 0;
    before[quarter + 1] = (before[quarter] ?? 0) + (isOpen[quarter] ?? 0) * QUARTER;
  }
  return { before, isOpen };
}

interface Columns {
  readonly waiting: Float64Array;
  readonly reply: Float64Array;
  readonly resolution: Float64Array;
}

function handTuned(data: Data, table: ReturnType<typeof quarterTable>, into: Columns): Columns {
  const { before, isOpen } = table;
  const { opened, clock, firstReply, closed, pool, spanAt } = data;
  const until = (at: number): number => {
    const offset = at - START;
    const quarter = (offset / QUARTER) | 0;
    return (before[quarter] ?? 0) + (isOpen[quarter] ?? 0) * (offset - quarter * QUARTER);
  };
  const between = (from: number, to: number): number => {
    if (Number.isNaN(to)) return Number.NaN;
    const open = until(to) - until(from);
    return open > 0 ? open : Number.NaN;
  };
  for (let n = 0; n < opened.length; n += 1) {
    into.waiting[n] = between(clock[n] ?? 0, firstReply[n] ?? Number.NaN);
    into.resolution[n] = between(opened[n] ?? 0, closed[n] ?? Number.NaN);
    let total = 0;
    let count = 0;
    const place = spanAt[n] ?? 0;
    const end = place + 1 + (pool[place] ?? 0) * SPAN_WIDTH;
    for (let at = place + 1; at < end; at += SPAN_WIDTH) {
      const open = between(pool[at] ?? 0, pool[at + 2] ?? 0);
      if (Number.isNaN(open)) continue;
      total += open;
      count += 1;
    }
    into.reply[n] = count === 0 ? Number.NaN : Math.round(total / count);
  }
  return into;
}

function columns(count: number): Columns {
  const made = (): Float64Array => new Float64Array(count);
  return { waiting: made(), reply: made(), resolution: made() };
}

const digest = ({ waiting, reply, resolution }: Columns): string =>
  digestOf(
    [waiting, reply, resolution].map((column) => [...column.subarray(0, 1_000), column.reduce(sum, 0)]),
  );
const sum = (total: number, value: number): number => (Number.isNaN(value) ? total : total + value);

/** B16: the three timings in business hours of a million conversations, as lists filter and sort by them. */
export const b16: Bench = {
  id: 'B16',
  title: 'timings in business hours of 1,000,000 conversations beside a hand-tuned typed-array loop',
  run: async (bench) => {
    const count = bench.quick ? 20_000 : 1_000_000;
    const data = makeData(seededRng(bench.seed), count);
    const hours = new BusinessHours(HOURS);
    const rules: TimingRules = { policy: HANDOFF_POLICY, hours };
    const table = quarterTable(hours);
    const [mine, theirs] = [columns(count), columns(count)];
    const names = ['waiting', 'reply', 'resolution'] as const;
    const ours: Side<Columns> = {
      run: () => {
        KEYS.forEach((key, index) => fillTiming(key, data, rules, mine[names[index] ?? 'reply'], [0, count]));
        return mine;
      },
      digest,
    };
    const beside: Side<Columns> = { run: () => handTuned(data, table, theirs), digest };
    return [
      await bench.ratio({
        name: 'waiting, average reply and resolution in hours',
        ours,
        beside,
        bar: { kind: 'rate', limit: 0.5 },
        pairs: 15,
        sample: `${count.toLocaleString('en')} conversations`,
      }),
    ];
  },
};
