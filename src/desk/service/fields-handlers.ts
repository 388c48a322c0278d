import { builtinField } from '../../domain/fields/builtin.ts';
import { fieldDefinitions } from '../../domain/fields/definition.ts';
import { ownVisibilityKey, parseVisibility, VISIBILITY_KEY } from '../../domain/fields/visibility.ts';
import type { FieldsView, fieldsMethods } from '../../protocol/rpc/fields.ts';
import type { Handlers } from '../../protocol/rpc/handlers.ts';
import { LANGUAGE_KEY, languageOfRow, zoneOfRow, ZONE_KEY } from '../../protocol/settings.ts';
import type { DeskCore } from '../desk-core.ts';
import { fieldSettings, usedFields, valueCount, valuesOf } from '../queries/field-values.ts';
import { readRow } from '../replica/row-sql.ts';

/** The workspace's fields as this desk holds them, and what its agent sees of them (F4). */
export function fieldsView({ replica }: Pick<DeskCore, 'replica'>): FieldsView {
  const { db } = replica;
  const settingOf = (key: string): string | null => readRow(db, 'setting', [key])?.value ?? null;
  return db.snapshot(() => {
    const definitions = fieldDefinitions(fieldSettings(db));
    const known = new Set(definitions.map(({ key }) => key));
    const { agentId } = replica.state();
    return {
      fields: definitions.filter(({ deletedAt }) => deletedAt === null),
      undefinedKeys: usedFields(db).filter((key) => !known.has(key) && builtinField(key) === null),
      deletedKeys: definitions.flatMap(({ key, deletedAt }) => (deletedAt === null ? [] : [key])),
      visibility: {
        own: parseVisibility(agentId === null ? null : settingOf(ownVisibilityKey(agentId))),
        workspace: parseVisibility(settingOf(VISIBILITY_KEY)),
      },
      language: languageOfRow(settingOf(LANGUAGE_KEY)),
      zone: zoneOfRow(settingOf(ZONE_KEY)),
    };
  });
}

/** Answers what screens ask about fields. */
export function fieldsHandlers({ core }: { readonly core: DeskCore }): Handlers<typeof fieldsMethods> {
  const { db } = core.replica;
  return {
    'fields.list': () => fieldsView(core),
    'fields.valueCount': ({ field }) => ({ conversations: valueCount(db, field) }),
    'fields.values': ({ field, text, limit }) => {
      const wanted = text.normalize('NFC').toLowerCase();
      return valuesOf(db, field)
        .filter((value) => value.toLowerCase().includes(wanted))
        .slice(0, limit);
    },
  };
}
