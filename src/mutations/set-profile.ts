import { z } from 'zod';
import { ok, type Result } from '../base/result.ts';
import { builtinField } from '../domain/fields/builtin.ts';
import { type FieldDefinition, fieldSettingKey, isReadyMade } from '../domain/fields/definition.ts';
import { listMerge } from '../domain/fields/list-merge.ts';
import { checkFieldValue, fieldValueOf, isSameValue, mergeLists } from '../domain/fields/value.ts';
import type { ProfileValue } from '../domain/events.ts';
import { conversationId } from './args.ts';
import { standingField } from './documents.ts';
import { anyField, profileValue } from './field-args.ts';
import { onConversation, refuse } from './history.ts';
import { defineMutation, type LoadedRows, type Refusal } from './mutation.ts';

const args = z.object({
  conversationId,
  field: anyField,
  /** Null takes the value away. */
  value: profileValue,
  /** The list that was changed, for a List: what others added or took away meanwhile stays so. Absent: all of it is replaced. */
  from: z.array(z.string().max(1_000)).max(500).readonly().optional(),
  /** The value that must still stand (Y16); absent: whatever it is. */
  expect: profileValue.optional(),
});
type Args = z.output<typeof args>;

/** The definition of a field that agents fill; else why they may not. */
function editable(rows: LoadedRows, field: string): Result<FieldDefinition, Refusal> {
  if (builtinField(field) !== null || isReadyMade(field)) return refuse('fieldLocked', { field });
  const definition = standingField(rows, field);
  if (definition === null) return refuse('noSuchField', { field });
  return definition.archivedAt === null ? ok(definition) : refuse('fieldArchived', { field });
}

function listOf(value: ProfileValue): readonly string[] {
  return typeof value === 'object' && value !== null ? value : [];
}

/** The value that comes out: as the type keeps it (F1), a list merged into what stands. */
function outcome(
  definition: FieldDefinition,
  standing: ProfileValue,
  { field, value, from }: Args,
): Result<ProfileValue, Refusal> {
  const checked = checkFieldValue(field, definition.type, value);
  if (!checked.ok) {
    const { expected, got } = checked.error;
    return refuse('wrongType', { field, expected, got });
  }
  if (definition.type !== 'List' || from === undefined) return checked;
  const merged = mergeLists(listOf(standing), from, listOf(checked.value));
  return ok(merged.length === 0 ? null : merged);
}

/** Sets one field of the conversation profile (C7), over what was expected; lists merge item by item. */
export const setProfileField = defineMutation({
  name: 'profile.set',
  args,
  role: 'agent',
  reads: (args) => ({ conversations: [args.conversationId], settings: [fieldSettingKey(args.field)] }),
  run: (rows, args, ctx) =>
    onConversation(rows, args.conversationId, ctx, ({ snapshot }) => {
      const { field, expect } = args;
      const definition = editable(rows, field);
      if (!definition.ok) return definition;
      const standing = fieldValueOf(snapshot.fields, field, definition.value.type);
      if (expect !== undefined && !isSameValue(expect, standing)) return refuse('changedSince', { field });
      const next = outcome(definition.value, standing, args);
      if (!next.ok) return next;
      return ok(
        isSameValue(standing, next.value) ? [] : [{ type: 'profileSet', values: { [field]: next.value } }],
      );
    }),
  merges: (rows, args) => {
    const { field, value, from } = args;
    const definition = editable(rows, field);
    if (!definition.ok || definition.value.type !== 'List' || from === undefined) return null;
    const { fields } = rows.snapshot(args.conversationId);
    const mine = checkFieldValue(field, 'List', value);
    const next = outcome(definition.value, fieldValueOf(fields, field, 'List'), args);
    return mine.ok && next.ok ? listMerge(field, listOf(mine.value), listOf(next.value)) : null;
  },
  inverse: (rows, args) => {
    const { conversation, fields } = rows.snapshot(args.conversationId);
    const definition = editable(rows, args.field);
    if (conversation === null || !definition.ok) return null;
    const standing = fieldValueOf(fields, args.field, definition.value.type);
    const next = outcome(definition.value, standing, args);
    if (!next.ok || isSameValue(standing, next.value)) return null;
    return {
      name: 'profile.set',
      args: {
        conversationId: args.conversationId,
        field: args.field,
        value: standing,
        expect: next.value,
      },
    };
  },
});
