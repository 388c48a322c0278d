import { ok, type Result } from '../../base/result.ts';
import type { ProfileValue } from '../events.ts';
import { builtinField } from './builtin.ts';
import type { FieldDefinition, FieldType } from './definition.ts';
import { checkFieldValue, type WrongType } from './value.ts';

/** Values of a conversation profile as a source sends them, by key. */
export type ProfileValues = Readonly<Record<string, ProfileValue>>;

/** The type that a key's values must have: of its definition, or of the built-in key; null where anything goes. */
function typeFor(key: string, definition: FieldDefinition | undefined): FieldType | null {
  if (definition !== undefined) return definition.type;
  const builtin = builtinField(key);
  // What is derived here is not taken from a source, whatever it is.
  if (builtin === null || builtin.locked === 'derived' || builtin.type === 'Duration') return null;
  return builtin.type;
}

/**
 * F1: checks what a source says of a profile: each value against the type of its defined or built-in key; keys that
 * nobody defined pass as they are. Values of deleted fields are left out (F3). The first that is wrong is answered.
 */
export function checkProfile(
  values: ProfileValues,
  definitions: ReadonlyMap<string, FieldDefinition>,
): Result<ProfileValues, WrongType> {
  const checked: [string, ProfileValue][] = [];
  for (const [key, value] of Object.entries(values)) {
    const definition = definitions.get(key);
    if (definition !== undefined && definition.deletedAt !== null) continue;
    const type = typeFor(key, definition);
    const fits = type === null ? ok(value) : checkFieldValue(key, type, value);
    if (!fits.ok) return fits;
    checked.push([key, fits.value]);
  }
  return ok(Object.fromEntries(checked));
}

/** The values without those of one field; the same object where it has none (F3). */
export function withoutField(values: ProfileValues, field: string): ProfileValues {
  if (!Object.hasOwn(values, field)) return values;
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== field));
}
