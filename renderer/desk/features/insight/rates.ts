import type { Formats } from '../../../../src/i18n/formats.ts';
import type { Rate } from '../../../../src/protocol/rpc/insight.ts';
import type { Text } from '../../i18n/keys.ts';

/** A share in words; a dash where there is nothing to divide by. */
export function rateText(rate: Rate, formats: Formats): string {
  return rate.value === null ? '–' : formats.percent(rate.value);
}

/** What a share is made of (O3, Q2): "48 of 200". */
export function ofText(rate: Rate, t: Text, formats: Formats): string {
  return t('insight:of', {
    numerator: formats.number(rate.numerator),
    denominator: formats.number(rate.denominator),
  });
}

/** How a figure has changed against the period before. */
export interface Change {
  readonly direction: 'up' | 'down' | 'same' | 'unknown';
  /** A share of the former count, or the difference of two shares. */
  readonly by: number;
}

const LEAST = 0.0005;

function changeBy(by: number): Change {
  return { direction: Math.abs(by) < LEAST ? 'same' : by > 0 ? 'up' : 'down', by };
}

/** Of a count: by what share of the former one. Nothing can be said where that was zero. */
export function countChange(now: number, before: number): Change {
  if (before === 0) return { direction: now === 0 ? 'same' : 'unknown', by: 0 };
  return changeBy((now - before) / before);
}

/** Of a share: by how many points. */
export function rateChange(now: Rate, before: Rate): Change {
  if (now.value === null || before.value === null) return { direction: 'unknown', by: 0 };
  return changeBy(now.value - before.value);
}

const SIGNS = { up: '+', down: '−', same: '±', unknown: '' } as const;

/** The change in figures: "+12%", or "−3.1 points" of a share. */
export function changeText(change: Change, unit: 'share' | 'points', t: Text, formats: Formats): string {
  if (change.direction === 'unknown') return t('insight:change.unknown');
  if (change.direction === 'same') return t('insight:change.same');
  const size = Math.abs(change.by);
  const sign = SIGNS[change.direction];
  if (unit === 'share') return `${sign}${formats.percent(size)}`;
  const points = Math.round(size * 1000) / 10;
  return t('insight:change.points', { sign, value: formats.number(points), count: points });
}
