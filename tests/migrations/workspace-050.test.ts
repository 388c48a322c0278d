import { expect, test } from 'vitest';
import { BEHIND_SQL, HAS_MESSAGE_SQL } from '../../src/workspace/store/sqlite/scope.ts';
import { WORKSPACE_MIGRATIONS } from '../../src/workspace/store/sqlite/migrations/all.ts';
import { carriesOver } from './carries-over.ts';

const CONVERSATION = `INSERT INTO conversation (id, customer_id, source, channel, started_at, handoff_count, human_state,
  cycle_count, closed_at, message_count, ai_message_count, last_customer_arrival, folded_at, folded_id, seq, checksum)
  VALUES (?, 'p', 's', 'web_chat', 1, 0, ?, 0, ?, 0, 0, 0, ?, '', 1, 1)`;

test('[Y15][Y9] a workspace of before finds what is not open by its activity, along an index alone', () => {
  carriesOver(
    WORKSPACE_MIGRATIONS,
    50,
    (db) => {
      db.run(CONVERSATION, 'closed-late', 'closed', 9, 3);
      db.run(CONVERSATION, 'closed', 'closed', 5, 4);
      db.run(CONVERSATION, 'open', 'open', null, 8);
      db.run(CONVERSATION, 'ai', null, null, 7);
    },
    (db) => {
      expect(db.all(BEHIND_SQL, 100, 0, 100, '', 10)).toEqual([
        { at: 9, id: 'closed-late' },
        { at: 7, id: 'ai' },
        { at: 5, id: 'closed' },
      ]);
      expect(db.all(BEHIND_SQL, 7, 6, 7, 'a', 10)).toEqual([{ at: 7, id: 'ai' }]);
      const planOf = (sql: string, ...args: (string | number)[]) =>
        db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args).map(({ detail }) => detail);
      expect(planOf(BEHIND_SQL, 100, 0, 100, '', 10)).toEqual([
        'SEARCH conversation USING INDEX conversation_behind (<expr>>? AND <expr><?)',
      ]);
      expect(planOf(HAS_MESSAGE_SQL, 'c', 1, 1, 1)).toEqual([
        'SEARCH message USING INDEX message_conversation (conversation_id=?)',
      ]);
    },
  );
});
