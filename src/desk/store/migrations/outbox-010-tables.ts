import type { Migration } from '../../../sqlite/migrations.ts';

/**
 * All that exists only on this desk (Y1). `sum` is a CRC-32 of the other columns. An entry moves from `outbox` to
 * `journal` when the workspace has answered and the replica has caught up; `attention` is what a person must see.
 */
export const outboxTables: Migration = {
  id: 10,
  name: 'tables',
  up: (db) => {
    const entry = `
      mid INTEGER PRIMARY KEY, name TEXT NOT NULL, args TEXT NOT NULL, made_at INTEGER NOT NULL,
      conversation_id TEXT, inverse_name TEXT, inverse_args TEXT, undoes INTEGER, sum INTEGER NOT NULL`;
    db.exec(`
      CREATE TABLE client (
        id INTEGER PRIMARY KEY CHECK (id = 1), client_id TEXT NOT NULL, workspace_id TEXT, sum INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE outbox (${entry}, attempted INTEGER NOT NULL, outcome TEXT) STRICT;
      CREATE TABLE journal (${entry}, outcome TEXT NOT NULL, confirmed_at INTEGER NOT NULL) STRICT;
      CREATE INDEX journal_by_age ON journal (confirmed_at);
      CREATE TABLE attention (
        mid INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, args TEXT NOT NULL, made_at INTEGER NOT NULL,
        conversation_id TEXT, code TEXT NOT NULL, detail TEXT, sum INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE draft (
        conversation_id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, updated_at INTEGER NOT NULL,
        sum INTEGER NOT NULL, PRIMARY KEY (conversation_id, kind)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE preference (
        key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
