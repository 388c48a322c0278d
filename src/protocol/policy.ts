import { z } from 'zod';
import { DEFAULT_POLICY, type Policy } from '../domain/events.ts';

/** Key of the replicated setting that holds the rules' policy, as JSON. */
export const POLICY_KEY = 'policy';

const policySchema = z
  .object({
    idleWindowBySource: z.record(z.string(), z.number().int().positive()),
    idleWindow: z.number().int().positive(),
    blockRepliesAfterClosing: z.boolean(),
  })
  .partial();

/** Reads a policy out of its setting's value; what it does not say is the default. Null when it cannot be read. */
export function parsePolicy(value: string): Policy | null {
  const parsed = policySchema.safeParse(parseJson(value));
  if (!parsed.success) return null;
  return {
    idleWindowBySource: parsed.data.idleWindowBySource ?? DEFAULT_POLICY.idleWindowBySource,
    idleWindow: parsed.data.idleWindow ?? DEFAULT_POLICY.idleWindow,
    blockRepliesAfterClosing: parsed.data.blockRepliesAfterClosing ?? DEFAULT_POLICY.blockRepliesAfterClosing,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
