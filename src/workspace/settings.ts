import { err, ok, type Result } from '../base/result.ts';
import type { Clock, EpochMillis } from '../base/time.ts';
import { DEFAULT_POLICY, type Policy } from '../domain/events.ts';
import { parseScope, SCOPE_KEY } from '../domain/desk-scope.ts';
import { fieldDefinitions, fieldSetting } from '../domain/fields/definition.ts';
import { parseVisibility, VISIBILITY_KEY } from '../domain/fields/visibility.ts';
import type { Setting } from '../domain/model.ts';
import { put, type RowChange } from '../domain/rows.ts';
import { ATTRIBUTION_KEY } from '../mutations/insight-args.ts';
import { idleHoursOf, policyValue, withBlocking, withIdleHours } from '../mutations/policy-args.ts';
import { POLICY_KEY, parsePolicy } from '../protocol/policy.ts';
import { exportedFields, importedFields } from '../protocol/settings-fields.ts';
import {
  attributionOfRow,
  HOURS_KEY,
  LANGUAGE_KEY,
  languageOfRow,
  parseSettings,
  type SettingsFile,
  type SettingsInForce,
  type SettingsProblem,
  settingRows,
  settingsOfRows,
  TIMING_POLICY_KEY,
  ZONE_KEY,
  zoneOfRow,
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

/** The shortest idle window any source has or had, in milliseconds: the sweep asks for conversations at least this idle. */
export function shortestIdleWindow(policy: Policy): number {
  const ever = [policy, ...(policy.earlierIdle ?? [])];
  return Math.min(
    ...ever.flatMap(({ idleWindow, idleWindowBySource }) => [
      idleWindow,
      ...Object.values(idleWindowBySource),
    ]),
  );
}

/** What a settings file carries of the policy; replies after closing where anybody ever spoke of them. */
function ofPolicy(policy: Policy): Pick<SettingsFile, 'idleHours' | 'blockRepliesAfterClosing'> {
  const { blockRepliesAfterClosing, earlierBlocking } = policy;
  return {
    idleHours: idleHoursOf(policy),
    ...(blockRepliesAfterClosing || earlierBlocking !== undefined ? { blockRepliesAfterClosing } : {}),
  };
}

/** The settings that a settings file carries, as they are in force; what nobody set is left out. */
export async function readSettings(store: Store): Promise<SettingsInForce & SettingsFile> {
  const rows = await store.settings();
  const valueOf = (key: string): string | null => rows.find((row) => row.key === key)?.value ?? null;
  const zone = zoneOfRow(valueOf(ZONE_KEY));
  const language = valueOf(LANGUAGE_KEY);
  const fields = exportedFields(fieldDefinitions(rows));
  const visibility = parseVisibility(valueOf(VISIBILITY_KEY));
  const policy = valueOf(POLICY_KEY);
  const attribution = attributionOfRow(valueOf(ATTRIBUTION_KEY));
  const scope = parseScope(valueOf(SCOPE_KEY));
  return {
    ...settingsOfRows(valueOf(HOURS_KEY), valueOf(TIMING_POLICY_KEY)),
    ...(zone === null ? {} : { zone }),
    ...(language === null ? {} : { language: languageOfRow(language) }),
    ...(policy === null ? {} : ofPolicy(parsePolicy(policy) ?? DEFAULT_POLICY)),
    ...(attribution === null ? {} : { attribution }),
    ...(scope.agentDays === null ? {} : { scope }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(Object.keys(visibility).length === 0 ? {} : { visibility }),
  };
}

/** What is wrong with a settings file: every place of it. */
export interface BadSettings {
  readonly type: 'badSettings';
  readonly problems: readonly SettingsProblem[];
}

/**
 * The policy with what a file says of it: from now on. Idle windows count from the beginning where nothing can have idled yet;
 * `arrival` is the receipt number that the next event gets.
 */
async function policyRow(
  store: Store,
  { idleHours, blockRepliesAfterClosing }: SettingsFile,
  now: EpochMillis,
  arrival: number,
): Promise<readonly Setting[]> {
  const [setting] = await store.rows('setting', [[POLICY_KEY]]);
  let policy =
    (setting === null || setting === undefined ? null : parsePolicy(setting.value)) ?? DEFAULT_POLICY;
  if (idleHours !== undefined) {
    const isEmpty = (await store.conversationIds('', 1)).length === 0;
    policy = withIdleHours(policy, idleHours, isEmpty ? null : now);
  }
  if (blockRepliesAfterClosing !== undefined)
    policy = withBlocking(policy, blockRepliesAfterClosing, arrival);
  const value = policyValue(policy);
  const standing = setting?.value ?? null;
  return value === standing ? [] : [{ key: POLICY_KEY, value: value ?? JSON.stringify(DEFAULT_POLICY) }];
}

/** The settings of a file that are part of the policy. */
function policyKeysOf(file: SettingsFile): readonly string[] {
  return (['idleHours', 'blockRepliesAfterClosing'] as const).filter((key) => file[key] !== undefined);
}

/** The rows that a checked file makes of what stands, and the names of its settings; or what it must not change. */
async function rowsOfFile(
  store: Store,
  file: SettingsFile,
  now: EpochMillis,
  arrival: number,
): Promise<Result<{ readonly rows: readonly Setting[]; readonly keys: readonly string[] }, BadSettings>> {
  const rows = [...settingRows(file)];
  const keys = rows.map(({ key }) => key);
  const policyKeys = policyKeysOf(file);
  if (policyKeys.length > 0) rows.push(...(await policyRow(store, file, now, arrival)));
  keys.push(...policyKeys);
  if (file.fields === undefined) return ok({ rows, keys });
  const standing = new Map(fieldDefinitions(await store.settings()).map((field) => [field.key, field]));
  const { definitions, conflicts } = importedFields(file.fields, standing, now);
  if (conflicts.length > 0)
    return err({ type: 'badSettings', problems: conflicts.map((one) => ({ ...one, detail: '' })) });
  return ok({ rows: [...rows, ...definitions.map(fieldSetting)], keys: [...keys, 'fields'] });
}

/** Puts the content of a settings file in force, in one commit with its audit line; with anything wrong, nothing of it. */
export async function importSettings(
  store: Store,
  content: unknown,
  clock: Clock,
): Promise<Result<{ readonly keys: readonly string[] }, BadSettings>> {
  const parsed = parseSettings(content);
  if (!parsed.ok) return parsed;
  const head = await store.head();
  const made = await rowsOfFile(store, parsed.value, clock.now(), head.arrival + 1);
  if (!made.ok) return made;
  const { rows, keys } = made.value;
  if (keys.length === 0) return ok({ keys });
  const committed = await store.commit({
    expectedHead: head.seq,
    at: clock.now(),
    changes: rows.map((row) => put('setting', row)),
    audit: [{ actor: 'host', action: 'settings.imported', detail: JSON.stringify({ keys }) }],
  });
  if (!committed.ok) throw new Error('the log moved while settings were imported');
  return ok({ keys });
}
