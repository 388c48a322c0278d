import { expect, test } from 'vitest';
import { BEHIND_SQL } from '../../src/workspace/store/sqlite/scope.ts';
import { WITH_AI_SQL } from '../../src/workspace/store/sqlite/rows.ts';
import { WORKSPACE_MIGRATIONS } from '../../src/workspace/store/sqlite/migrations/all.ts';
import { carriesOver } from './carries-over.ts';

const CONVERSATION = `INSERT INTO conversation (id, customer_id, source, channel, started_at, handoff_count, human_state,
  ai_outcome, cycle_count, message_count, ai_message_count, last_customer_arrival, folded_at, folded_id, seq, checksum)
  VALUES (?, 'p', 's', 'web_chat', 1, 0, ?, ?, 0, 0, 0, 0, ?, '', 1, 1)`;

test('[Y15][Y9] a workspace of before finds what the AI is at by id, and no more among what lies behind', () => {
  carriesOver(
    WORKSPACE_MIGRATIONS,
    60,
    (db) => {
      db.run(CONVERSATION, 'with-ai-2', null, 'open', 9);
      db.run(CONVERSATION, 'with-ai-1', null, 'open', 2);
      db.run(CONVERSATION, 'resolved', null, 'resolvedByAi', 8);
      db.run(CONVERSATION, 'no-ai', null, null, 7);
      db.run(CONVERSATION, 'closed', 'closed', 'open', 6);
      db.run(CONVERSATION, 'open', 'open', null, 5);
    },
    (db) => {
      expect(db.all(WITH_AI_SQL, '', 10)).toEqual([
        { id: 'with-ai-1', customerId: 'p' },
        { id: 'with-ai-2', customerId: 'p' },
      ]);
      expect(db.all(WITH_AI_SQL, 'with-ai-1', 10)).toEqual([{ id: 'with-ai-2', customerId: 'p' }]);
      expect(db.all<{ id: string }>(BEHIND_SQL, 100, 0, 100, '', 10).map(({ id }) => id)).toEqual([
        'resolved',
        'no-ai',
        'closed',
      ]);
      const planOf = (sql: string, ...args: (string | number)[]) =>
        db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args).map(({ detail }) => detail);
      expect(planOf(WITH_AI_SQL, 'a', 10)).toEqual([
        'SEARCH conversation USING INDEX conversation_with_ai (id>?)',
      ]);
      expect(planOf(BEHIND_SQL, 100, 0, 100, '', 10)).toEqual([
        'SEARCH conversation USING INDEX conversation_behind (<expr>>? AND <expr><?)',
      ]);
    },
  );
});
