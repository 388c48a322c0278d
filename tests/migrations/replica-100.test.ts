import { describe, expect, test } from 'vitest';
import { createSearch } from '../../src/desk/search/search.ts';
import { REPLICA_MIGRATIONS } from '../../src/desk/store/replica-migrations.ts';
import { queryPlan } from '../../src/sqlite/integrity.ts';
import { insertRows } from '../bench/dataset.ts';
import { generateBundle } from '../bench/generate.ts';
import { wireRowsOf } from '../bench/rows.ts';
import { carriesOver } from './carries-over.ts';

const BUNDLES = Array.from({ length: 20 }, (_, index) =>
  generateBundle({ seed: 5, conversations: 20, messages: 60 }, index),
);

describe('list indexes', () => {
  test('[Y15] old rows are in every new index, and the default orders run along them', () => {
    carriesOver(
      REPLICA_MIGRATIONS,
      100,
      (db) => insertRows(db, wireRowsOf(BUNDLES)),
      (db) => {
        const names = db
          .preparePluck<string>(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND (name LIKE 'list\\_%' ESCAPE '\\' OR name = 'customer_name') ORDER BY name",
          )
          .all();
        expect(names).toEqual([
          'customer_name',
          'list_activity',
          'list_open_assignee',
          'list_open_unread',
          'list_open_waiting',
          'list_review',
          'list_state_activity',
          'list_with_ai',
        ]);
        const count = db.pluck<number>('SELECT count(*) FROM conversation INDEXED BY list_activity');
        expect(count).toBe(BUNDLES.length);
        const plan = queryPlan(
          db,
          "SELECT n FROM conversation INDEXED BY list_open_waiting WHERE human_state = 'open' ORDER BY waiting_since LIMIT ?",
          [100],
        );
        expect(plan).toEqual(['SCAN conversation USING COVERING INDEX list_open_waiting']);
      },
    );
  });
});

describe('search tables', () => {
  test('[Y15] messages of an older file are indexed after the step, and found', () => {
    carriesOver(
      REPLICA_MIGRATIONS,
      110,
      (db) => insertRows(db, wireRowsOf(BUNDLES)),
      (db) => {
        const messages = BUNDLES.flatMap((bundle) => bundle.messages);
        const search = createSearch(db);
        expect(search.progress()).toEqual({ done: 0, total: messages.length });
        while (search.step());
        expect(search.progress()).toBeNull();
        const [first] = messages;
        expect(search.find(first?.text ?? '', null, 10).hits.map((hit) => hit.messageId)).toContain(
          first?.id,
        );
      },
    );
  });

  test('[Y15] rewriting and deleting old messages is noted by the triggers', () => {
    carriesOver(
      REPLICA_MIGRATIONS,
      110,
      (db) => insertRows(db, wireRowsOf(BUNDLES)),
      (db) => {
        db.run("UPDATE message SET text = 'other' WHERE n = 1");
        db.run('UPDATE message SET text = text WHERE n = 2');
        db.run('DELETE FROM message WHERE n = 3');
        expect(db.preparePluck<number>('SELECT message FROM search_dirty ORDER BY message').all()).toEqual([
          1, 3,
        ]);
      },
    );
  });
});
