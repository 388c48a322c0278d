import { z } from 'zod';
import { asId } from '../base/ids.ts';
import { epochMillis } from '../base/time.ts';
import { PRIORITIES } from '../domain/model.ts';

const id = z.string().min(1).max(200);

export const conversationId = id.transform((text) => asId<'ConversationId'>(text));
export const messageId = id.transform((text) => asId<'MessageId'>(text));
export const agentId = id.transform((text) => asId<'AgentId'>(text));

/** Epoch milliseconds. */
export const moment = z
  .number()
  .int()
  .nonnegative()
  .transform((value) => epochMillis(value));

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
