import { describe, expect, test } from 'vitest';
import { asId, type ConversationId } from '../../../../src/base/ids.ts';
import type { Snapshot } from '../../../../src/domain/rows.ts';
import type { ReadableDb } from '../../../../src/sqlite/database.ts';
import { rowToWire } from '../../../../src/protocol/tables.ts';
import type { BaseRow } from '../../../../src/desk/replica/base-rows.ts';
import { loadReads, NO_OVERLAY, overlayOf } from '../../../../src/desk/replica/load-rows.ts';
import { putter } from '../../../../src/desk/replica/put-rows.ts';
import { rowKey, rowSpace } from '../../../../src/desk/replica/row-space.ts';
import { deleter } from '../../../../src/desk/replica/row-sql.ts';
import { AT, conversationRow, cycleRow, messageRow, tagRow } from '../../../support/desk/sample-rows.ts';
import { openReplicaFile } from '../../../support/desk/test-replica.ts';

const C1 = asId<'ConversationId'>('c1');
const M1 = asId<'MessageId'>('c1-m1');
/** Beside it, so many that all are asked for at once. */
const OTHERS: readonly ConversationId[] = Array.from({ length: 20 }, (_, index) => asId(`none-${index}`));

function replicaOfOne(): ReturnType<typeof openReplicaFile> {
  const db = openReplicaFile();
  putter(db, 'conversation')(rowToWire('conversation', conversationRow('c1', { priority: 'high' })));
  for (const ordinal of [1, 2, 3]) putter(db, 'cycle')(rowToWire('cycle', cycleRow('c1', ordinal)));
  for (const tag of ['a', 'b', 'd']) putter(db, 'tag')(rowToWire('tag', tagRow('c1', tag)));
  putter(db, 'message')(rowToWire('message', messageRow('c1', 'c1-m1')));
  return db;
}

/** What pending work changed: a priority, a cycle that it opened, a tag it took away, another it added. */
const COPIES: readonly BaseRow[] = [
  {
    table: 'conversation',
    key: ['c1'],
    scope: 'c1',
    values: rowToWire('conversation', conversationRow('c1')),
  },
  { table: 'cycle', key: ['c1', 3], scope: 'c1', values: null },
  {
    table: 'cycle',
    key: ['c1', 2],
    scope: 'c1',
    values: rowToWire('cycle', cycleRow('c1', 2, { closedAt: AT })),
  },
  { table: 'tag', key: ['c1', 'c'], scope: 'c1', values: rowToWire('tag', tagRow('c1', 'c')) },
  { table: 'tag', key: ['c1', 'd'], scope: 'c1', values: null },
  { table: 'message', key: ['c1-m1'], scope: 'c1', values: null },
];

function overlay(copies: readonly BaseRow[]): ReturnType<typeof overlayOf> {
  return overlayOf(new Map(copies.map((copy) => [rowKey(copy.table, copy.key), copy])));
}

function loadedSnapshot(
  db: ReadableDb,
  copies: readonly BaseRow[],
  beside: readonly ConversationId[],
): Snapshot {
  const space = rowSpace();
  loadReads(db, space, [{ conversations: [C1, ...beside] }], overlay(copies));
  return space.snapshot(C1);
}

describe('[Y7] the rows below pending work', () => {
  test('base copies stand in the place of the view’s rows, in key order', () => {
    const snapshot = loadedSnapshot(replicaOfOne(), COPIES, []);
    expect(snapshot.conversation).toEqual(conversationRow('c1'));
    expect(snapshot.tags.map(({ tag }) => tag)).toEqual(['a', 'b', 'c']);
    expect(snapshot.cycle).toEqual(cycleRow('c1', 2, { closedAt: AT }));
    expect(snapshot.previousCycle).toEqual(cycleRow('c1', 1));
  });

  test.each([
    ['all of them', COPIES],
    ['the conversation’s alone', COPIES.slice(0, 1)],
    ['small rows alone', COPIES.slice(1)],
    ['none', []],
  ])('one conversation is loaded as it is among many: %s', (_, copies) => {
    const db = replicaOfOne();
    expect(loadedSnapshot(db, copies, [])).toEqual(loadedSnapshot(db, copies, OTHERS));
  });

  test('a conversation whose own row is cleared away already reads its copy and what is left of it', () => {
    const db = replicaOfOne();
    deleter(db, 'conversation')(['c1']);
    const snapshot = loadedSnapshot(db, COPIES, []);
    expect(snapshot.conversation).toEqual(conversationRow('c1'));
    expect(snapshot.tags.map(({ tag }) => tag)).toEqual(['a', 'b', 'c']);
    expect(snapshot).toEqual(loadedSnapshot(db, COPIES, OTHERS));
  });

  test('what several calls name is loaded once for all of them', () => {
    const space = rowSpace();
    const reads = [{ conversations: [C1], messages: [M1] }, { conversations: [C1, ...OTHERS.slice(0, 2)] }];
    loadReads(replicaOfOne(), space, [...reads, ...reads], NO_OVERLAY);
    expect(space.snapshot(C1).tags).toHaveLength(3);
    expect(space.message(M1)).toEqual(messageRow('c1', 'c1-m1'));
    expect(OTHERS.map((id) => space.has(id))).toEqual(OTHERS.map((_, index) => index < 2));
  });

  test('a message that pending work wrote is not in the base', () => {
    const space = rowSpace();
    loadReads(replicaOfOne(), space, [{ conversations: [], messages: [M1] }], overlay(COPIES));
    expect(space.message(M1)).toBeNull();
  });
});
