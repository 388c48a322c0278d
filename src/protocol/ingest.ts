import { z } from 'zod';
import { isScoreOf } from '../domain/csat/scale.ts';

/** Most events in one request (Y13). */
export const INGEST_LIMIT = 10_000;
/** Longest text of a message, in UTF-16 code units. */
export const MAX_TEXT = 100_000;

const id = z.string().min(1).max(200);
const short = z.string().max(200);
const reason = z.string().max(4_000);
const tags = z.array(z.string().min(1).max(128)).max(64);
const url = z.string().max(4_000);

/** RFC 3339 with an offset, or epoch milliseconds. */
const at = z.union([z.iso.datetime({ offset: true }), z.number().int().nonnegative()]);

const base = { id, at, conversationId: id };
const customer = z.object({
  id,
  name: short.nullish(),
  email: short.nullish(),
  phone: short.nullish(),
  language: z.string().max(35).nullish(),
});

const author = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customer'), id: id.nullish() }),
  z.object({ kind: z.literal('ai'), id: id.nullish() }),
  z.object({ kind: z.literal('agent'), id }),
  z.object({ kind: z.literal('system'), id: id.nullish() }),
]);

const product = z.object({ id, name: short.nullish(), url: url.nullish() });
const profileValue = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(1_000)).max(500),
  z.null(),
]);

/** The events a source may send to `POST /ingest` or in an NDJSON file, one a line (Y13, I1). */
export const ingestEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('conversation.started'),
    channel: z.string().min(1).max(64),
    /** Who has the conversation first (S1): an AI agent unless this says `human`. */
    handledBy: z.enum(['ai', 'human']).default('ai'),
    initialSkill: short.nullish(),
    page: url.nullish(),
    language: z.string().max(35).nullish(),
    profile: customer,
  }),
  z.object({
    ...base,
    type: z.literal('message.posted'),
    messageId: id,
    author,
    /** An internal note: an agent's only. */
    note: z.boolean().default(false),
    text: z.string().max(MAX_TEXT),
  }),
  z.object({
    ...base,
    type: z.literal('conversation.escalated'),
    /** `message`: only a custom end message, which opens no cycle (S2). */
    method: z.enum(['live', 'ticket', 'message']).default('live'),
    reasonCode: z.string().max(64).nullish(),
    reason: reason.nullish(),
    tags: tags.default([]),
    channel: z.string().max(64).optional(),
    skill: short.nullish(),
  }),
  z.object({
    ...base,
    type: z.literal('handoff.offered'),
    reasonCode: z.string().max(64).nullish(),
    reason: reason.nullish(),
    skill: short.nullish(),
  }),
  z.object({ ...base, type: z.literal('handoff.accepted') }),
  z.object({ ...base, type: z.literal('handoff.declined') }),
  z.object({
    ...base,
    type: z.literal('conversation.resolved'),
    finalSkill: short.nullish(),
    tags: tags.default([]),
    channel: z.string().max(64).optional(),
    status: short.nullish(),
  }),
  z.object({
    ...base,
    type: z.literal('conversation.closed'),
    by: z.enum(['customer', 'auto', 'agent', 'ai']),
    agentId: id.nullish(),
  }),
  z.object({ ...base, type: z.literal('conversation.reopened'), agentId: id.nullish() }),
  z.object({ ...base, type: z.literal('conversation.snoozed'), until: at, agentId: id.nullish() }),
  z.object({
    ...base,
    type: z.literal('conversation.assigned'),
    assigneeId: id.nullable(),
    agentId: id.nullish(),
  }),
  z.object({
    ...base,
    type: z.literal('conversation.prioritized'),
    priority: z.enum(['high', 'medium', 'low']).nullable(),
  }),
  z.object({
    ...base,
    type: z.literal('conversation.described'),
    description: z.string().max(10_000).nullable(),
  }),
  z.object({
    ...base,
    type: z.literal('conversation.tagged'),
    tags,
    removed: tags.default([]),
    by: z.enum(['ai', 'agent']).default('ai'),
    agentId: id.nullish(),
  }),
  z.object({
    ...base,
    type: z.literal('conversation.profileSet'),
    values: z.record(z.string().min(1).max(200), profileValue),
  }),
  /** The source asked the customer itself (Q3), so that rates know of those who did not answer. */
  z.object({
    ...base,
    type: z.literal('csat.sent'),
    /** The source's own name for the survey. */
    survey: z.string().min(1).max(64),
    scale: z.union([z.literal(2), z.literal(3), z.literal(5)]),
    medium: z.enum(['form', 'link']).default('form'),
    language: z.string().max(35).nullish(),
    expiresAt: at.nullish(),
    cycle: z.number().int().positive().nullish(),
  }),
  /** A score that the source asked the customer for (Q6). */
  z
    .object({
      ...base,
      type: z.literal('csat.answered'),
      score: z.number(),
      /** Points of its scale (Q1); left out when the source does not know. */
      scale: z.union([z.literal(2), z.literal(3), z.literal(5)]).nullish(),
      comment: z.string().max(4_000).nullish(),
      /** Which opening of the conversation it is about, from 1; the one at that time when left out. */
      cycle: z.number().int().positive().nullish(),
    })
    .refine(({ scale, score }) => isScoreOf(scale ?? null, score), { path: ['score'] }),
  z.object({
    ...base,
    type: z.literal('product.recommended'),
    products: z.array(product).min(1).max(50),
    channel: z.string().max(64).optional(),
  }),
  z.object({ ...base, type: z.literal('product.clicked'), productId: id }),
  /** Not of one conversation: the customer is named. */
  z.object({
    id,
    at,
    type: z.literal('order.placed'),
    orderId: id,
    customerId: id,
    valueMinor: z.number().int(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    conversationId: id.nullish(),
  }),
  z.object({
    id,
    at,
    type: z.literal('customer.identified'),
    profile: customer,
    conversationId: id.nullish(),
  }),
  /** A human agent of the source, so that names can be shown. */
  z.object({
    id,
    at,
    type: z.literal('agent.known'),
    agentId: id,
    name: z.string().min(1).max(200),
    conversationId: id.nullish(),
  }),
  /** The AI agent was switched on or off (K7, O9). */
  z.object({
    id,
    at,
    type: z.literal('agent.statusChanged'),
    enabled: z.boolean(),
    conversationId: id.nullish(),
  }),
]);
export type IngestEvent = z.infer<typeof ingestEventSchema>;
/** An event as a source writes it, defaults left out. */
export type IngestEventInput = z.input<typeof ingestEventSchema>;

/** Each event is checked by itself, so that a bad one does not stop the others. */
export const ingestRequestSchema = z.object({ events: z.array(z.unknown()).max(INGEST_LIMIT) });

export const INGEST_REJECTIONS = ['invalidEvent', 'idReused', 'invalidState'] as const;

export const ingestResponseSchema = z.object({
  accepted: z.number().int(),
  /** Same id seen before: counts once. */
  duplicates: z.number().int(),
  /** Kept until their `conversation.started` arrives. */
  pending: z.number().int(),
  rejected: z.array(
    z.object({
      index: z.number().int(),
      id: z.string().nullable(),
      code: z.enum(INGEST_REJECTIONS),
      /** The place in the event, `author.kind`; empty for the whole. */
      path: z.string(),
      message: z.string(),
    }),
  ),
  head: z.number().int(),
});
export type IngestResponse = z.infer<typeof ingestResponseSchema>;
