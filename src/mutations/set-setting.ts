import type { z } from 'zod';
import { ok, type Result } from '../base/result.ts';
import { settingChanges } from './documents.ts';
import { type Changes, refuse } from './history.ts';
import type { InverseCall, LoadedRows, Refusal } from './mutation.ts';

/** A setting that is set as a whole: the last word counts. */
export interface WholeSetting<Value> {
  readonly name: string;
  readonly key: string;
  readonly schema: z.ZodType<Value>;
}

/** The new value, null to unset it; `expect` is what must still stand (Y16), absent: whatever it is. */
interface Args<Value> {
  readonly value: Value | null;
  readonly expect?: Value | null | undefined;
}

/** What stands, as JSON; null when unset or unreadable. */
function standingJson<Value>({ key, schema }: WholeSetting<Value>, rows: LoadedRows): string | null {
  const text = rows.setting(key)?.value;
  if (text === undefined) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? JSON.stringify(parsed.data) : null;
  } catch {
    return null;
  }
}

function jsonOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** Sets a setting, or takes it away. */
export function setSetting<Value>(
  setting: WholeSetting<Value>,
  rows: LoadedRows,
  { value, expect }: Args<Value>,
): Result<Changes, Refusal> {
  if (expect !== undefined && jsonOf(expect) !== standingJson(setting, rows)) return refuse('changedSince');
  return ok(settingChanges(rows.setting(setting.key), setting.key, jsonOf(value)));
}

/** The call that takes it back (Y16). */
export function unsetSetting<Value>(
  setting: WholeSetting<Value>,
  rows: LoadedRows,
  { value }: Args<Value>,
): InverseCall | null {
  const before = standingJson(setting, rows);
  if (before === jsonOf(value)) return null;
  const standing: unknown = before === null ? null : JSON.parse(before);
  return { name: setting.name, args: { value: standing, expect: value } };
}
