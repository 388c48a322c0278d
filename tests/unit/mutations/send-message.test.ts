import { describe, expect, test } from 'vitest';
import { ANA, BO, C1, messageIdOf, minute, postedFact, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory, wireMinute } from '../../support/mutations/office.ts';

/** The customer's message of `openStory`. */
const SEEN = 'm1';

function reply(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    messageId: 'r1',
    text: 'Here it is.',
    lastSeenMessageId: SEEN,
    offline: false,
    writtenAt: wireMinute(5),
    ...over,
  };
}

describe('message.send in an open conversation', () => {
  test('[T2] posts a public message by the agent, which answers', () => {
    const office = new Office(openStory());
    office.do('message.send', reply(), 8);
    expect(office.model.message(messageIdOf('r1'))).toEqual({
      id: 'r1',
      conversationId: C1,
      at: minute(8),
      authorKind: 'agent',
      authorId: ANA,
      note: false,
      text: 'Here it is.',
      writtenAt: minute(5),
    });
    expect(office.conversation).toMatchObject({ lastPublicId: 'r1', waitingSince: null, humanState: 'open' });
    expect(office.model.snapshot(C1).cycle).toMatchObject({ firstReplyAt: minute(8), replyCount: 1 });
  });

  test('[T8] counts when it is received, not when it was written', () => {
    const office = new Office(openStory());
    office.do('message.send', reply({ writtenAt: wireMinute(5), offline: true }), 42);
    expect(office.model.snapshot(C1).cycle?.firstReplyAt).toBe(minute(42));
    expect(office.model.message(messageIdOf('r1'))).toMatchObject({ at: minute(42), writtenAt: minute(5) });
  });

  test('[T8] writes its fact into the history, as a desk’s', () => {
    const office = new Office(openStory());
    const changes = office.do('message.send', reply(), 8);
    const history = changes.filter((change) => change.table === 'history');
    expect(history).toHaveLength(1);
    expect(office.model.history()).toMatchObject([
      { conversationId: C1, at: minute(8), origin: 'desk', clientId: null },
    ]);
    expect(office.facts()).toMatchObject([{ type: 'messagePosted', messageId: 'r1', authorId: ANA }]);
  });

  test('[S5] leaves a snoozed conversation snoozed', () => {
    const office = new Office(openStory().snooze(3, 900));
    office.do('message.send', reply(), 8);
    expect(office.conversation.humanState).toBe('snoozed');
  });

  test('[Y1] the same message id again is refused with alreadyExists', () => {
    const office = new Office(openStory());
    office.do('message.send', reply(), 8);
    expect(office.refusal('message.send', reply({ text: 'Other' }), 9)).toEqual({
      type: 'alreadyExists',
      detail: { messageId: 'r1' },
    });
  });

  test('[Y16] has no inverse: what was said was said', () => {
    expect(new Office(openStory()).run('message.send', reply(), 8).inverse).toBeNull();
  });

  test('of an unknown conversation is refused with notFound', () => {
    expect(new Office(openStory()).refusal('message.send', reply({ conversationId: 'nobody' }), 8)).toEqual({
      type: 'notFound',
      detail: { conversationId: 'nobody' },
    });
  });
});

describe('the stale reply guard', () => {
  test('[Y11] a reply written offline is refused when the customer wrote since', () => {
    const office = new Office(openStory().customer(4, { id: 'later' }));
    expect(office.refusal('message.send', reply({ offline: true }), 8)).toEqual({
      type: 'staleReply',
      detail: { messageId: 'later' },
    });
    expect(office.model.message(messageIdOf('r1'))).toBeNull();
    expect(office.model.history()).toEqual([]);
  });

  test('[Y11] a colleague’s or the AI’s public message makes it stale as well', () => {
    const colleague = new Office(openStory().agent(4, { id: 'colleague', authorId: 'bo' }));
    expect(colleague.refusal('message.send', reply({ offline: true }), 8).type).toBe('staleReply');
    const ai = new Office(openStory().ai(4, { id: 'machine' }));
    expect(ai.refusal('message.send', reply({ offline: true }), 8).detail).toEqual({ messageId: 'machine' });
  });

  test('[Y11] a note or a system message does not', () => {
    const office = new Office(openStory().note(4).system(5));
    expect(office.run('message.send', reply({ offline: true }), 8).result.ok).toBe(true);
  });

  test('[Y11] a reply written online is never held', () => {
    const office = new Office(openStory().customer(4));
    expect(office.run('message.send', reply(), 8).result.ok).toBe(true);
  });

  test('[Y11] two replies written offline in a row follow each other', () => {
    const office = new Office(openStory());
    office.do('message.send', reply({ offline: true }), 8);
    office.do('message.send', reply({ offline: true, messageId: 'r2', lastSeenMessageId: 'r1' }), 9);
    expect(office.conversation.lastPublicId).toBe('r2');
  });

  test('[Y11] when the first of two is held, so is the second', () => {
    const office = new Office(openStory().customer(4, { id: 'later' }));
    office.refusal('message.send', reply({ offline: true }), 8);
    const second = reply({ offline: true, messageId: 'r2', lastSeenMessageId: 'r1' });
    expect(office.refusal('message.send', second, 9).type).toBe('staleReply');
  });

  test('[Y11] sent again with the newest message named, it goes', () => {
    const office = new Office(openStory().customer(4, { id: 'later' }));
    office.refusal('message.send', reply({ offline: true }), 8);
    office.do('message.send', reply({ offline: true, messageId: 'r2', lastSeenMessageId: 'later' }), 10);
    expect(office.conversation.waitingSince).toBeNull();
  });

  test('[Y11] where nothing public was seen, anything public since makes it stale', () => {
    const empty = new Office(new Story({ withAi: false }));
    expect(empty.run('message.send', reply({ offline: true, lastSeenMessageId: null }), 8).result.ok).toBe(
      true,
    );
    const written = new Office(new Story({ withAi: false }).customer(4));
    expect(written.refusal('message.send', reply({ offline: true, lastSeenMessageId: null }), 8).type).toBe(
      'staleReply',
    );
  });

  test('[Y11] staleness is told before the state: the text comes back to be read against the news', () => {
    const office = new Office(closedStory().customer(7, { id: 'again' }).close(9));
    expect(office.refusal('message.send', reply({ offline: true }), 12).type).toBe('staleReply');
  });
});

