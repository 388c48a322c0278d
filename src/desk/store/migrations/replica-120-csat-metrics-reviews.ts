import type { Migration } from '../../../sqlite/migrations.ts';

/** The tables that the second wire version brought: surveys with their answers, metrics, reviews. */
export const replicaCsatMetricsReviews: Migration = {
  id: 120,
  name: 'csat-metrics-reviews',
  up: (db) => {
    db.exec(`
      CREATE TABLE csat (
        conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, survey_id TEXT, scale INTEGER, language TEXT,
        medium TEXT, owner_id TEXT, sent_at INTEGER NOT NULL, expires_at INTEGER, score REAL, comment TEXT,
        answered_at INTEGER, answer_count INTEGER NOT NULL, link TEXT,
        PRIMARY KEY (conversation_id, ordinal)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE metric_event (
        conversation_id TEXT NOT NULL, id TEXT NOT NULL, customer_id TEXT NOT NULL, metric TEXT NOT NULL,
        at INTEGER NOT NULL, channel TEXT NOT NULL, skill TEXT, reason_code TEXT, reason TEXT, tags TEXT, products TEXT,
        PRIMARY KEY (conversation_id, id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE verdict (
        conversation_id TEXT NOT NULL, agent_id TEXT NOT NULL, verdict TEXT, note TEXT, coach_id TEXT,
        at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, agent_id)
      ) STRICT, WITHOUT ROWID;
      -- A replica of the first wire version never got these rows: it is filled anew from the workspace.
      UPDATE sync_state SET epoch = NULL, seq = NULL, chain = NULL, bootstrap_state = 'due',
        bootstrap_position = NULL, bootstrap_done = 0, bootstrap_total = 0;
    `);
  },
};
