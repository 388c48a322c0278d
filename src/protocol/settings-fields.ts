import { z } from 'zod';
import type { EpochMillis } from '../base/time.ts';
import {
  type FieldDefinition,
  type FieldType,
  isFieldKey,
  isReadyMade,
  READY_MADE_FIELDS,
} from '../domain/fields/definition.ts';
import { fieldName, fieldType, language } from '../mutations/field-args.ts';

/** A field as a settings file writes it; its place in the list is its place among the others. */
export interface FileField {
  readonly key: string;
  readonly type: FieldType;
  readonly names: Readonly<Record<string, string>>;
  readonly archived: boolean;
}

const field = z
  .strictObject({
    key: z.string().refine(isFieldKey, { error: 'notAFieldKey' }),
    type: fieldType,
    names: z.record(language, fieldName).default({}),
    archived: z.boolean().default(false),
  })
  .superRefine(({ key, type }, context) => {
    const ready = READY_MADE_FIELDS.find((known) => known.key === key);
    if (ready !== undefined && ready.type !== type)
      context.addIssue({ code: 'custom', path: ['type'], message: 'otherType' });
  });

/** Fields of a settings file, each key once. */
export const fileFields = z
  .array(field)
  .max(500)
  .superRefine((fields, context) => {
    fields.forEach(({ key }, at) => {
      if (fields.findIndex((other) => other.key === key) !== at)
        context.addIssue({ code: 'custom', path: [at, 'key'], message: 'repeatedKey' });
    });
  });

/** What a settings file must not do to a field that stands: its place in the file, and what is wrong. */
export interface FieldConflict {
  readonly path: string;
  readonly code: 'otherType' | 'deletedKey';
}

/** The definitions that a file's fields make of what stands (F3); or every place where they cannot. */
export function importedFields(
  fields: readonly FileField[],
  standing: ReadonlyMap<string, FieldDefinition>,
  now: EpochMillis,
): { readonly definitions: readonly FieldDefinition[]; readonly conflicts: readonly FieldConflict[] } {
  const conflicts: FieldConflict[] = [];
  const definitions = fields.map(({ key, type, names, archived }, at): FieldDefinition => {
    const before = standing.get(key);
    if (before !== undefined && before.deletedAt !== null)
      conflicts.push({ path: `fields.${at}.key`, code: 'deletedKey' });
    else if (before !== undefined && before.type !== type)
      conflicts.push({ path: `fields.${at}.type`, code: 'otherType' });
    const archivedAt = archived ? (before?.archivedAt ?? now) : null;
    return { key, type, names, position: at + 1, archivedAt, deletedAt: null };
  });
  return { definitions, conflicts };
}

/** Definitions as a settings file writes them, deleted ones left out; none while a workspace has only untouched ready-made ones. */
export function exportedFields(definitions: readonly FieldDefinition[]): readonly FileField[] {
  const standing = definitions.filter(({ deletedAt }) => deletedAt === null);
  const isTouched = (one: FieldDefinition): boolean =>
    !isReadyMade(one.key) || Object.keys(one.names).length > 0 || one.archivedAt !== null;
  if (!standing.some(isTouched)) return [];
  return standing.map(({ key, type, names, archivedAt }) => ({
    key,
    type,
    names,
    archived: archivedAt !== null,
  }));
}
