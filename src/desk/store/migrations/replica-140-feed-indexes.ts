import type { Migration } from '../../../sqlite/migrations.ts';

/** What the activity feed pages along: newest first, each metric by itself. */
export const replicaFeedIndexes: Migration = {
  id: 140,
  name: 'feed-indexes',
  up: (db) => {
    db.exec(`
      CREATE INDEX metric_event_feed ON metric_event (metric, at, conversation_id, id);
      CREATE INDEX shop_order_feed ON shop_order (at, id);
    `);
  },
};
