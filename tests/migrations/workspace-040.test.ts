import { expect, test } from 'vitest';
import { WORKSPACE_MIGRATIONS } from '../../src/workspace/store/sqlite/migrations/all.ts';
import { carriesOver } from './carries-over.ts';

test('[Y15] a workspace of before asks nobody about what was closed then, and finds what is due by its index', () => {
  carriesOver(
    WORKSPACE_MIGRATIONS,
    40,
    (db) =>
      db.exec(
        `INSERT INTO cycle (conversation_id, ordinal, opened_at, opened_by, reply_count, reply_total, closed_at, closed_by, seq, checksum) VALUES ('c1', 1, 1, 'handoff', 0, 0, 2, 'agent', 1, 1)`,
      ),
    (db) => {
      expect(db.pluck('SELECT count(*) FROM cycle')).toBe(1);
      expect(db.pluck('SELECT count(*) FROM closing')).toBe(0);
      const plan = db.all<{ detail: string }>(
        'EXPLAIN QUERY PLAN SELECT conversation_id, ordinal, due_at FROM closing WHERE due_at <= ? ORDER BY due_at, conversation_id, ordinal LIMIT ?',
        1,
        1,
      );
      expect(plan.map(({ detail }) => detail)).toEqual([
        'SEARCH closing USING COVERING INDEX closing_due (due_at<?)',
      ]);
    },
  );
});
