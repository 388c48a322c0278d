import { z } from 'zod';
import { daySchema } from '../../mutations/insight-args.ts';
import { OVERVIEW_GROUPS } from '../../domain/overview/presets.ts';
import { AI_OUTCOMES, METRICS, REVIEW_VERDICTS } from '../../domain/model.ts';

export const zoneSchema = z.string().min(1).max(64);
const value = z.string().max(200).nullable();

export { daySchema } from '../../mutations/insight-args.ts';
/** What a CSAT figure may be cut by. */
export const CSAT_DIMENSIONS = ['tag', 'assignee', 'channel', 'outcome', 'reason', 'language'] as const;
export type CsatDimension = (typeof CSAT_DIMENSIONS)[number];
/** What the conversations to review may be cut by. */
export const REVIEW_DIMENSIONS = ['reason', 'skill', 'channel', 'tag'] as const;
export type ReviewDimension = (typeof REVIEW_DIMENSIONS)[number];
/** Points of a scale, or a score without one (Q6). */
export const CSAT_SCALES = ['2', '3', '5', 'unknown'] as const;
export type CsatScaleName = (typeof CSAT_SCALES)[number];

/** A cut of the conversations to review: by start, and by properties of which null is "none". */
export const reviewCut = {
  days: z.object({ from: daySchema, to: daySchema, zone: zoneSchema }).optional(),
  reason: value.optional(),
  skill: value.optional(),
  channel: value.optional(),
  tag: value.optional(),
} as const;

/**
 * Names the conversations behind a figure or a bar: `list.open` with it as `among` holds exactly these. Every figure of
 * an answer carries its own; they are plain values, fit for an address.
 */
export const drillSchema = z.discriminatedUnion('of', [
  /** Conversations that the AI started on these days (O-rates), cut by what is given; a `value` of null is "none". */
  z.object({
    of: z.literal('overview'),
    from: daySchema,
    to: daySchema,
    zone: zoneSchema,
    outcome: z.enum(AI_OUTCOMES).optional(),
    /** Not resolved by the AI: whether the AI or an agent began it (S4). */
    handoffBy: z.enum(['ai', 'agent']).optional(),
    group: z.object({ by: z.enum(OVERVIEW_GROUPS), value }).optional(),
  }),
  /** Conversations whose recommended product led to a sale on these days (A1). */
  z.object({
    of: z.literal('sales'),
    from: daySchema,
    to: daySchema,
    zone: zoneSchema,
    currency: z.string().max(3).optional(),
  }),
  /** Conversations whose survey was sent on these days, cut by what is given. */
  z.object({
    of: z.literal('csat'),
    from: daySchema,
    to: daySchema,
    zone: zoneSchema,
    answered: z.boolean().optional(),
    scale: z.enum(CSAT_SCALES).optional(),
    score: z.number().optional(),
    by: z.object({ dimension: z.enum(CSAT_DIMENSIONS), value }).optional(),
    commented: z.boolean().optional(),
  }),
  /** Conversations with a data point of a metric on these days. */
  z.object({
    of: z.literal('metric'),
    metric: z.enum(METRICS),
    from: daySchema,
    to: daySchema,
    zone: zoneSchema,
  }),
  /** Conversations not resolved by the AI, by what reviewers found (O10). */
  z.object({
    of: z.literal('review'),
    ...reviewCut,
    /** A verdict that some reviewer gave; null: reviewed by nobody. */
    verdict: z.enum(REVIEW_VERDICTS).nullable().optional(),
  }),
]);
export type Drill = z.infer<typeof drillSchema>;
