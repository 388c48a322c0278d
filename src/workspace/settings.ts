import { ok, type Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import { DEFAULT_POLICY, type Policy } from '../domain/events.ts';
import type { Setting } from '../domain/model.ts';
import { put, type RowChange } from '../domain/rows.ts';
import { POLICY_KEY, parsePolicy } from '../protocol/policy.ts';
import {
  HOURS_KEY,
  parseSettings,
  type SettingsInForce,
  type SettingsProblem,
  settingRows,
  settingsOfRows,
  TIMING_POLICY_KEY,
} from '../protocol/settings.ts';
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

/** The settings that a settings file carries, as they are in force. */
export async function readSettings(store: Store): Promise<SettingsInForce> {
  const rows = await store.rows('setting', [[HOURS_KEY], [TIMING_POLICY_KEY]]);
  const valueOf = (key: string): string | null => rows.find((row) => row?.key === key)?.value ?? null;
  return settingsOfRows(valueOf(HOURS_KEY), valueOf(TIMING_POLICY_KEY));
}

/** What is wrong with a settings file: every place of it. */
export interface BadSettings {
  readonly type: 'badSettings';
  readonly problems: readonly SettingsProblem[];
}

/** Puts the content of a settings file in force, in one commit with its audit line; with anything wrong, nothing of it. */
export async function importSettings(
  store: Store,
  content: unknown,
  clock: Clock,
): Promise<Result<{ readonly keys: readonly string[] }, BadSettings>> {
  const parsed = parseSettings(content);
  if (!parsed.ok) return parsed;
  const rows = settingRows(parsed.value);
  const keys = rows.map((row) => row.key);
  if (keys.length === 0) return ok({ keys });
  const head = await store.head();
  const committed = await store.commit({
    expectedHead: head.seq,
    at: clock.now(),
    changes: rows.map((row) => put('setting', row)),
    audit: [{ actor: 'host', action: 'settings.imported', detail: JSON.stringify({ keys }) }],
  });
  if (!committed.ok) throw new Error('the log moved while settings were imported');
  return ok({ keys });
}
