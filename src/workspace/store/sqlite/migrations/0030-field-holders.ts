import type { Migration } from '../../../../sqlite/migrations.ts';

/** Who holds values of a field: asked when the field is deleted (F3). */
export const fieldHolders: Migration = {
  id: 30,
  name: 'field-holders',
  up: (db) => {
    db.exec('CREATE INDEX field_value_field ON field_value (field, conversation_id)');
  },
};
