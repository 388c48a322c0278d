import { z } from 'zod';
import { DEFAULT_POLICY, type Policy } from '../domain/events.ts';
import type { Setting } from '../domain/model.ts';
import { put, type RowChange } from '../domain/rows.ts';
import type { WorkspaceLog } from './log-events.ts';
import type { Store } from './store/store.ts';

/** Key of the setting that holds the rules' policy, as JSON. */
export const POLICY_KEY = 'policy';

const policySchema = z
  .object({
    idleWindowBySource: z.record(z.string(), z.number().int().positive()),
    idleWindow: z.number().int().positive(),
    blockRepliesAfterClosing: z.boolean(),
  })
  .partial();

/** Reads the policy out of its setting; what it does not say is the default. An unreadable one is the default, and logged. */
export function policyOf(setting: Setting | null, log: WorkspaceLog): Policy {
  if (setting === null) return DEFAULT_POLICY;
  const parsed = policySchema.safeParse(parseJson(setting.value));
  if (!parsed.success) {
    log({ type: 'policyUnreadable' });
    return DEFAULT_POLICY;
  }
  return {
    idleWindowBySource: parsed.data.idleWindowBySource ?? DEFAULT_POLICY.idleWindowBySource,
    idleWindow: parsed.data.idleWindow ?? DEFAULT_POLICY.idleWindow,
    blockRepliesAfterClosing: parsed.data.blockRepliesAfterClosing ?? DEFAULT_POLICY.blockRepliesAfterClosing,
  };
}

/** The policy in force. */
export async function readPolicy(store: Store, log: WorkspaceLog): Promise<Policy> {
  const [setting] = await store.rows('setting', [[POLICY_KEY]]);
  return policyOf(setting ?? null, log);
}

/** The change that puts a policy in force. */
export function policyChange(policy: Policy): RowChange {
  return put('setting', { key: POLICY_KEY, value: JSON.stringify(policy) });
}

/** The shortest idle window any source has, in milliseconds: the sweep asks for conversations at least this idle. */
export function shortestIdleWindow(policy: Policy): number {
  return Math.min(policy.idleWindow, ...Object.values(policy.idleWindowBySource));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
