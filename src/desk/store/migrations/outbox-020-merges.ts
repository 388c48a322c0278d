import type { Migration } from '../../../sqlite/migrations.ts';

/** Lists of this agent's that were merged with others' changes (F1, S8), until they are read: one line a list, the latest. */
export const outboxMerges: Migration = {
  id: 20,
  name: 'merges',
  up: (db) => {
    db.exec(`
      CREATE TABLE merge (
        conversation_id TEXT NOT NULL, field TEXT NOT NULL, mid INTEGER NOT NULL, mine TEXT NOT NULL, result TEXT NOT NULL,
        agent_ids TEXT NOT NULL, at INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (conversation_id, field)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
