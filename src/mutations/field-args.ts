import { z } from 'zod';
import { FIELD_TYPES, isFieldKey } from '../domain/fields/definition.ts';

/** Key of a field that a workspace may define (C7). */
export const fieldKey = z.string().refine(isFieldKey);
/** Key of any field of the conversation profile. */
export const anyField = z.string().min(1).max(200);
export const fieldType = z.enum(FIELD_TYPES);
/** A language as BCP 47 writes it: `ko`, `pt-BR`. */
export const language = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/);
/** What a field is called in one language. */
export const fieldName = z
  .string()
  .max(200)
  .overwrite((text) => text.toWellFormed().normalize('NFC').trim())
  .refine((text) => text !== '');
/** Names by language. */
export const fieldNames = z.record(language, fieldName);
/** Where a field stands among the others (see `FieldDefinition`). */
export const position = z.number().min(-1e9).max(1e9);
/** A value as it may come in: its type is checked against the field's (F1). */
export const profileValue = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(1_000)).max(500).readonly(),
  z.null(),
]);
