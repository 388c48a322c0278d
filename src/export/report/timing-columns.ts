import { TIMING_KEYS, type TimingKey, type Timings } from '../../domain/timings/timings.ts';
import { durationText } from '../csv-text.ts';
import { columnMaker, type ReadColumn } from './column.ts';
import type { Labels } from './labels.ts';

/** Each timing twice: a numeric duration, and beside it `0h 0m 0s`, as the source of our figures writes it (C4, T12). */
export function timingColumns<Source>(
  labels: Labels,
  timingsOf: (source: Source) => Timings,
): readonly ReadColumn<Source>[] {
  const column = columnMaker<Source>(labels);
  const value = (source: Source, key: TimingKey): number | null => timingsOf(source)[key].value;
  return TIMING_KEYS.flatMap((key) => [
    column(key, 'duration', (source) => value(source, key)),
    column(`${key}.text`, 'text', (source) => durationText(value(source, key))),
  ]);
}
