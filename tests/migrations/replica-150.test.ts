import { expect, test } from 'vitest';
import { checkRows, checkSlice, type DigestPlace, giveDigests } from '../../src/desk/digests/row-digests.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { carriesOver } from './carries-over.ts';

test('[Y15] rows of a replica of before have no digest, are not called damaged, and are given one as they are', () => {
  carriesOver(
    REPLICA_MIGRATIONS,
    150,
    (db) => {
      db.exec(`INSERT INTO customer (id, name) VALUES ('k1', 'Kim')`);
      db.exec(
        `INSERT INTO tag (conversation_id, tag, applied_by, agent_id, at) VALUES ('c1', 'vip', 'ai', NULL, 7)`,
      );
      db.exec(`INSERT INTO base_row (tbl, key, scope, vals) VALUES ('tag', '["c1","late"]', 'c1', NULL)`);
    },
    (db) => {
      expect(db.pluck('SELECT name FROM customer WHERE sum IS NULL LIMIT ?', 1)).toBe('Kim');
      expect(checkRows(db)).toEqual({ rows: 3, damaged: [] });
      let place: DigestPlace | null = null;
      do {
        const slice = checkSlice(db, place, 10);
        giveDigests(db, slice.bare);
        place = slice.next;
      } while (place !== null);
      db.exec(`UPDATE customer SET name = 'Kin'`);
      db.exec('UPDATE tag SET at = 8');
      expect(checkRows(db).damaged).toEqual([
        { table: 'customer', key: ['k1'], isBase: false },
        { table: 'tag', key: ['c1', 'vip'], isBase: false },
      ]);
    },
  );
});
