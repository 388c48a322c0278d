import type { Migration } from '../../../../sqlite/migrations.ts';

/** Surveys and their answers (C8–C11), the data points of the metrics (K1–K4), and what reviewers find (O10). */
export const csatMetricsReviews: Migration = {
  id: 20,
  name: 'csat-metrics-reviews',
  up: (db) => {
    db.exec(`
      CREATE TABLE csat (
        conversation_id TEXT NOT NULL, ordinal INTEGER NOT NULL, survey_id TEXT,
        scale INTEGER CHECK (scale IN (2, 3, 5)), language TEXT, medium TEXT CHECK (medium IN ('form', 'link')),
        owner_id TEXT, sent_at INTEGER NOT NULL, expires_at INTEGER, score REAL, comment TEXT, answered_at INTEGER,
        answer_count INTEGER NOT NULL, link TEXT,
        seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, ordinal)) STRICT, WITHOUT ROWID;
      CREATE INDEX csat_seq ON csat (seq);
      CREATE TABLE metric_event (
        conversation_id TEXT NOT NULL, id TEXT NOT NULL, customer_id TEXT NOT NULL,
        metric TEXT NOT NULL CHECK (metric IN ('started', 'resolved', 'escalated', 'recommended', 'clicked')),
        at INTEGER NOT NULL, channel TEXT NOT NULL, skill TEXT, reason_code TEXT, reason TEXT, tags TEXT, products TEXT,
        seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, id)) STRICT, WITHOUT ROWID;
      CREATE INDEX metric_event_seq ON metric_event (seq);
      CREATE TABLE verdict (
        conversation_id TEXT NOT NULL, agent_id TEXT NOT NULL,
        verdict TEXT CHECK (verdict IN ('shouldHaveHandled', 'rightHandoff', 'knowledgeGap', 'policy', 'defect')),
        note TEXT, coach_id TEXT, at INTEGER NOT NULL,
        seq INTEGER NOT NULL, checksum INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, agent_id)) STRICT, WITHOUT ROWID;
      CREATE INDEX verdict_seq ON verdict (seq);
    `);
  },
};
