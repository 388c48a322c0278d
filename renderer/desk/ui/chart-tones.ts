/**
 * What a mark's colour says: an outcome, an author, or nothing but which of several values it is (`value1`… in the order of
 * their size, `rest` for all the smaller ones together).
 */
export type ChartTone =
  | 'resolved'
  | 'agent'
  | 'customer'
  | 'ai'
  | 'accent'
  | 'value1'
  | 'value2'
  | 'value3'
  | 'value4'
  | 'value5'
  | 'rest';

const VALUES: readonly ChartTone[] = ['value1', 'value2', 'value3', 'value4', 'value5'];

/** How many values of a dimension get a colour of their own; the others are gathered. */
export const TONED_VALUES = VALUES.length;

/** The tone of the value of that rank, the greatest first. */
export function valueTone(rank: number): ChartTone {
  return VALUES[rank] ?? 'rest';
}
