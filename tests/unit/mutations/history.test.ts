import { describe, expect, test } from 'vitest';
import type { RowChange } from '../../../src/domain/rows.ts';
import { C1, hours, minute, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory, wireMinute } from '../../support/mutations/office.ts';

/** Answered by the AI at minute 2, and idle since: closed by itself 48 h later, which nobody has looked at yet. */
const idle = (): Office => new Office(new Story().customer(1).ai(2));
const IDLE_AT = 2 + hours(48);

const tables = (changes: readonly RowChange[]): readonly string[] => changes.map(({ table }) => table).sort();
const resolved = (changes: readonly RowChange[]) =>
  changes.filter((change) => change.table === 'metricEvent' && change.op === 'put');

describe('a mutation on a conversation that time has closed', () => {
  test('[S3] [K2] leaves the data point of that closing with its own rows, at the moment it closed', () => {
    const changes = idle().do('tag.add', { tag: 'vip' }, IDLE_AT + 60);
    expect(resolved(changes)).toMatchObject([{ row: { metric: 'resolved', at: minute(IDLE_AT) } }]);
    expect(tables(changes)).toEqual(['conversation', 'history', 'metricEvent', 'tag']);
  });

  test('[S3] that asks for what stands writes nothing at all: not half of the closing either', () => {
    expect(idle().do('tag.remove', { tag: 'vip' }, IDLE_AT + 60)).toEqual([]);
  });

  test('[T8] counts after that closing, also where the workspace’s clock is behind it', () => {
    const office = idle();
    office.do('tag.add', { tag: 'vip' }, IDLE_AT + 60);
    office.do('tag.add', { tag: 'late' }, 30);
    expect(office.model.history().map(({ at }) => at)).toEqual([minute(IDLE_AT + 60), minute(IDLE_AT + 60)]);
  });
});

describe('the rows of one mutation', () => {
  const reply = { messageId: 'r1', text: 'Hello', offline: false, writtenAt: wireMinute(9) };

  test('[T11] several facts write their conversation once, and a line of history each', () => {
    const office = new Office(closedStory());
    const { lastPublicId } = office.conversation;
    const changes = office.do('message.send', { ...reply, lastSeenMessageId: lastPublicId }, 9);
    expect(tables(changes).filter((table) => table === 'conversation')).toHaveLength(1);
    expect(tables(changes).filter((table) => table === 'history')).toHaveLength(2);
    expect(office.facts()).toMatchObject([{ type: 'reopened' }, { type: 'messagePosted' }]);
  });

  test('one’s own message moves one’s marker once, to where the message counts', () => {
    const office = new Office(openStory());
    office.do('conversation.markRead', { readThroughAt: wireMinute(2) }, 3);
    const { lastPublicId } = office.conversation;
    const changes = office.do('message.send', { ...reply, lastSeenMessageId: lastPublicId }, 9);
    expect(changes.filter(({ table }) => table === 'readMarker')).toMatchObject([
      { op: 'put', row: { conversationId: C1, readThroughAt: minute(9) } },
    ]);
  });

  test('read as far as it was already, nothing is written', () => {
    const office = new Office(openStory());
    office.do('conversation.markRead', { readThroughAt: wireMinute(2) }, 3);
    expect(office.do('conversation.markRead', { readThroughAt: wireMinute(2) }, 4)).toEqual([]);
  });
});
