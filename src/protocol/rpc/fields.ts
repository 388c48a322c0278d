import { z } from 'zod';
import type { FieldDefinition } from '../../domain/fields/definition.ts';
import type { Visibility } from '../../domain/fields/visibility.ts';
import { method } from './method.ts';

/** The workspace's fields and who sees them. Ask again on `info`. */
export interface FieldsView {
  /** By position; archived ones too, deleted ones not. Ready-made ones included (C8). */
  readonly fields: readonly FieldDefinition[];
  /** Keys that are used by no definition although conversations here hold values of them (C1): shown by their keys. */
  readonly undefinedKeys: readonly string[];
  /** Keys that were deleted and are never used again (F3); what they held is not shown. */
  readonly deletedKeys: readonly string[];
  /** F4: resolve with `resolveVisibility`. */
  readonly visibility: { readonly own: Visibility; readonly workspace: Visibility };
  /** The workspace's default language, BCP 47: where names fall back to (F2). */
  readonly language: string;
  /** The account's time zone, IANA (O2); null while nobody set it. */
  readonly zone: string | null;
}

/** How many values a field has, before it is deleted (F3). */
export interface FieldValueCount {
  readonly conversations: number;
}

const field = z.string().min(1).max(200);

/** Queries about the fields of the conversation profile. */
export const fieldsMethods = {
  'fields.list': method<FieldsView>()(z.object({})),
  'fields.valueCount': method<FieldValueCount>()(z.object({ field })),
  /** Texts that a field has in some conversation and that hold `text`, most used first: for choosing among them. */
  'fields.values': method<readonly string[]>()(
    z.object({ field, text: z.string().max(200).default(''), limit: z.number().int().positive().max(100) }),
  ),
} as const;
