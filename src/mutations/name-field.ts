import { z } from 'zod';
import { ok } from '../base/result.ts';
import { onField, readsField, standingField } from './documents.ts';
import { fieldKey, fieldName, language } from './field-args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  field: fieldKey,
  language,
  /** Null takes the name of that language away. */
  name: fieldName.nullable(),
  /** The name that must still stand (Y16); absent: whatever it is. */
  expect: fieldName.nullable().optional(),
});

function nameOf(names: Readonly<Record<string, string>>, tag: string): string | null {
  return Object.hasOwn(names, tag) ? (names[tag] ?? null) : null;
}

/** Names a field in one language (F2); names of other languages stay, so that two who translate do not meet. */
export const nameField = defineMutation({
  name: 'field.setName',
  args,
  role: 'lead',
  reads: (args) => readsField(args.field),
  run: (rows, { field, language: tag, name, expect }) =>
    onField(rows, field, (definition) => {
      const current = nameOf(definition.names, tag);
      if (expect !== undefined && expect !== current) return refuse('changedSince', { name: current });
      if (current === name) return ok(definition);
      const others = Object.entries(definition.names).filter(([known]) => known !== tag);
      const names = Object.fromEntries(name === null ? others : [...others, [tag, name]]);
      return ok({ ...definition, names });
    }),
  inverse: (rows, { field, language: tag, name }) => {
    const definition = standingField(rows, field);
    const current = definition === null ? name : nameOf(definition.names, tag);
    if (current === name) return null;
    return { name: 'field.setName', args: { field, language: tag, name: current, expect: name } };
  },
  audit: ({ field, language: tag, name }) => ({
    action: 'field.named',
    detail: { field, language: tag, name },
  }),
});