describe('message.send elsewhere', () => {
  test('[S4] while the AI has the conversation it is refused: take over first', () => {
    const office = new Office(new Story().customer(1));
    expect(office.refusal('message.send', reply(), 8)).toEqual({
      type: 'invalidState',
      detail: { state: 'withAi' },
    });
  });

  test('[T1] to a closed conversation it reopens it, as a cycle opened by the agent', () => {
    const office = new Office(closedStory());
    office.do('message.send', reply({ lastSeenMessageId: 'm3' }), 20);
    expect(office.conversation).toMatchObject({
      humanState: 'open',
      cycleCount: 2,
      openedAt: minute(20),
      closedAt: null,
    });
    expect(office.model.snapshot(C1).cycle).toMatchObject({
      openedBy: 'agent',
      clockStartAt: null,
      firstReplyAt: null,
    });
    expect(office.facts()).toMatchObject([{ type: 'reopened', agentId: ANA }, { type: 'messagePosted' }]);
  });

  test('[T8] its two facts fold in their order', () => {
    const office = new Office(closedStory());
    office.do('message.send', reply({ lastSeenMessageId: 'm3' }), 20);
    const [reopened, posted] = office.model.history();
    expect(reopened?.at).toBe(posted?.at);
    expect(String(reopened?.id) < String(posted?.id)).toBe(true);
    expect(office.conversation.foldedId).toBe(posted?.id);
  });

  test('after the AI’s side had closed it opens a human cycle and keeps the AI’s outcome', () => {
    const office = new Office(new Story().customer(1).ai(2).resolved(3));
    office.do('message.send', reply(), 20);
    expect(office.conversation).toMatchObject({
      aiOutcome: 'resolvedByAi',
      humanState: 'open',
      cycleCount: 1,
    });
  });

  test('[S3] an idle AI conversation counts as closed when it is received, swept or not', () => {
    const office = new Office(new Story().customer(1).ai(2));
    office.do('message.send', reply(), 4_000);
    expect(office.conversation).toMatchObject({ aiOutcome: 'resolvedByAi', humanState: 'open' });
  });

  test('[S2] after only an end message it takes the conversation over', () => {
    const office = new Office(new Story().customer(1).escalated(2, { method: 'message' }));
    office.do('message.send', reply(), 20);
    expect(office.conversation).toMatchObject({ humanState: 'open', handoffReadBy: ANA });
  });

  test('[S1] in a channel without an AI the agent may write first', () => {
    const office = new Office(new Story({ withAi: false }));
    office.do('message.send', reply({ lastSeenMessageId: null }), 3);
    expect(office.conversation).toMatchObject({ humanState: 'open', cycleCount: 1 });
  });
});

describe('reading along', () => {
  const read = (office: Office, at: number): void => {
    office.do('conversation.markRead', { readThroughAt: wireMinute(at) }, at);
  };

  test('[T8] one’s own message makes nothing unread, though it counts later than it was written', () => {
    const office = new Office(openStory());
    read(office, 2);
    office.do('message.send', reply({ offline: true }), 42);
    expect(office.marker()?.readThroughAt).toBe(minute(42));
  });

  test('what was unread before stays unread', () => {
    const office = new Office(openStory());
    read(office, 2);
    office.ingest(4, postedFact('customer', 'unseen'));
    office.do('message.send', reply(), 42);
    expect(office.marker()?.readThroughAt).toBe(minute(1));
  });

  test('without a marker none is made', () => {
    const office = new Office(openStory());
    office.do('message.send', reply(), 8);
    expect(office.marker()).toBeNull();
    expect(office.marker(BO)).toBeNull();
  });
});

describe('the arguments of message.send', () => {
  const path = (over: Record<string, unknown>): unknown => {
    const refusal = new Office(openStory()).refusal('message.send', reply(over), 8);
    expect(refusal.type).toBe('invalidArguments');
    return refusal.detail?.['path'];
  };

  test('name the wrong place', () => {
    expect(path({ text: '' })).toBe('text');
    expect(path({ text: ' \n ' })).toBe('text');
    expect(path({ text: 'x'.repeat(100_001) })).toBe('text');
    expect(path({ messageId: '' })).toBe('messageId');
    expect(path({ offline: 'no' })).toBe('offline');
    expect(path({ writtenAt: -1 })).toBe('writtenAt');
    expect(path({ writtenAt: 1.5 })).toBe('writtenAt');
    expect(path({ lastSeenMessageId: undefined })).toBe('lastSeenMessageId');
    expect(path({ conversationId: 7 })).toBe('conversationId');
  });

  test('a text is kept as it was written, made well-formed', () => {
    const office = new Office(openStory());
    office.do('message.send', reply({ text: '  two\n lines \ud800 ' }), 8);
    expect(office.model.message(messageIdOf('r1'))?.text).toBe('  two\n lines \ufffd ');
  });
});
