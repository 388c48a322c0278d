import { z } from 'zod';
import type { AgentId, ConversationId, CustomerId, OrderId, ProductId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import { METRICS, REVIEW_VERDICTS, type ReviewVerdict } from '../../domain/model.ts';
import {
  type DayRange,
  OVERVIEW_GROUPS,
  type OverviewGroup,
  RANGE_PRESETS,
  type RangePreset,
} from '../../domain/overview/presets.ts';
import type { SegmentRule } from '../../domain/segments/rule.ts';
import { daySchema } from '../../mutations/insight-args.ts';
import { segmentRuleSchema } from '../segments.ts';
import type { ViewScope } from '../views.ts';
import {
  CSAT_DIMENSIONS,
  type CsatDimension,
  type CsatScaleName,
  type Drill,
  reviewCut,
  type ReviewDimension,
  zoneSchema,
} from './drill.ts';
import type { ListRow } from './list.ts';
import { method } from './method.ts';

const limit = z.number().int().positive().max(500);
const offset = z.number().int().nonnegative();
const after = z.string().max(600).nullable();

/** A preset or days of the calendar, both included (O2); `zone` only to override the account's. */
export const rangeSchema = z.object({
  range: z.union([z.object({ preset: z.enum(RANGE_PRESETS) }), z.object({ from: daySchema, to: daySchema })]),
  zone: zoneSchema.optional(),
});
export type RangeInput = z.infer<typeof rangeSchema>;

/** True of every answer here: how fresh this desk's copy is, and whose days it counts in. */
export interface AsOf {
  /** When this desk last agreed with its workspace; null: never yet. */
  readonly asOf: EpochMillis | null;
  /** Now, as the answer counts it. */
  readonly now: EpochMillis;
  /** Whether everything has been read in; while false figures are still rising and an `insight` event follows. */
  readonly ready: boolean;
}

/** The days an answer is about. */
export interface AnsweredRange extends DayRange {
  readonly preset: RangePreset | null;
  /** IANA; the account's, unless the question named one. */
  readonly zone: string;
  /** Whether the workspace has set its zone; if not, `zone` is this computer's. */
  readonly zoneIsSet: boolean;
  /** First moment of the range, and the first after it. */
  readonly start: EpochMillis;
  readonly end: EpochMillis;
}

/** A share with what it is made of; `value` is between 0 and 1, null where the denominator is 0. */
export interface Rate {
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

/** An amount of one currency in its minor units (A1: currencies are never added). */
export interface Money {
  readonly currency: string;
  readonly valueMinor: number;
  readonly orders: number;
}

/** The four figures (O3) over one range, and the drill of each. */
export interface OverviewFigures {
  readonly totalVolume: number;
  readonly resolvedByAi: Rate;
  readonly notResolvedByAi: Rate;
  /** Of those not resolved: begun by the AI, and taken over by an agent (S4, shown apart). */
  readonly handedOver: number;
  readonly takenOver: number;
  readonly open: number;
  readonly closedUnresolved: number;
  /** One for each currency, largest count of orders first; empty: no sales. */
  readonly sales: readonly Money[];
}

/** One part of the stacked bars. `value` null: no tag. */
export interface OverviewStack {
  readonly value: string | null;
  /** By day, in the order of `days`. */
  readonly counts: readonly number[];
  readonly total: number;
}

export interface OverviewAnswer extends AsOf {
  readonly range: AnsweredRange;
  readonly previous: AnsweredRange;
  readonly group: OverviewGroup;
  readonly figures: OverviewFigures;
  readonly before: OverviewFigures;
  /** Every day of the range, `2026-06-01`; at most 3,660. */
  readonly days: readonly string[];
  /** Largest first; they add up to the volume. */
  readonly stacks: readonly OverviewStack[];
  /** The conversations behind each; narrow them by day with `from` and `to`, and by stack with `group`. */
  readonly drills: Readonly<
    Record<
      | 'totalVolume'
      | 'resolvedByAi'
      | 'notResolvedByAi'
      | 'handedOver'
      | 'takenOver'
      | 'open'
      | 'closedUnresolved'
      | 'sales',
      Drill
    >
  >;
  readonly empty: WhyEmpty | null;
}

/** Why there is nothing to see (K7), and what is known of the switch. */
export interface WhyEmpty {
  /** `agentOff`: nothing is collected while the AI agent is switched off. */
  readonly reason: 'noConversationYet' | 'agentOff' | 'noneInRange' | 'noneOfMetric';
  readonly switchedOff: readonly { readonly source: string; readonly since: EpochMillis }[];
}

/** An order that counts as a sale of the AI's (A1), with the click it is for. */
export interface SaleRow {
  readonly orderId: OrderId;
  readonly at: EpochMillis;
  readonly valueMinor: number;
  readonly currency: string;
  readonly customerId: CustomerId;
  readonly customerName: string | null;
  readonly conversationId: ConversationId;
  readonly channel: string;
  readonly clickedAt: EpochMillis;
  readonly productId: ProductId | null;
  readonly productName: string | null;
}

/** Metrics of the feed: the five of the state machine, and orders (A1). */
export const FEED_METRICS = [...METRICS, 'ordered'] as const;
export type FeedMetric = (typeof FEED_METRICS)[number];

export interface MetricSummary {
  readonly metric: FeedMetric;
  readonly count: number;
  readonly latestAt: EpochMillis | null;
}

/** One data point of a metric (K1–K4). What a metric has not is null or empty. */
export interface FeedItem {
  /** Unique in the feed. */
  readonly key: string;
  readonly metric: FeedMetric;
  readonly at: EpochMillis;
  readonly conversationId: ConversationId | null;
  readonly customerId: CustomerId;
  readonly customerName: string | null;
  readonly customerEmail: string | null;
  readonly customerPhone: string | null;
  readonly channel: string | null;
  readonly skill: string | null;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly tags: readonly string[];
  readonly products: readonly {
    readonly id: ProductId;
    readonly name: string | null;
    readonly url: string | null;
  }[];
  /** Of an order. */
  readonly valueMinor: number | null;
  readonly currency: string | null;
}

export interface FeedPage extends AsOf {
  readonly items: readonly FeedItem[];
  /** For the next, older page; null at the end. */
  readonly next: string | null;
  readonly total: number;
  readonly empty: WhyEmpty | null;
}

/** Which conversations to review are shown. */
export const reviewFilters = z.object({
  ...reviewCut,
  /** `none`: not reviewed by me; `any`: reviewed by me; or my verdict. */
  mine: z.enum(['none', 'any', ...REVIEW_VERDICTS]).optional(),
  /** Given to this agent to look at. */
  coachId: z.string().max(200).optional(),
});
export type ReviewFilters = z.infer<typeof reviewFilters>;

/** One reviewer's finding (O10). */
export interface ReviewFinding {
  readonly agentId: AgentId;
  readonly verdict: ReviewVerdict | null;
  readonly note: string | null;
  readonly coachId: AgentId | null;
  readonly at: EpochMillis;
}

export interface ReviewRow {
  readonly row: ListRow;
  readonly skill: string | null;
  readonly handoffAt: EpochMillis | null;
  readonly handoffBy: 'ai' | 'agent' | null;
  readonly mine: ReviewFinding | null;
  readonly others: readonly ReviewFinding[];
}

/** Verdicts of one reason, skill, channel or tag; a conversation counts once for each of its reviewers. */
export interface VerdictCounts {
  readonly value: string | null;
  /** Conversations not resolved by the AI. */
  readonly total: number;
  readonly unreviewed: number;
  readonly verdicts: Readonly<Record<ReviewVerdict, number>>;
}

export interface ReviewAnswer extends AsOf {
  readonly total: number;
  readonly rows: readonly ReviewRow[];
  /** Of all that the cut leaves, whatever `mine` says: how far I am, and how far the team. */
  readonly progress: { readonly mine: number; readonly anyone: number; readonly total: number };
  /** Position of the first one without a verdict of mine; null: all are done. */
  readonly nextIndex: number | null;
  /** Pairs of verdicts on one conversation that agree, of all such pairs. */
  readonly agreement: Rate;
  /** By each property, of what the rest of the cut leaves: what may be chosen instead stands beside what is chosen. */
  readonly by: Readonly<Record<ReviewDimension, readonly VerdictCounts[]>>;
}

/** How many are in a segment (G1). */
export interface SegmentCount {
  /** Customers who can be reached by a name, e-mail or phone. */
  readonly known: number;
  /** Counted apart, never exported. */
  readonly anonymous: number;
}

export interface SegmentView {
  readonly id: string;
  /** Null for a ready-made one, whose name is the screen's (`segments.ready.<id>`). */
  readonly name: string | null;
  readonly rule: SegmentRule;
  readonly readyMade: boolean;
  readonly count: SegmentCount;
}

export interface SegmentMember {
  readonly customerId: CustomerId;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string | null;
  readonly conversations: number;
  readonly latestConversationId: ConversationId | null;
}

export interface SavedView {
  readonly id: string;
  readonly scope: ViewScope;
  readonly name: string;
  /** JSON, as it was saved. */
  readonly query: string;
  readonly position: number;
}

/** One scale's scores: never mixed with another's (Q2). */
export interface CsatScaleResult {
  readonly scale: CsatScaleName;
  readonly answered: number;
  /** Mean score on its own scale; null without answers. */
  readonly average: number | null;
  /** The mean put between 0 and 1, so that scales can be compared; always to be labelled as such. Null: unknown scale. */
  readonly normalised: number | null;
  /** Every score of the scale, lowest first, with its count; an unknown scale's as they came. */
  readonly distribution: readonly { readonly score: number; readonly count: number }[];
  /** By day: answers and their sum, by the survey's sending. */
  readonly trend: readonly { readonly answered: number; readonly sum: number }[];
  readonly drill: Drill;
}

/** One value of a dimension: its own response rate and scales. */
export interface CsatSlice {
  readonly value: string | null;
  readonly response: Rate;
  readonly scales: readonly {
    readonly scale: CsatScaleName;
    readonly answered: number;
    readonly average: number | null;
    readonly normalised: number | null;
    readonly distribution: CsatScaleResult['distribution'];
  }[];
  readonly drill: Drill;
}

export interface CsatAnswer extends AsOf {
  readonly range: AnsweredRange;
  readonly previous: AnsweredRange;
  /** Answered of sent, by the time of sending (Q6). */
  readonly response: Rate;
  readonly responseBefore: Rate;
  /** By day, in the order of `days`. */
  readonly responseTrend: readonly { readonly sent: number; readonly answered: number }[];
  readonly days: readonly string[];
  readonly scales: readonly CsatScaleResult[];
  readonly by: CsatDimension;
  /** Most sent first. A conversation with several tags counts for each: those do not add up, the others do. */
  readonly slices: readonly CsatSlice[];
  readonly comments: number;
  readonly drill: Drill;
}

export interface CsatComment {
  readonly conversationId: ConversationId;
  readonly ordinal: number;
  readonly answeredAt: EpochMillis;
  readonly scale: CsatScaleName;
  readonly score: number | null;
  readonly comment: string;
  readonly ownerId: AgentId | null;
  readonly customerName: string | null;
  readonly language: string | null;
}

/** Queries about how well the AI does. Ask again on `insight`, which tells of everything they are made of; coalesce. */
export const insightMethods = {
  'insight.overview': method<OverviewAnswer>()(
    rangeSchema.extend({ group: z.enum(OVERVIEW_GROUPS) }),
    60_000,
  ),
  /** Newest first. */
  'insight.sales': method<AsOf & { readonly rows: readonly SaleRow[]; readonly total: number }>()(
    rangeSchema.extend({ currency: z.string().max(3).optional(), offset, limit }),
    60_000,
  ),
  'insight.metrics': method<AsOf & { readonly metrics: readonly MetricSummary[] }>()(z.object({}), 60_000),
  /** Newest first; pages by key, so that what comes in meanwhile moves nothing. `metric` null: all of them. */
  'insight.activity': method<FeedPage>()(
    z.object({ metric: z.enum(FEED_METRICS).nullable(), after, limit }),
    60_000,
  ),
  'insight.review': method<ReviewAnswer>()(
    z.object({ filters: reviewFilters.default({}), offset, limit }),
    60_000,
  ),
  'insight.segments': method<AsOf & { readonly segments: readonly SegmentView[] }>()(z.object({}), 60_000),
  'insight.segmentCount': method<AsOf & SegmentCount>()(z.object({ rule: segmentRuleSchema }), 60_000),
  /** Known customers only, by name, those without one last. */
  'insight.segmentMembers': method<AsOf & SegmentCount & { readonly members: readonly SegmentMember[] }>()(
    z.object({ rule: segmentRuleSchema, offset, limit }),
    60_000,
  ),
  /**
   * Known customers as lines of CSV that no spreadsheet takes for formulas: id, e-mail, phone, in the order of
   * `insight.segmentMembers` (K6). Nothing is handed out before `export.record` is saved.
   */
  'insight.segmentLines': method<{ readonly lines: string; readonly known: number }>()(
    z.object({ rule: segmentRuleSchema, offset, limit }),
    60_000,
  ),
  /** What a property filter can be compared with, most frequent first. */
  'insight.values': method<readonly { readonly value: string; readonly count: number }[]>()(
    z.object({ property: z.enum(['channel', 'skill', 'reasonCode', 'tag', 'product', 'language']), limit }),
    60_000,
  ),
  /** The team's and my own saved views, by position. Ask again on `info`. */
  'insight.views': method<readonly SavedView[]>()(z.object({})),
  'insight.csat': method<CsatAnswer>()(rangeSchema.extend({ by: z.enum(CSAT_DIMENSIONS) }), 60_000),
  /** Newest first. */
  'insight.csatComments': method<
    AsOf & { readonly comments: readonly CsatComment[]; readonly next: string | null; readonly total: number }
  >()(
    rangeSchema.extend({
      scale: z.enum(['2', '3', '5', 'unknown']).optional(),
      score: z.number().optional(),
      after,
      limit,
    }),
    60_000,
  ),
} as const;
