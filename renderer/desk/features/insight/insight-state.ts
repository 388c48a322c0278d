import type { ReviewVerdict } from '../../../../src/domain/model.ts';
import type { OverviewGroup, RangePreset } from '../../../../src/domain/overview/presets.ts';
import type { CsatDimension } from '../../../../src/protocol/rpc/drill.ts';
import type { FeedMetric } from '../../../../src/protocol/rpc/insight.ts';

/** A preset, or days of the calendar in the account's zone, both included (O2). */
export type ChosenRange = { readonly preset: RangePreset } | { readonly from: string; readonly to: string };

/** What the review shows of what the AI did not resolve. */
export interface ReviewChoice {
  /** Begun on these days, both included. */
  readonly days?: { readonly from: string; readonly to: string; readonly zone: string };
  /** Undefined: any. Null: those without. */
  readonly reason?: string | null;
  readonly skill?: string | null;
  readonly channel?: string | null;
  readonly tag?: string | null;
  readonly mine?: 'none' | 'any' | ReviewVerdict;
  readonly coachId?: string;
}

/** What this window's figures are about. */
export interface InsightState {
  readonly range: ChosenRange;
  readonly group: OverviewGroup;
  readonly csatBy: CsatDimension;
  /** Null: every metric. */
  readonly metric: FeedMetric | null;
  /** The segment that is open; null: the list of them. */
  readonly segmentId: string | null;
  readonly review: ReviewChoice;
}

export const INSIGHT_START: InsightState = {
  range: { preset: 'last7Days' },
  group: 'status',
  csatBy: 'tag',
  metric: null,
  segmentId: null,
  review: {},
};
