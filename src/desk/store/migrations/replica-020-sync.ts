import type { Migration } from '../../../sqlite/migrations.ts';

/**
 * Where the replica stands (Y6, Y7), and what the workspace holds of rows that pending mutations changed here.
 * `base_row.vals` is the row's wire values as JSON, null when the workspace has no such row; `scope` is its conversation.
 */
export const replicaSync: Migration = {
  id: 20,
  name: 'sync',
  up: (db) => {
    db.exec(`
      CREATE TABLE sync_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        workspace_id TEXT, agent_id TEXT, role TEXT,
        epoch TEXT, seq INTEGER, chain TEXT,
        last_mid INTEGER NOT NULL, last_sync_at INTEGER,
        bootstrap_state TEXT NOT NULL, bootstrap_position TEXT, bootstrap_done INTEGER NOT NULL, bootstrap_total INTEGER NOT NULL
      ) STRICT;
      INSERT INTO sync_state (id, last_mid, bootstrap_state, bootstrap_done, bootstrap_total) VALUES (1, 0, 'due', 0, 0);
      CREATE TABLE base_row (
        tbl TEXT NOT NULL, key TEXT NOT NULL, scope TEXT NOT NULL, vals TEXT, PRIMARY KEY (tbl, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX base_row_by_scope ON base_row (scope);
    `);
  },
};
