import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import { START } from './house.ts';

/** Minutes after the start of the test's day. */
export function minute(count: number): number {
  return START - 3_600_000 + count * 60_000;
}

type Started = Extract<IngestEventInput, { type: 'conversation.started' }>;

export function started(
  conversationId: string,
  at = minute(0),
  more: Partial<Started> = {},
): IngestEventInput {
  return {
    id: `${conversationId}-start`,
    type: 'conversation.started',
    at,
    conversationId,
    channel: 'web_chat',
    profile: { id: `${conversationId}-customer` },
    ...more,
  };
}

type AuthorKind = 'customer' | 'ai' | 'agent' | 'system';

/** A message; its event and message ids are made of the conversation's and `name`. */
export function said(
  conversationId: string,
  name: string,
  kind: AuthorKind,
  at: number,
  text = `${kind} says ${name}`,
): IngestEventInput {
  return {
    id: `${conversationId}-${name}`,
    type: 'message.posted',
    at,
    conversationId,
    messageId: `${conversationId}-m-${name}`,
    author: kind === 'agent' ? { kind, id: 'source-agent' } : { kind },
    text,
  };
}

export function escalated(conversationId: string, at: number, reason = 'needs a human'): IngestEventInput {
  return {
    id: `${conversationId}-escalated-${at}`,
    type: 'conversation.escalated',
    at,
    conversationId,
    reason,
  };
}

/** A conversation that the AI handed over: one open cycle, a customer waiting. */
export function handedOver(conversationId: string, from = minute(0)): readonly IngestEventInput[] {
  return [
    started(conversationId, from),
    said(conversationId, '1', 'customer', from + 1_000),
    said(conversationId, '2', 'ai', from + 2_000),
    said(conversationId, '3', 'customer', from + 3_000),
    escalated(conversationId, from + 4_000),
  ];
}
