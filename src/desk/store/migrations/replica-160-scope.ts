import type { Migration } from '../../../sqlite/migrations.ts';

/** How far back a desk holds what is not open, and how far somebody asked (Y9). Null: everything, and no further. */
export const replicaScope: Migration = {
  id: 160,
  name: 'scope',
  up: (db) => {
    db.exec('ALTER TABLE sync_state ADD COLUMN scope_held TEXT');
    db.exec('ALTER TABLE sync_state ADD COLUMN scope_asked INTEGER');
  },
};
