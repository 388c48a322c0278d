import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { manualClock } from '../../../../src/base/time.ts';
import type { DamagedReplica } from '../../../../src/desk/digests/damage.ts';
import { DERIVED_PAUSE, ROWS_PAUSE, watchReplica } from '../../../../src/desk/digests/replica-watch.ts';
import { WATCH_LATER } from '../../../../src/desk/digests/watch.ts';
import { createIndexer } from '../../../../src/desk/search/indexer.ts';
import { fakeScheduler } from '../../../support/desk/fake-scheduler.ts';
import { loseEntry } from '../../../support/desk/imposter.ts';
import { AT, digested, openConversation } from '../../../support/desk/sample-rows.ts';
import { FULL, openReplicaFile, testReplica } from '../../../support/desk/test-replica.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function filledFile(): string {
  const file = path.join(tempDir(), 'replica.db');
  const replica = testReplica(openReplicaFile(file));
  for (const id of ['c1', 'c2']) replica.apply(digested(openConversation(id)), FULL);
  const indexer = createIndexer(replica.db);
  while (indexer.step());
  replica.db.close();
  return file;
}

function watched(file = filledFile()) {
  const db = openReplicaFile(file);
  const scheduler = fakeScheduler(manualClock(AT));
  const found: DamagedReplica[] = [];
  const thrown: unknown[] = [];
  const watch = watchReplica({
    db,
    scheduler,
    isIdle: () => true,
    onDamage: (damage) => found.push(damage),
    report: (one) => thrown.push(one),
  });
  watch.start();
  return { db, scheduler, watch, found, thrown };
}

const WALK = WATCH_LATER + 60 * Math.max(ROWS_PAUSE, DERIVED_PAUSE);

test('[Y1] rows, indexes and full text are each walked through to the end', async () => {
  const { scheduler, watch, found, thrown } = watched();
  await scheduler.advance(WALK);
  const { rows, indexes, text } = watch.state();
  expect([rows.walks, indexes.walks, text.walks]).toEqual([1, 1, 1]);
  expect([found, thrown]).toEqual([[], []]);
});

test.each([
  ['a row', `UPDATE message SET text = 'flipped' WHERE id = 'c1-m1'`, 'message ["c1-m1"]'],
  [
    'the full text',
    'DELETE FROM message_fts WHERE rowid = (SELECT max(place) FROM search_place)',
    'search "c2-m1"',
  ],
])('[Y1] damage in %s ends every walk, and is told of once', async (_, sql, place) => {
  const { db, scheduler, found } = watched();
  db.exec(sql);
  await scheduler.advance(WALK);
  expect(found.map(({ places }) => places)).toEqual([[place]]);
  expect(scheduler.waiting()).toEqual([]);
});

test('[Y1] so does damage in an index that no row and no check of a row can show', async () => {
  const { db, scheduler, found } = watched();
  loseEntry(db.path, 'list_open_waiting', ([, n]) => n === 2);
  await scheduler.advance(WALK);
  expect(found.map(({ places }) => places)).toEqual([['list_open_waiting [2] (missing)']]);
  expect(scheduler.waiting()).toEqual([]);
});

test('[Y1] a part that SQLite cannot read is damaged too: it is told of as such, not as a bug', async () => {
  const file = filledFile();
  const db = openReplicaFile(file);
  const root = db.pluck<number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'customer_name'`) ?? 0;
  db.close();
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, (root - 1) * 4_096, root * 4_096));
  const { scheduler, found, thrown } = watched(file);
  await scheduler.advance(WALK);
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('malformed')]);
  expect(thrown).toEqual([]);
});
