import type { Migration } from '../../../../sqlite/migrations.ts';

/**
 * Closed cycles whose survey is not decided about yet (Q3). Cycles that were closed before this step are not asked about:
 * no survey could have been on.
 */
export const closings: Migration = {
  id: 40,
  name: 'closings',
  up: (db) => {
    db.exec(`
      CREATE TABLE closing (
        conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, due_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, ordinal)) STRICT, WITHOUT ROWID;
      CREATE INDEX closing_due ON closing (due_at, conversation_id, ordinal);
    `);
  },
};
