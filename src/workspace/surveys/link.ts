import { createHmac, timingSafeEqual } from 'node:crypto';
import { asId, type ConversationId, type EventId } from '../../base/ids.ts';
import { type EpochMillis, epochMillis } from '../../base/time.ts';
import { SURVEY_PATH } from '../../protocol/surveys.ts';

/** What a link to a survey says (Q5): which cycle it asks about, and until when. */
export interface LinkClaims {
  readonly conversationId: ConversationId;
  readonly ordinal: number;
  readonly expiresAt: EpochMillis;
}

/** Longest token looked at. */
export const MAX_LINK_TOKEN = 1_024;

function macOf(secret: string, payload: string): Buffer {
  return createHmac('sha256', secret).update(`handoff-survey\n${payload}`).digest();
}

/** Signs a link: its path on the workspace's address. Whoever has it may answer, until it expires. */
export function signLink(secret: string, { conversationId, ordinal, expiresAt }: LinkClaims): string {
  const payload = Buffer.from(JSON.stringify([conversationId, ordinal, expiresAt])).toString('base64url');
  return `${SURVEY_PATH}${payload}.${macOf(secret, payload).toString('base64url')}`;
}

function claimsOf(payload: string): LinkClaims | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!Array.isArray(parts)) return null;
    const [conversationId, ordinal, expiresAt] = parts as readonly unknown[];
    if (typeof conversationId !== 'string' || typeof ordinal !== 'number' || typeof expiresAt !== 'number')
      return null;
    return { conversationId: asId(conversationId), ordinal, expiresAt: epochMillis(expiresAt) };
  } catch {
    return null;
  }
}

/** What a token says; null for one that we did not sign. The comparison takes the same time wherever it fails. */
export function readLinkToken(secret: string, token: string): LinkClaims | null {
  if (token.length > MAX_LINK_TOKEN) return null;
  const [payload, signature, ...rest] = token.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const right = macOf(secret, payload);
  // A signature written in another way ("=" behind it) is another text of the same bytes: only ours is taken.
  if (given.length !== right.length || given.toString('base64url') !== signature) return null;
  return timingSafeEqual(given, right) ? claimsOf(payload) : null;
}

/**
 * Id of a survey's `count`-th event in history: 0 is its sending, the answers follow. The same each time it is worked out, and
 * nothing that a source could take before.
 */
export function surveyEventId(
  secret: string,
  { conversationId, ordinal }: Pick<LinkClaims, 'conversationId' | 'ordinal'>,
  count: number,
): EventId {
  const mac = createHmac('sha256', secret).update(`handoff-event\n${ordinal}\n${conversationId}`).digest();
  return asId(`survey-${mac.toString('base64url').slice(0, 22)}#${String(count).padStart(4, '0')}`);
}
