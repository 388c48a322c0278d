import type { Migration } from '../../../sqlite/migrations.ts';

/**
 * The replicated tables, column for column as they cross the wire. `n` is a local number that never changes while the
 * row lives: what a search index and the typed-array mirror point at. Rows come in any order, so no foreign keys.
 */
export const replicaTables: Migration = {
  id: 10,
  name: 'tables',
  up: (db) => {
    db.exec(`
      CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE agent (
        id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, active INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE customer (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, email TEXT, phone TEXT, language TEXT
      ) STRICT;
      CREATE TABLE conversation (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, customer_id TEXT NOT NULL, source TEXT NOT NULL,
        channel TEXT NOT NULL, page TEXT, language TEXT, started_at INTEGER NOT NULL,
        ai_outcome TEXT, ai_raw_status TEXT, ai_closed_at INTEGER, initial_skill TEXT, final_skill TEXT,
        handoff_at INTEGER, handoff_by TEXT, handoff_reason_code TEXT, handoff_reason TEXT,
        handoff_count INTEGER NOT NULL, handoff_offer TEXT, handoff_read_by TEXT,
        human_state TEXT, priority TEXT, description TEXT, assignee_id TEXT, snoozed_until INTEGER,
        cycle_count INTEGER NOT NULL, first_opened_at INTEGER, opened_at INTEGER, closed_at INTEGER, closed_by TEXT,
        first_question TEXT, message_count INTEGER NOT NULL, ai_message_count INTEGER NOT NULL,
        last_message_at INTEGER, last_message_kind TEXT, last_message_preview TEXT,
        last_public_id TEXT, last_public_at INTEGER, last_public_kind TEXT,
        last_customer_message_id TEXT, last_customer_message_at INTEGER, last_customer_arrival INTEGER NOT NULL,
        waiting_since INTEGER, folded_at INTEGER NOT NULL, folded_id TEXT NOT NULL
      ) STRICT;
      CREATE INDEX conversation_by_customer ON conversation (customer_id, started_at, id);
      CREATE TABLE cycle (
        conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL,
        clock_start_at INTEGER, first_reply_at INTEGER, reply_count INTEGER NOT NULL, reply_total INTEGER NOT NULL,
        waiting_since INTEGER, closed_at INTEGER, closed_by TEXT, closed_by_agent_id TEXT, assignee_at_close_id TEXT,
        PRIMARY KEY (conversation_id, ordinal)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE handoff (
        conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, at INTEGER NOT NULL, "by" TEXT NOT NULL,
        method TEXT NOT NULL, reason_code TEXT, reason TEXT, skill TEXT,
        PRIMARY KEY (conversation_id, ordinal)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE tag (
        conversation_id TEXT NOT NULL, tag TEXT NOT NULL, applied_by TEXT NOT NULL, agent_id TEXT, at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, tag)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE product (
        conversation_id TEXT NOT NULL, product_id TEXT NOT NULL, name TEXT, url TEXT,
        recommended_at INTEGER NOT NULL, clicked_at INTEGER,
        PRIMARY KEY (conversation_id, product_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE follower (
        conversation_id TEXT NOT NULL, agent_id TEXT NOT NULL, PRIMARY KEY (conversation_id, agent_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE field_value (
        conversation_id TEXT NOT NULL, field TEXT NOT NULL, ordinal INTEGER NOT NULL, number REAL, text TEXT,
        PRIMARY KEY (conversation_id, field, ordinal)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE read_marker (
        agent_id TEXT NOT NULL, conversation_id TEXT NOT NULL, read_through_at INTEGER NOT NULL,
        PRIMARY KEY (agent_id, conversation_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE shop_order (
        id TEXT NOT NULL PRIMARY KEY, customer_id TEXT NOT NULL, at INTEGER NOT NULL, value_minor INTEGER NOT NULL,
        currency TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX shop_order_by_customer ON shop_order (customer_id, at, id);
      CREATE TABLE message (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL, at INTEGER NOT NULL,
        author_kind TEXT NOT NULL, author_id TEXT, note INTEGER NOT NULL, text TEXT NOT NULL, written_at INTEGER
      ) STRICT;
      CREATE INDEX message_in_thread ON message (conversation_id, at, id);
    `);
  },
};
