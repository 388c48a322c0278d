import { z } from 'zod';
import { ok, type Result } from '../base/result.ts';
import { parseVisibility, type Visibility, withVisibility } from '../domain/fields/visibility.ts';
import { settingChanges } from './documents.ts';
import { anyField } from './field-args.ts';
import { type Changes, refuse } from './history.ts';
import type { InverseCall, LoadedRows, Refusal } from './mutation.ts';

/** Whether one field is shown; null leaves it to what stands behind this choice (F4). */
const visible = z.boolean().nullable();

export const visibilityArgs = z.object({
  field: anyField,
  visible,
  /** What must still stand (Y16); absent: whatever it is. */
  expect: visible.optional(),
});
type Args = z.output<typeof visibilityArgs>;

function standingChoice(rows: LoadedRows, key: string): Visibility {
  return parseVisibility(rows.setting(key)?.value ?? null);
}

function choiceOf(choice: Visibility, field: string): boolean | null {
  return Object.hasOwn(choice, field) ? (choice[field] ?? null) : null;
}

/** Changes one field in the choice that a setting holds; the last word for each field counts. */
export function choose(rows: LoadedRows, key: string, args: Args): Result<Changes, Refusal> {
  const choice = standingChoice(rows, key);
  const current = choiceOf(choice, args.field);
  if (args.expect !== undefined && args.expect !== current) return refuse('changedSince');
  if (current === args.visible) return ok([]);
  const next = withVisibility(choice, args.field, args.visible);
  const value = Object.keys(next).length === 0 ? null : JSON.stringify(next);
  return ok(settingChanges(rows.setting(key), key, value));
}

/** The call that takes a choice back (Y16). */
export function unchoose(rows: LoadedRows, name: string, key: string, args: Args): InverseCall | null {
  const current = choiceOf(standingChoice(rows, key), args.field);
  if (current === args.visible) return null;
  return { name, args: { field: args.field, visible: current, expect: args.visible } };
}
