import type { Migration } from '../../../../sqlite/migrations.ts';

/** What is not open, the latest activity first: the way back of a desk that holds a part (Y9). */
export const behind: Migration = {
  id: 50,
  name: 'behind',
  up: (db) => {
    db.exec(`
      CREATE INDEX conversation_behind ON conversation (
        max(started_at, folded_at, ifnull(ai_closed_at, 0), ifnull(closed_at, 0)) DESC, id)
        WHERE (human_state IS NULL OR human_state = 'closed');
    `);
  },
};
