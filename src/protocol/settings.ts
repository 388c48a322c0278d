import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import { SCOPE_KEY, type ScopeSetting } from '../domain/desk-scope.ts';
import type { HoursSettings } from '../domain/hours/schedule.ts';
import type { TimingPolicyName } from '../domain/timings/policy.ts';
import type { Visibility } from '../domain/fields/visibility.ts';
import { VISIBILITY_KEY } from '../domain/fields/visibility.ts';
import { language } from '../mutations/field-args.ts';
import { ATTRIBUTION_KEY, attribution } from '../mutations/insight-args.ts';
import { type IdleHours, idleWindows } from '../mutations/policy-args.ts';
import {
  HOURS_KEY,
  hours,
  LANGUAGE_KEY,
  scope,
  TIMING_POLICY_KEY,
  timingPolicy,
  ZONE_KEY,
  zone,
} from '../mutations/settings-args.ts';
import { type FileField, fileFields } from './settings-fields.ts';

export { HOURS_KEY, LANGUAGE_KEY, TIMING_POLICY_KEY, ZONE_KEY } from '../mutations/settings-args.ts';

/** What is wrong at one place of a settings file. `unknownKey` and `notA` come from its form, the others from its content. */
export const SETTINGS_PROBLEMS = [
  'notATime',
  'notADate',
  'notAZone',
  'emptyRange',
  'repeatedDate',
  'notAFieldKey',
  'repeatedKey',
  'otherType',
  'deletedKey',
  'notALanguage',
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
  [ZONE_KEY]: zone.optional(),
  [LANGUAGE_KEY]: language.optional(),
  idleHours: idleWindows.optional(),
  blockRepliesAfterClosing: z.boolean().optional(),
  [ATTRIBUTION_KEY]: attribution.optional(),
  [SCOPE_KEY]: scope.optional(),
  fields: fileFields.optional(),
  [VISIBILITY_KEY]: z.record(z.string().min(1).max(200), z.boolean()).optional(),
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
  /** The account's time zone, IANA. */
  readonly zone?: string | undefined;
  /** The workspace's default language, BCP 47. */
  readonly language?: string | undefined;
  /** After how many idle hours an AI conversation closes by itself (S3, O5). */
  readonly idleHours?: IdleHours | undefined;
  /** Whether a customer's reply after closing starts a new conversation (S5, S10). */
  readonly blockRepliesAfterClosing?: boolean | undefined;
  /** What makes an order a sale of the AI's, by channel (A1). */
  readonly attribution?: z.output<typeof attribution> | undefined;
  /** How much agents' desks copy by themselves (Y9). */
  readonly scope?: ScopeSetting | undefined;
  readonly fields?: readonly FileField[] | undefined;
  /** The workspace's default (F4). */
  readonly visibility?: Visibility | undefined;
}

function problemOf(issue: z.core.$ZodIssue): SettingsProblem {
  const code = SETTINGS_PROBLEMS.find((known) => known === issue.message);
  if (issue.code === 'unrecognized_keys')
    return { path: [...issue.path, issue.keys[0]].join('.'), code: 'unknownKey', detail: '' };
  if (issue.code === 'invalid_key' && issue.path[0] === 'fields')
    return { path: issue.path.join('.'), code: 'notALanguage', detail: '' };
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

/** The settings rows of a file that are one value each, key and JSON; its fields and what the policy says change what stands. */
export function settingRows(file: SettingsFile): readonly { readonly key: string; readonly value: string }[] {
  const values: readonly (readonly [key: string, value: unknown])[] = [
    [HOURS_KEY, file.hours],
    [TIMING_POLICY_KEY, file.timingPolicy],
    [ZONE_KEY, file.zone],
    [LANGUAGE_KEY, file.language],
    [ATTRIBUTION_KEY, file.attribution],
    [SCOPE_KEY, file.scope],
    [VISIBILITY_KEY, file.visibility],
  ];
  return values.flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: JSON.stringify(value) }],
  );
}

/** The account's time zone out of its setting's value; null when unset or unreadable. */
export function zoneOfRow(value: string | null): string | null {
  const parsed = zone.safeParse(value === null ? null : parseJson(value));
  return parsed.success ? parsed.data : null;
}

export const DEFAULT_LANGUAGE = 'en';

/** The workspace's default language out of its setting's value (F2). */
export function languageOfRow(value: string | null): string {
  const parsed = language.safeParse(value === null ? null : parseJson(value));
  return parsed.success ? parsed.data : DEFAULT_LANGUAGE;
}

/** The attribution setting out of its value (A1); null when unset or unreadable. */
export function attributionOfRow(value: string | null): z.output<typeof attribution> | null {
  const parsed = attribution.safeParse(value === null ? null : parseJson(value));
  return parsed.success ? parsed.data : null;
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
