import type { Migration } from '../../../../sqlite/migrations.ts';

/** What the AI is at is open work, which every desk holds (Y9): found by its id, and not among what lies behind. */
export const withAi: Migration = {
  id: 60,
  name: 'with ai',
  up: (db) => {
    db.exec(`
      CREATE INDEX conversation_with_ai ON conversation (id) WHERE human_state IS NULL AND ai_outcome = 'open';
      DROP INDEX conversation_behind;
      CREATE INDEX conversation_behind ON conversation (
        max(started_at, folded_at, ifnull(ai_closed_at, 0), ifnull(closed_at, 0)) DESC, id)
        WHERE (human_state = 'closed' OR (human_state IS NULL AND ai_outcome IS NOT 'open'));
    `);
  },
};
