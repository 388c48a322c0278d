import { describe, expect, test } from 'vitest';
import { rowToWire } from '../../../../src/protocol/tables.ts';
import { overwriter, putter } from '../../../../src/desk/replica/put-rows.ts';
import { readRow, storedRow } from '../../../../src/desk/replica/row-sql.ts';
import { conversationRow, tagRow } from '../../../support/desk/sample-rows.ts';
import { openReplicaFile } from '../../../support/desk/test-replica.ts';

const numberOf = (db: ReturnType<typeof openReplicaFile>): number | undefined =>
  db.pluck<number>("SELECT n FROM conversation WHERE id = 'c1'");

describe('[Y7] a row that is there already', () => {
  test('is written over whole, with its digest, and keeps its number', () => {
    const db = openReplicaFile();
    putter(db, 'conversation')(rowToWire('conversation', conversationRow('c1')), 7);
    const number = numberOf(db);
    const next = conversationRow('c1', { priority: 'high', description: 'later' });
    overwriter(db, 'conversation')(rowToWire('conversation', next), 9);
    expect(readRow(db, 'conversation', ['c1'])).toEqual(next);
    expect(storedRow(db, 'conversation', ['c1'])?.sum).toBe(9);
    expect(numberOf(db)).toBe(number);
    overwriter(db, 'conversation')(rowToWire('conversation', next));
    expect(storedRow(db, 'conversation', ['c1'])?.sum).toBeNull();
  });

  test('a row that is not there is not made by writing over it', () => {
    const db = openReplicaFile();
    expect(overwriter(db, 'tag')(rowToWire('tag', tagRow('c1', 'vip')))).toBe(false);
    expect(readRow(db, 'tag', ['c1', 'vip'])).toBeNull();
    putter(db, 'tag')(rowToWire('tag', tagRow('c1', 'vip')));
    putter(db, 'tag')(rowToWire('tag', { ...tagRow('c1', 'vip'), appliedBy: 'agent' }));
    expect(overwriter(db, 'tag')(rowToWire('tag', { ...tagRow('c1', 'vip'), appliedBy: 'agent' }))).toBe(
      true,
    );
    expect(readRow(db, 'tag', ['c1', 'vip'])?.appliedBy).toBe('agent');
  });
});
