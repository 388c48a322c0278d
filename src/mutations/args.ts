import { z } from 'zod';
import type { AgentId, ConversationId, MessageId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
import { PRIORITIES } from '../domain/model.ts';

const id = z.string().min(1).max(200);

/** The same schema under the name of what it checks: a brand is the compiler's alone, and a transformation would run at each call. */
function named<Name extends string | number>(schema: z.ZodType<unknown>): z.ZodType<Name, Name> {
  return schema as z.ZodType<Name, Name>;
}

export const conversationId = named<ConversationId>(id);
export const messageId = named<MessageId>(id);
export const agentId = named<AgentId>(id);

/** Epoch milliseconds. */
export const moment = named<EpochMillis>(z.number().int().nonnegative());

/** Ordinal of a cycle, from 1. */
export const cycleOrdinal = z.number().int().positive();

export const priority = z.enum(PRIORITIES).nullable();

/** A tag as people mean it: composed characters, no space around it (S8). */
export const tag = z.string().normalize('NFC').trim().min(1).max(128);

/** What a message says: something, as well-formed text, at most 100,000 UTF-16 code units. */
export const messageText = z
  .string()
  .max(100_000)
  .overwrite((text) => text.toWellFormed())
  .refine((text) => text.trim() !== '');

/** A description; one of nothing but space is none. */
export const description = z
  .string()
  .max(10_000)
  .nullable()
  .transform((text) => (text === null || text.trim() === '' ? null : text.toWellFormed()));

/** The tags that a change of tags was made over, as its author's desk showed them (S8); absent: it does not say. */
export const seenTags = z.array(tag).max(500).readonly().optional();
