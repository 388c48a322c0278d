/** Ready-made ranges of days. Each ends with today, but for `yesterday` and those of the past week, month or quarter. */
export const RANGE_PRESETS = [
  'today',
  'yesterday',
  'last7Days',
  'last28Days',
  'last30Days',
  'last90Days',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];

/** What a chart's bars are stacked by (O1). */
export const OVERVIEW_GROUPS = ['channel', 'status', 'tag'] as const;
export type OverviewGroup = (typeof OVERVIEW_GROUPS)[number];

/** Days of the calendar, both included (O2), `2026-06-01`. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}
