import { z } from 'zod';
import {
  CUSTOMER_PROPERTIES,
  EVENT_PROPERTIES,
  SEGMENT_EVENTS,
  type SegmentRule,
} from '../domain/segments/rule.ts';
import { daySchema } from './rpc/drill.ts';

const values = z.array(z.string().max(200)).max(200).readonly();
const where = z
  .array(
    z.object({ property: z.enum(EVENT_PROPERTIES), op: z.enum(['isAnyOf', 'isNoneOf']), values }).readonly(),
  )
  .max(20)
  .readonly();
const event = z.enum(SEGMENT_EVENTS);
const within = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ever') }),
  z.object({ type: z.literal('lastDays'), days: z.number().int().min(1).max(3_660) }),
  z.object({ type: z.literal('between'), from: daySchema, to: daySchema }),
]);

const condition = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('did'),
    event,
    where,
    atLeast: z.number().int().min(1).max(1_000_000),
    within,
  }),
  z.object({ type: z.literal('didNot'), event, where, within }),
  z.object({ type: z.literal('didNotSince'), event, where, since: z.object({ event, where }) }),
  z.object({
    type: z.literal('customer'),
    property: z.enum(CUSTOMER_PROPERTIES),
    op: z.enum(['isSet', 'isUnset', 'isAnyOf', 'isNoneOf', 'contains']),
    values,
  }),
]);

/** A segment's rule on the wire and in its document (G1). */
export const segmentRuleSchema: z.ZodType<SegmentRule> = z.object({
  match: z.enum(['all', 'any']),
  conditions: z.array(condition).max(20).readonly(),
});

/** Where the documents of segments lie among the settings. */
export const SEGMENT_PREFIX = 'segment:';
/** Id of a segment: in a key, on the command line. */
export const segmentIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** The document `segment:<id>`. */
export const segmentSchema = z.object({
  id: segmentIdSchema,
  name: z.string().trim().min(1).max(120),
  rule: segmentRuleSchema,
});
export type SegmentDocument = z.infer<typeof segmentSchema>;

/** Reads a segment's document; null when it is none. */
export function parseSegment(text: string): SegmentDocument | null {
  try {
    const parsed = segmentSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
