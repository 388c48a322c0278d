import { ok, type Result } from '../base/result.ts';
import {
  type FieldDefinition,
  fieldDefinition,
  fieldSetting,
  fieldSettingKey,
} from '../domain/fields/definition.ts';
import { DEFAULT_POLICY, type Policy } from '../domain/events.ts';
import type { Setting } from '../domain/model.ts';
import { del, put } from '../domain/rows.ts';
import { type Changes, NO_CHANGES, refuse } from './history.ts';
import type { LoadedRows, Reads, Refusal } from './mutation.ts';
import { parsePolicy, POLICY_KEY } from './policy-args.ts';

/** Reads nothing but settings. */
export function readsSettings(...settings: readonly string[]): Reads {
  return { conversations: [], settings };
}

/** The rules' policy as it stands; what cannot be read is the default. */
export function standingPolicy(rows: LoadedRows): Policy {
  const value = rows.setting(POLICY_KEY)?.value;
  return (value === undefined ? null : parsePolicy(value)) ?? DEFAULT_POLICY;
}

/** What `reads` names to change the definition of a field. */
export function readsField(field: string): Reads {
  return readsSettings(fieldSettingKey(field));
}

/** The definition of a field as it stands; null when there is none, also where it was deleted (F3). */
export function standingField(rows: LoadedRows, field: string): FieldDefinition | null {
  const definition = fieldDefinition(field, rows.setting(fieldSettingKey(field)));
  return definition === null || definition.deletedAt !== null ? null : definition;
}

/** Changes the definition of a field; refused with `noSuchField` where there is none. The same object back: no changes. */
export function onField(
  rows: LoadedRows,
  field: string,
  change: (definition: FieldDefinition) => Result<FieldDefinition, Refusal>,
): Result<Changes, Refusal> {
  const standing = standingField(rows, field);
  if (standing === null) return refuse('noSuchField', { field });
  const changed = change(standing);
  if (!changed.ok) return changed;
  return changed.value === standing ? NO_CHANGES : ok([put('setting', fieldSetting(changed.value))]);
}

/** The changes that make a setting hold `value`, null taking it away; none where it holds it already. */
export function settingChanges(standing: Setting | null, key: string, value: string | null): Changes {
  if ((standing?.value ?? null) === value) return [];
  return [value === null ? del('setting', [key]) : put('setting', { key, value })];
}
