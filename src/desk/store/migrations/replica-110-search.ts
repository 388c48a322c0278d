import type { Migration } from '../../../sqlite/migrations.ts';

/**
 * Full text of messages, kept behind a watermark (`src/desk/search`). `message_fts` holds no text, only where words are;
 * its rowid is a message's place in time (`search_place`), so that hits come newest first without sorting. The tokenizer
 * is the plainest there is, since words are cut and folded before they get here. Messages numbered `low` to `high` are
 * indexed; what was rewritten or deleted among them waits in `search_dirty`, which triggers fill in the same commit. Not
 * with OR IGNORE: an upsert's own conflict rule overrides the one in a trigger, and a second rewrite would abort it.
 */
export const replicaSearch: Migration = {
  id: 110,
  name: 'search',
  up: (db) => {
    db.exec(`
      CREATE VIRTUAL TABLE message_fts USING fts5(body, content='', contentless_delete=1, tokenize='ascii');
      INSERT INTO message_fts (message_fts, rank) VALUES ('automerge', 8);
      CREATE TABLE search_place (place INTEGER PRIMARY KEY, message INTEGER NOT NULL UNIQUE) STRICT;
      CREATE TABLE search_dirty (message INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE search_state (
        id INTEGER PRIMARY KEY CHECK (id = 1), low INTEGER NOT NULL, high INTEGER NOT NULL, indexed INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER search_deleted AFTER DELETE ON message BEGIN
        INSERT INTO search_dirty (message)
          SELECT old.n WHERE NOT EXISTS (SELECT 1 FROM search_dirty WHERE message = old.n);
      END;
      CREATE TRIGGER search_rewritten AFTER UPDATE OF text, at ON message WHEN old.text <> new.text OR old.at <> new.at BEGIN
        INSERT INTO search_dirty (message)
          SELECT new.n WHERE NOT EXISTS (SELECT 1 FROM search_dirty WHERE message = new.n);
      END;
    `);
  },
};
