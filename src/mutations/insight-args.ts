import { z } from 'zod';
import { HOUR } from '../base/time.ts';
import { DEFAULT_SALES_POLICY, type SalesPolicy } from '../domain/sales.ts';
import {
  CUSTOMER_PROPERTIES,
  EVENT_PROPERTIES,
  SEGMENT_EVENTS,
  type SegmentRule,
} from '../domain/segments/rule.ts';

/** A day of the calendar, `2026-06-01`. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Id of a document of one's own making: in a key, in an address, on the command line. */
export const documentId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** What people call a segment or a view. */
export const documentName = z
  .string()
  .max(120)
  .overwrite((text) => text.toWellFormed().normalize('NFC').trim())
  .refine((text) => text !== '');

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

/** A segment's rule (G1). */
export const segmentRule: z.ZodType<SegmentRule> = z.object({
  match: z.enum(['all', 'any']),
  conditions: z.array(condition).max(20).readonly(),
});

/** Where the documents of segments lie among the settings. */
export const SEGMENT_PREFIX = 'segment:';
/** What a segment's document says. */
export const segmentContent = z.object({ name: documentName, rule: segmentRule });

/** Where saved views lie: `view:<id>` is the team's, `view:<agentId>:<id>` one agent's own. */
export const VIEW_PREFIX = 'view:';
export const VIEW_SCOPES = ['team', 'own'] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];
/** What a saved view's document says (O8). */
export const viewContent = z.object({
  name: documentName,
  /** JSON of a list query and what else the screen shows it with; the screen checks it when it opens. */
  query: z.string().max(20_000),
  /** Place among its like, from 0. */
  position: z.number().int().min(0).max(10_000).default(0),
});

/** The setting's key of a view. */
export function viewKey(scope: ViewScope, agentId: string, id: string): string {
  return scope === 'team' ? `${VIEW_PREFIX}${id}` : `${VIEW_PREFIX}${agentId}:${id}`;
}

/** Key of the setting that says, by channel, what makes an order a sale of the AI's (A1). */
export const ATTRIBUTION_KEY = 'attribution';
/** By channel; web chat is as A1 says it and cannot be set. */
export const attribution = z.record(
  z
    .string()
    .min(1)
    .max(64)
    .refine((channel) => channel !== 'web_chat'),
  z.object({
    touches: z
      .array(z.enum(['recommended', 'clicked']))
      .min(1)
      .max(2)
      .readonly(),
    windowHours: z
      .number()
      .int()
      .min(1)
      .max(24 * 90),
  }),
);

/** The policy that an attribution setting makes (A1); `null`: the default alone. */
export function salesPolicyOf(setting: z.output<typeof attribution> | null): SalesPolicy {
  const set = Object.entries(setting ?? {}).map(
    ([channel, { touches, windowHours }]) => [channel, { touches, window: windowHours * HOUR }] as const,
  );
  return { ...Object.fromEntries(set), ...DEFAULT_SALES_POLICY };
}
