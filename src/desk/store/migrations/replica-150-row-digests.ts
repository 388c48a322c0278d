import { REPLICATED_TABLES, TABLES } from '../../../protocol/tables.ts';
import type { Migration } from '../../../sqlite/migrations.ts';

/**
 * The digest that each row came with from its workspace, so that bits which flip in the file are found. Null: none came,
 * as with rows that pending work made here, or that an older build wrote.
 */
export const replicaRowDigests: Migration = {
  id: 150,
  name: 'row-digests',
  up: (db) => {
    for (const table of REPLICATED_TABLES) db.exec(`ALTER TABLE ${TABLES[table].sql} ADD COLUMN sum INTEGER`);
    db.exec('ALTER TABLE base_row ADD COLUMN sum INTEGER');
  },
};
