import { DEFAULT_POLICY, type Policy } from '../domain/events.ts';
import type { Setting } from '../domain/model.ts';
import { put, type RowChange } from '../domain/rows.ts';
import { POLICY_KEY, parsePolicy } from '../protocol/policy.ts';
import type { WorkspaceLog } from './log-events.ts';
import type { Store } from './store/store.ts';

/** Reads the policy out of its setting; what it does not say is the default. An unreadable one is the default, and logged. */
export function policyOf(setting: Setting | null, log: WorkspaceLog): Policy {
  if (setting === null) return DEFAULT_POLICY;
  const policy = parsePolicy(setting.value);
  if (policy === null) log({ type: 'policyUnreadable' });
  return policy ?? DEFAULT_POLICY;
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
