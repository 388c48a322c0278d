import { describe, expect, test } from 'vitest';
import { REPLICATED_TABLES, sqlName, TABLES } from '../../src/protocol/tables.ts';
import { queryPlan } from '../../src/sqlite/integrity.ts';
import { WORKSPACE_MIGRATIONS } from '../../src/workspace/store/sqlite/migrations/all.ts';
import { DUE_SQL } from '../../src/workspace/store/sqlite/rows.ts';
import { sqlOf } from '../../src/workspace/store/sqlite/statements.ts';
import type { Database } from '../../src/sqlite/database.ts';
import { carriesOver } from './carries-over.ts';

function onFreshSchema(check: (db: Database) => void): void {
  carriesOver(WORKSPACE_MIGRATIONS, 10, () => undefined, check);
}

function columnsOf(db: Database, table: string): string[] {
  return db.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map((row) => row.name);
}

describe('the first schema of a workspace', () => {
  test.each(Object.keys(TABLES) as (keyof typeof TABLES)[])(
    '[Y15] %s has the columns of its rows',
    (table) => {
      onFreshSchema((db) => {
        const spec = TABLES[table];
        const columns: readonly string[] = spec.columns;
        expect(columnsOf(db, spec.sql)).toEqual([...columns.map(sqlName), 'seq', 'checksum']);
      });
    },
  );

  test.each(REPLICATED_TABLES)(
    '[Y7] changes of %s are found by an index, not by looking at every row',
    (table) => {
      onFreshSchema((db) => {
        const mine = table === 'readMarker' ? ['a'] : [];
        const plan = queryPlan(db, sqlOf(table).changed, [...mine, 0, 9, 10]);
        expect(plan).toEqual([expect.stringMatching(/^SEARCH \w+ USING (COVERING )?INDEX \w+_seq/)]);
      });
    },
  );

  test.each(REPLICATED_TABLES)('[Y9] a page of %s starts at its key without sorting', (table) => {
    onFreshSchema((db) => {
      const mine = table === 'readMarker' ? ['a'] : [];
      const key = TABLES[table].key.map(() => 'k');
      const plan = queryPlan(db, sqlOf(table).nextPage, [...mine, ...key, 10]);
      expect(plan).toEqual([expect.stringMatching(/^SEARCH .*(PRIMARY KEY|autoindex)/)]);
    });
  });

  test('[Y13] what is due is found by the indexes made for it', () => {
    onFreshSchema((db) => {
      const plan = queryPlan(db, DUE_SQL, [1, 1, '', 10]);
      expect(plan.filter((line) => line.includes('conversation USING'))).toEqual([
        expect.stringContaining('SEARCH conversation USING INDEX conversation_idle'),
        expect.stringContaining('SEARCH conversation USING INDEX conversation_snoozed'),
      ]);
    });
  });

  test('[Y9] open conversations are read in the order of an index', () => {
    onFreshSchema((db) => {
      const plan = queryPlan(
        db,
        `SELECT opened_at, id, customer_id FROM conversation WHERE human_state IN ('open', 'snoozed')
         AND opened_at <= ? AND (opened_at < ? OR id > ?) ORDER BY opened_at DESC, id LIMIT ?`,
        [1, 1, 'a', 10],
      );
      expect(plan).toEqual([expect.stringContaining('conversation_open')]);
    });
  });
});
