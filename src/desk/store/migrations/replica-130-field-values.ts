import type { Migration } from '../../../sqlite/migrations.ts';

/** Field values by field: which fields there are, how many values each has, and which. */
export const replicaFieldValues: Migration = {
  id: 130,
  name: 'field-values',
  up: (db) => {
    db.exec('CREATE INDEX field_value_field ON field_value (field, text, ordinal)');
  },
};
