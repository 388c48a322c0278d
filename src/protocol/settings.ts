import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import type { HoursSettings } from '../domain/hours/schedule.ts';
import type { TimingPolicyName } from '../domain/timings/policy.ts';
import { HOURS_KEY, hours, TIMING_POLICY_KEY, timingPolicy } from '../mutations/settings-args.ts';

export { HOURS_KEY, TIMING_POLICY_KEY } from '../mutations/settings-args.ts';

/** What is wrong at one place of a settings file. `unknownKey` and `notA` come from its form, the others from its content. */
export const SETTINGS_PROBLEMS = [
  'notATime',
  'notADate',
  'notAZone',
  'emptyRange',
  'repeatedDate',
  'unknownKey',
  'notAsExpected',
] as const;
export type SettingsProblemCode = (typeof SETTINGS_PROBLEMS)[number];

export interface SettingsProblem {
  /** `hours.0.week.mon.1.0`: property names and places, from 0. */
  readonly path: string;
  readonly code: SettingsProblemCode;
  /** What the schema said, in English, for `notAsExpected`. */
  readonly detail: string;
}

const settingsSchema = z.strictObject({
  [HOURS_KEY]: hours.optional(),
  [TIMING_POLICY_KEY]: timingPolicy.optional(),
});

/** The settings in force. */
export interface SettingsInForce {
  readonly hours: HoursSettings;
  readonly timingPolicy: TimingPolicyName;
}

/** What a settings file may hold; what it leaves out stays as it is. */
export interface SettingsFile {
  readonly hours?: HoursSettings | undefined;
  readonly timingPolicy?: TimingPolicyName | undefined;
}

function problemOf(issue: z.core.$ZodIssue): SettingsProblem {
  const code = SETTINGS_PROBLEMS.find((known) => known === issue.message);
  if (issue.code === 'unrecognized_keys')
    return { path: [...issue.path, issue.keys[0]].join('.'), code: 'unknownKey', detail: '' };
  return { path: issue.path.join('.'), code: code ?? 'notAsExpected', detail: issue.message };
}

/** Checks the content of a settings file, all of it; every wrong place is named. */
export function parseSettings(
  value: unknown,
): Result<SettingsFile, { readonly type: 'badSettings'; readonly problems: readonly SettingsProblem[] }> {
  const parsed = settingsSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err({ type: 'badSettings', problems: parsed.error.issues.map(problemOf) });
}

/** The settings rows of a file: key and JSON. */
export function settingRows(file: SettingsFile): readonly { readonly key: string; readonly value: string }[] {
  return [HOURS_KEY, TIMING_POLICY_KEY].flatMap((key) => {
    const value = key === HOURS_KEY ? file.hours : file.timingPolicy;
    return value === undefined ? [] : [{ key, value: JSON.stringify(value) }];
  });
}

/** The settings in force, out of the values of their rows (null where there is none). What cannot be read is as if unset. */
export function settingsOfRows(hours: string | null, timingPolicy: string | null): SettingsInForce {
  const read = (key: string, value: string | null): SettingsFile => {
    const parsed = value === null ? null : parseSettings({ [key]: parseJson(value) });
    return parsed?.ok === true ? parsed.value : {};
  };
  return {
    hours: read(HOURS_KEY, hours).hours ?? [],
    timingPolicy: read(TIMING_POLICY_KEY, timingPolicy).timingPolicy ?? 'handoff',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
