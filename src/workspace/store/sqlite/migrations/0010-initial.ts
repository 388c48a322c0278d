import type { Migration } from '../../../../sqlite/migrations.ts';

/** Replicated rows carry `seq`, the log's head at which they last changed (Y5), and `checksum` of their values. */
const REPLICATED = `
CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE agent (
  id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('agent', 'lead', 'admin')),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE customer (
  id TEXT NOT NULL PRIMARY KEY, name TEXT, email TEXT, phone TEXT, language TEXT,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE conversation (
  id TEXT NOT NULL PRIMARY KEY, customer_id TEXT NOT NULL, source TEXT NOT NULL, channel TEXT NOT NULL,
  page TEXT, language TEXT, started_at INTEGER NOT NULL,
  ai_outcome TEXT CHECK (ai_outcome IN ('open', 'resolvedByAi', 'notResolvedByAi', 'closedUnresolved')),
  ai_raw_status TEXT, ai_closed_at INTEGER, initial_skill TEXT, final_skill TEXT,
  handoff_at INTEGER, handoff_by TEXT, handoff_reason_code TEXT, handoff_reason TEXT,
  handoff_count INTEGER NOT NULL, handoff_offer TEXT, handoff_read_by TEXT,
  human_state TEXT CHECK (human_state IN ('open', 'snoozed', 'closed')),
  priority TEXT CHECK (priority IN ('high', 'medium', 'low')),
  description TEXT, assignee_id TEXT, snoozed_until INTEGER, cycle_count INTEGER NOT NULL,
  first_opened_at INTEGER, opened_at INTEGER, closed_at INTEGER, closed_by TEXT,
  first_question TEXT, message_count INTEGER NOT NULL, ai_message_count INTEGER NOT NULL,
  last_message_at INTEGER, last_message_kind TEXT, last_message_preview TEXT,
  last_public_id TEXT, last_public_at INTEGER, last_public_kind TEXT,
  last_customer_message_id TEXT, last_customer_message_at INTEGER, last_customer_arrival INTEGER NOT NULL,
  waiting_since INTEGER, folded_at INTEGER NOT NULL, folded_id TEXT NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE cycle (
  conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL,
  clock_start_at INTEGER, first_reply_at INTEGER, reply_count INTEGER NOT NULL, reply_total INTEGER NOT NULL,
  waiting_since INTEGER, closed_at INTEGER, closed_by TEXT, closed_by_agent_id TEXT, assignee_at_close_id TEXT,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE handoff (
  conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, at INTEGER NOT NULL, "by" TEXT NOT NULL,
  method TEXT NOT NULL, reason_code TEXT, reason TEXT, skill TEXT,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE message (
  id TEXT NOT NULL PRIMARY KEY, conversation_id TEXT NOT NULL, at INTEGER NOT NULL, author_kind TEXT NOT NULL,
  author_id TEXT, note INTEGER NOT NULL CHECK (note IN (0, 1)), text TEXT NOT NULL, written_at INTEGER,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE tag (
  conversation_id TEXT NOT NULL, tag TEXT NOT NULL, applied_by TEXT NOT NULL, agent_id TEXT, at INTEGER NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, tag)) STRICT, WITHOUT ROWID;
CREATE TABLE product (
  conversation_id TEXT NOT NULL, product_id TEXT NOT NULL, name TEXT, url TEXT,
  recommended_at INTEGER NOT NULL, clicked_at INTEGER,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, product_id)) STRICT, WITHOUT ROWID;
CREATE TABLE shop_order (
  id TEXT NOT NULL PRIMARY KEY, customer_id TEXT NOT NULL, at INTEGER NOT NULL, value_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE read_marker (
  agent_id TEXT NOT NULL, conversation_id TEXT NOT NULL, read_through_at INTEGER NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)) STRICT, WITHOUT ROWID;
CREATE TABLE follower (
  conversation_id TEXT NOT NULL, agent_id TEXT NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, agent_id)) STRICT, WITHOUT ROWID;
CREATE TABLE field_value (
  conversation_id TEXT NOT NULL, field TEXT NOT NULL, ordinal INTEGER NOT NULL, number REAL, text TEXT,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, field, ordinal)) STRICT, WITHOUT ROWID;
`;

const SEQ_INDEXES = [
  'setting',
  'agent',
  'customer',
  'conversation',
  'cycle',
  'handoff',
  'message',
  'tag',
  'product',
  'shop_order',
  'follower',
  'field_value',
]
  .map((table) => `CREATE INDEX ${table}_seq ON ${table} (seq);`)
  .join('\n');

const INDEXES = `
CREATE INDEX read_marker_seq ON read_marker (agent_id, seq);
CREATE INDEX message_conversation ON message (conversation_id, id);
CREATE INDEX conversation_open ON conversation (opened_at DESC, id) WHERE human_state IN ('open', 'snoozed');
CREATE INDEX conversation_idle ON conversation (last_public_at)
  WHERE ai_outcome = 'open' AND handoff_at IS NULL AND cycle_count = 0 AND last_public_at IS NOT NULL;
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX history_conversation ON history (conversation_id, arrival);
CREATE INDEX pending_event_conversation ON pending_event (conversation_id, at, id);
`;

const BOOKS = `
CREATE TABLE history (
  id TEXT NOT NULL PRIMARY KEY, conversation_id TEXT NOT NULL, at INTEGER NOT NULL, arrival INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('source', 'desk')), client_id TEXT, fact TEXT NOT NULL,
  seq INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE tombstone (
  table_name TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (table_name, key)) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_seq ON tombstone (seq);
CREATE TABLE commit_log (
  seq INTEGER NOT NULL PRIMARY KEY, chain TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL,
  changed INTEGER NOT NULL, arrival INTEGER NOT NULL) STRICT;
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE client (
  id TEXT NOT NULL PRIMARY KEY, agent_id TEXT NOT NULL, last_mid INTEGER NOT NULL, seen_at INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE outcome (
  client_id TEXT NOT NULL, mid INTEGER NOT NULL, name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('applied', 'refused')), code TEXT, detail TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (client_id, mid)) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (id TEXT NOT NULL PRIMARY KEY, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pending_event (
  id TEXT NOT NULL PRIMARY KEY, conversation_id TEXT NOT NULL, at INTEGER NOT NULL, source TEXT NOT NULL,
  event TEXT NOT NULL) STRICT;
CREATE TABLE stamp (
  scope TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL,
  PRIMARY KEY (scope, key)) STRICT, WITHOUT ROWID;
CREATE TABLE continuation (
  conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, continuation_id TEXT NOT NULL, from_at INTEGER NOT NULL,
  PRIMARY KEY (conversation_id, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE token (
  hash TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('desk', 'source')), agent_id TEXT, source TEXT,
  created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
  seq INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, detail TEXT) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
`;

/** The first schema of a workspace. */
export const initial: Migration = {
  id: 10,
  name: 'initial',
  up: (db) => {
    db.exec(REPLICATED);
    db.exec(BOOKS);
    db.exec(SEQ_INDEXES);
    db.exec(INDEXES);
  },
};
