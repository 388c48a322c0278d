import { asId } from '../../../src/base/ids.ts';
import { nextInt, pick, type Rng, seededRng } from '../../../src/base/rng.ts';
import { epochMillis } from '../../../src/base/time.ts';
import type { Fact, HistoryEvent } from '../../../src/domain/events.ts';
import {
  type HoursSettings,
  type HoursVersion,
  type TimeRange,
  WEEKDAYS,
} from '../../../src/domain/hours/schedule.ts';
import { ANA, C1, escalatedFact, postedFact, startedFact } from '../domain/history.ts';
import type { Window } from './slow-hours.ts';

const DAY = 1_440;

/** Places and weeks worth testing: changes of the clock in both directions, far past ones too, and quiet weeks. */
const SCENES: readonly (readonly [zone: string, firstDay: string])[] = [
  ['Europe/Stockholm', '2026-03-24'],
  ['Europe/Stockholm', '2026-10-20'],
  ['America/New_York', '2026-03-03'],
  ['America/New_York', '2026-10-27'],
  ['Asia/Seoul', '1988-05-03'],
  ['Asia/Seoul', '1988-10-04'],
  ['Asia/Seoul', '2026-06-01'],
  ['America/Sao_Paulo', '2018-10-30'],
  ['America/Sao_Paulo', '2018-02-13'],
  ['Australia/Lord_Howe', '2026-09-29'],
  ['Australia/Lord_Howe', '2026-03-31'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2026-01-01'],
];
/** Days of a case, and around it, so that shifts of the evening before are seen. */
const LENGTH = 9;
const AROUND = 3;

/** One history and one set of settings; everything happens at whole minutes. */
export interface RandomCase {
  readonly events: readonly HistoryEvent[];
  readonly hours: HoursSettings;
  readonly window: Window;
  readonly policy: 'handoff' | 'channel-talk';
}

/** Random choices of one seed. */
class Dice {
  private readonly rng: Rng;
  constructor(seed: number) {
    this.rng = seededRng(seed);
  }
  below(count: number): number {
    return nextInt(this.rng, 0, count - 1);
  }
  isOneIn(count: number): boolean {
    return this.below(count) === 0;
  }
  of<T>(choices: readonly T[]): T {
    return pick(this.rng, choices);
  }
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function randomRange(dice: Dice): TimeRange {
  const step = dice.of([60, 30, 15, 1]);
  const from = dice.below(DAY / step) * step;
  const to = dice.isOneIn(6) ? DAY : dice.below(DAY / step) * step;
  return from === to ? [clockText(from), clockText(from === 0 ? DAY : 0)] : [clockText(from), clockText(to)];
}

function randomVersion(dice: Dice, zone: string, firstDay: number, validFrom: number): HoursVersion {
  const week: Partial<Record<(typeof WEEKDAYS)[number], TimeRange[]>> = {};
  for (const day of WEEKDAYS)
    if (!dice.isOneIn(4))
      week[day] = Array.from({ length: dice.of([1, 1, 2, 2, 3, 0]) }, () => randomRange(dice));
  const holidays = Array.from({ length: dice.below(3) }, () => dateText(firstDay + dice.below(LENGTH)));
  return { validFrom: dateText(validFrom), zone, week, holidays: [...new Set(holidays)] };
}

function dateText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function randomHours(dice: Dice, zone: string, firstDay: number): HoursSettings {
  if (dice.isOneIn(20)) return [];
  const first = randomVersion(dice, zone, firstDay, firstDay + dice.of([-4_000, -400, -30, 2]));
  if (!dice.isOneIn(3)) return [first];
  const other = dice.isOneIn(2) ? zone : dice.of(['Europe/Stockholm', 'America/New_York', 'UTC']);
  return [first, randomVersion(dice, other, firstDay, firstDay + 3 + dice.below(4))];
}

const KINDS = [
  ...(['customer', 'customer', 'customer', 'agent', 'agent', 'agent', 'ai', 'system'] as const),
  ...(['note', 'close', 'close', 'other'] as const),
];

function randomFact(dice: Dice, id: string): Fact {
  const kind = dice.of(KINDS);
  if (kind === 'note') return postedFact('agent', id, { note: true });
  if (kind === 'close') return { type: 'closed', by: dice.of(['agent', 'customer']), agentId: ANA };
  if (kind !== 'other') return postedFact(kind, id);
  return dice.of<Fact>([
    { type: 'reopened', agentId: ANA },
    { type: 'closeUndone', agentId: ANA },
    { type: 'snoozed', until: epochMillis(4e12), agentId: ANA },
    escalatedFact(),
  ]);
}

/**
 * `apart`: no two events share a moment. A desk cannot always tell how messages of one moment stood: for policies that
 * count from the last question that is part of the value.
 */
function randomEvents(dice: Dice, start: number, apart: boolean): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  let at = start + dice.below(2 * DAY);
  const add = (fact: Fact): void => {
    const id = asId<'EventId'>(`e${String(events.length).padStart(3, '0')}`);
    const arrival = events.length + 1;
    events.push({ id, conversationId: C1, at: epochMillis(at * 60_000), arrival, origin: 'source', fact });
  };
  const withAi = dice.isOneIn(2);
  add(startedFact({ withAi }));
  add(postedFact('customer', 'm-first'));
  if (withAi) add(escalatedFact());
  const count = dice.below(14);
  for (let index = 0; index < count; index += 1) {
    at += Math.max(
      apart ? 1 : 0,
      dice.of([0, 1, dice.below(30), dice.below(600), dice.below(600), dice.below(1_500)]),
    );
    if (at >= start + LENGTH * DAY) break;
    // Ids that do not sort as the events came.
    add(randomFact(dice, `m-${(index * 7) % 13}-${index}`));
  }
  return events;
}

/** The case of a seed, always the same. */
export function randomCase(seed: number): RandomCase {
  const dice = new Dice(seed);
  const [zone, date] = dice.of(SCENES);
  const firstDay = Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  const policy = dice.isOneIn(4) ? 'channel-talk' : 'handoff';
  return {
    hours: randomHours(dice, zone, firstDay),
    events: randomEvents(dice, firstDay * DAY, policy === 'channel-talk'),
    window: { from: (firstDay - AROUND) * DAY, to: (firstDay + LENGTH + AROUND) * DAY },
    policy,
  };
}
