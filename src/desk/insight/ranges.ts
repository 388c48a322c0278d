import type { Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import { daysBefore, type RangeProblem, resolveRange, ZonedDays } from '../../domain/overview/range.ts';
import type { AnsweredRange, RangeInput } from '../../protocol/rpc/insight.ts';
import { ZONE_KEY, zoneOfRow } from '../../protocol/settings.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { readRow } from '../replica/row-sql.ts';

/** Whose days count: the account's zone, else this computer's (O2). */
export interface AccountZone {
  readonly zone: string;
  readonly isSet: boolean;
}

export function accountZone(db: ReadableDb, machineZone: string): AccountZone {
  const zone = zoneOfRow(readRow(db, 'setting', [ZONE_KEY])?.value ?? null);
  return { zone: zone ?? machineZone, isSet: zone !== null };
}

/** A range that was asked for, and the one before it. */
export interface AskedDays {
  readonly days: ZonedDays;
  readonly before: ZonedDays;
  readonly range: AnsweredRange;
  readonly previous: AnsweredRange;
}

export function askedDays(
  input: RangeInput,
  account: AccountZone,
  now: EpochMillis,
): Result<AskedDays, RangeProblem> {
  const asked = resolveRange(input.range, input.zone ?? account.zone, now);
  if (!asked.ok) return asked;
  const days = asked.value;
  const before = new ZonedDays(days.zone, daysBefore(days));
  const answered = (of: ZonedDays): AnsweredRange => ({
    ...of.range(),
    preset: 'preset' in input.range ? input.range.preset : null,
    zone: of.zone,
    zoneIsSet: account.isSet,
    start: of.start,
    end: of.end,
  });
  return { ok: true, value: { days, before, range: answered(days), previous: answered(before) } };
}
