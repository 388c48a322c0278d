import { expect, test } from 'vitest';
import { WORKSPACE_MIGRATIONS } from '../../src/workspace/store/sqlite/migrations/all.ts';
import { carriesOver } from './carries-over.ts';

test('[Y15] a workspace of before keeps its settings, and has room for surveys, metrics and reviews', () => {
  carriesOver(
    WORKSPACE_MIGRATIONS,
    20,
    (db) => db.exec(`INSERT INTO setting (key, value, seq, checksum) VALUES ('hours', '[]', 3, 9)`),
    (db) => {
      expect(db.all('SELECT key, value, seq FROM setting')).toEqual([{ key: 'hours', value: '[]', seq: 3 }]);
      for (const table of ['csat', 'metric_event', 'verdict'])
        expect(db.pluck(`SELECT count(*) FROM ${table}`)).toBe(0);
    },
  );
});

test('[Q1] a scale that does not exist cannot be stored', () => {
  carriesOver(
    WORKSPACE_MIGRATIONS,
    20,
    () => undefined,
    (db) => {
      const insert = (scale: number | null) =>
        db.run(
          `INSERT INTO csat (conversation_id, ordinal, scale, sent_at, answer_count, seq, checksum) VALUES ('c1', ?, ?, 1, 0, 1, 1)`,
          scale ?? 9,
          scale,
        );
      for (const scale of [2, 3, 5, null]) expect(insert(scale).changes).toBe(1);
      expect(() => insert(4)).toThrow('CHECK');
    },
  );
});
