import { expect, test } from 'vitest';
import { compareReplica } from '../../../../src/desk/replica/compare.ts';
import type { Replica } from '../../../../src/desk/replica/replica.ts';
import type { TableRows } from '../../../../src/protocol/sync.ts';
import { conversationRow, openConversation, puts, tagRow } from '../../../support/desk/sample-rows.ts';
import { FULL, show, testReplica } from '../../../support/desk/test-replica.ts';

function filled(): Replica {
  const replica = testReplica();
  replica.apply(openConversation('c1'), FULL);
  return replica;
}

function compared(replica: Replica, ...pages: readonly (readonly TableRows[])[]) {
  const comparison = compareReplica(replica.db);
  for (const page of pages) comparison.add(page);
  return { differences: comparison.finish(), compared: comparison.compared };
}

test('[Y7] a base that is the workspace has no differences, also with work waiting on top of it', () => {
  const replica = filled();
  expect(compared(replica, openConversation('c1'))).toEqual({ differences: [], compared: 4 });
  show(replica, 1, 'conversation.setPriority', { conversationId: 'c1', priority: 'high' });
  show(replica, 2, 'tag.add', { conversationId: 'c1', tag: 'mine' });
  expect(compared(replica, openConversation('c1')).differences).toEqual([]);
});

test('a row of another content, a row that is missing, and one too many are told apart', () => {
  const replica = filled();
  const other = puts('conversation', conversationRow('c1', { description: 'other' }));
  const rest = openConversation('c1').filter((rows) => rows.table !== 'conversation');
  expect(compared(replica, [...rest, other]).differences).toEqual([
    { table: 'conversation', key: ['c1'], kind: 'different' },
  ]);
  expect(
    compared(replica, [...openConversation('c1'), puts('tag', tagRow('c1', 'lost'))]).differences,
  ).toEqual([
    { table: 'tag', key: ['c1', 'lost'], kind: 'missing' },
    { table: 'tag', key: null, kind: 'count' },
  ]);
  expect(compared(replica, rest).differences).toEqual([{ table: 'conversation', key: null, kind: 'count' }]);
});

test('a row that two pages bring counts once', () => {
  expect(compared(filled(), openConversation('c1'), openConversation('c1'))).toEqual({
    differences: [],
    compared: 4,
  });
});
