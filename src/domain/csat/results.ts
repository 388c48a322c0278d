import type { CsatScale } from '../model.ts';
import { type Share, shareOf } from '../overview/figures.ts';
import { compareValues } from '../review/agreement.ts';
import { normalisedAverage, type ScaleSummary, summariseByScale } from './averages.ts';

/** A survey, or an imported score, as results read it. */
export interface CsatRecord {
  /** Sent by us: an imported score was not, and has no part in the response rate (Q6). */
  readonly isOurs: boolean;
  readonly isAnswered: boolean;
  readonly scale: CsatScale | null;
  readonly score: number | null;
  /** Day of the range on which it was sent, from 0. */
  readonly day: number;
  /** Values of the dimension it is cut by; one, but for tags; null is "none". */
  readonly values: readonly (string | null)[];
}

/** One scale's answers (Q2): never mixed with another's. */
export interface ScaleResult extends ScaleSummary {
  /** Between 0 and 1; null of an unknown scale. To be labelled as normalised wherever it shows. */
  readonly normalised: number | null;
  /** By day: how many answers, and the sum of their scores. */
  readonly trend: readonly { readonly answered: number; readonly sum: number }[];
}

/** One value of a dimension. */
export interface SliceResult {
  readonly value: string | null;
  readonly sent: number;
  readonly response: Share;
  readonly scales: readonly Omit<ScaleResult, 'trend'>[];
}

export interface CsatResults {
  readonly response: Share;
  readonly responseTrend: readonly { readonly sent: number; readonly answered: number }[];
  readonly scales: readonly ScaleResult[];
  /** The most surveys first. */
  readonly slices: readonly SliceResult[];
}

/** Answered of sent (Q6). */
export function responseOf(records: readonly Pick<CsatRecord, 'isOurs' | 'isAnswered'>[]): Share {
  const sent = records.filter((record) => record.isOurs);
  return shareOf(sent.filter((record) => record.isAnswered).length, sent.length);
}

function scalesOf(records: readonly CsatRecord[]): readonly Omit<ScaleResult, 'trend'>[] {
  return summariseByScale(records).map((summary) => {
    const of = records.filter((record) => record.scale === summary.scale);
    const normalised = normalisedAverage(of);
    return { ...summary, normalised: normalised === null ? null : normalised.average / 100 };
  });
}

function trendOf(records: readonly CsatRecord[], days: number): ScaleResult['trend'] {
  const answered = Array.from({ length: days }, () => 0);
  const sums = Array.from({ length: days }, () => 0);
  for (const { day, score } of records) {
    if (score === null) continue;
    answered[day] = (answered[day] ?? 0) + 1;
    sums[day] = (sums[day] ?? 0) + score;
  }
  return answered.map((count, day) => ({ answered: count, sum: sums[day] ?? 0 }));
}

function responseTrendOf(records: readonly CsatRecord[], days: number): CsatResults['responseTrend'] {
  const sent = Array.from({ length: days }, () => 0);
  const answered = Array.from({ length: days }, () => 0);
  for (const { day, isOurs, isAnswered } of records) {
    if (!isOurs) continue;
    sent[day] = (sent[day] ?? 0) + 1;
    if (isAnswered) answered[day] = (answered[day] ?? 0) + 1;
  }
  return sent.map((count, day) => ({ sent: count, answered: answered[day] ?? 0 }));
}

/** Results of the surveys sent in a range of so many days: rates with their parts, each scale by itself (Q2, Q6). */
export function csatResults(records: readonly CsatRecord[], days: number): CsatResults {
  const byValue = new Map<string | null, CsatRecord[]>();
  for (const record of records) {
    for (const value of record.values) {
      const known = byValue.get(value);
      if (known === undefined) byValue.set(value, [record]);
      else known.push(record);
    }
  }
  const slices = [...byValue].map(([value, of]) => ({
    value,
    sent: of.length,
    response: responseOf(of),
    scales: scalesOf(of),
  }));
  return {
    response: responseOf(records),
    responseTrend: responseTrendOf(records, days),
    scales: scalesOf(records).map((scale) => ({
      ...scale,
      trend: trendOf(
        records.filter((record) => record.scale === scale.scale),
        days,
      ),
    })),
    slices: slices.sort((a, b) => b.sent - a.sent || compareValues(a.value, b.value)),
  };
}
