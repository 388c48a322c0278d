import type { Migration } from '../../../sqlite/migrations.ts';

/**
 * One index for the default order of each queue (`DEFAULT_SORTS`): a page is then read along it. Most
 * are partial: of a million conversations some 2 % are open, and the rest never touch the indexes of open ones. Order
 * within equal values is `n`, the row's own number, which every index ends with.
 */
export const replicaListIndexes: Migration = {
  id: 100,
  name: 'list-indexes',
  up: (db) => {
    db.exec(`
      CREATE INDEX list_activity ON conversation (last_message_at);
      CREATE INDEX list_state_activity ON conversation (human_state, last_message_at) WHERE human_state IS NOT NULL;
      CREATE INDEX list_review ON conversation (last_message_at) WHERE ai_outcome = 'notResolvedByAi';
      CREATE INDEX list_with_ai ON conversation (last_message_at) WHERE human_state IS NULL AND ai_outcome = 'open';
      CREATE INDEX list_open_waiting ON conversation (waiting_since) WHERE human_state = 'open';
      CREATE INDEX list_open_assignee ON conversation (assignee_id, waiting_since) WHERE human_state = 'open';
      CREATE INDEX customer_name ON customer (name COLLATE NOCASE);
      CREATE INDEX list_open_unread ON conversation (waiting_since)
        WHERE human_state = 'open' AND handoff_at IS NOT NULL AND handoff_read_by IS NULL;
    `);
  },
};
