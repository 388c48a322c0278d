import { describe, expect, test } from 'vitest';
import { columnKind } from '../../../../../src/desk/columns/values/catalogue.ts';
import { walkSql } from '../../../../../src/desk/columns/values/read.ts';
import { CSAT_ANSWERED, CSAT_SCALE } from '../../../../../src/protocol/rpc/list.ts';
import { openReplica } from '../../../../bench/dataset.ts';

describe('the walk that first builds a column', () => {
  const db = openReplica(':memory:');

  test.each(['profile.any', CSAT_SCALE, CSAT_ANSWERED, 'source.page', 'closedAt'])(
    '[B4] a slice of %s goes along the conversations it is of, one step each',
    (key) => {
      const sql = walkSql(columnKind(db, key));
      const plan = db
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...sql.matchAll(/\?/g).map(() => ''))
        .map(({ detail }) => detail)
        .filter((detail) => /^(SEARCH|SCAN)/.test(detail));
      const [first, second, ...more] = plan;
      expect(first).toMatch(/^SEARCH conversation USING (COVERING )?INDEX \S+ \(id>\? AND id<\?\)/);
      expect(second).toMatch(
        /^SEARCH (v USING PRIMARY KEY \(conversation_id=\?|x USING INTEGER PRIMARY KEY)/,
      );
      expect(more).toEqual([]);
    },
  );
});
