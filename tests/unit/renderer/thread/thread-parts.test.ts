import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import type { Csat, Cycle } from '../../../../src/domain/model.ts';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import {
  aiPartCount,
  firstUnread,
  itemsOf,
  joinOlder,
  lastPublicSeen,
  partsOf,
  publicSince,
  timeWithAi,
  unansweredQuestion,
} from '../../../../renderer/desk/features/thread/thread-parts.ts';

const conversationId = asId<'ConversationId'>('c');

function message(
  id: string,
  at: number,
  authorKind: ThreadMessage['authorKind'],
  more: Partial<ThreadMessage> = {},
): ThreadMessage {
  return {
    id: asId<'MessageId'>(id),
    conversationId,
    at: epochMillis(at),
    authorKind,
    authorId: authorKind === 'agent' ? 'me' : null,
    note: false,
    text: id,
    writtenAt: null,
    delivery: null,
    ...more,
  };
}

function cycle(ordinal: number, openedAt: number, closedAt: number | null): Cycle {
  return {
    conversationId,
    ordinal,
    openedAt: epochMillis(openedAt),
    openedBy: 'customer',
    clockStartAt: null,
    firstReplyAt: null,
    replyCount: 0,
    replyTotal: 0,
    waitingSince: null,
    closedAt: closedAt === null ? null : epochMillis(closedAt),
    closedBy: closedAt === null ? null : 'agent',
    closedByAgentId: null,
    assigneeAtCloseId: null,
  };
}

const ids = (messages: readonly ThreadMessage[]): string[] => messages.map(({ id }) => id);
const HANDED = {
  handoffAt: epochMillis(100),
  firstOpenedAt: epochMillis(100),
  aiOutcome: 'notResolvedByAi',
} as const;

describe('the AI part and the team part', () => {
  const thread = [
    message('q', 10, 'customer'),
    message('a', 20, 'ai'),
    message('n', 50, 'agent', { note: true }),
    message('bye', 100, 'ai'),
    message('r', 120, 'agent'),
    message('more', 130, 'customer'),
  ];

  test('[S2] a thread is parted at its first hand-off; what an agent wrote before it stays with the team', () => {
    const parts = partsOf(thread, HANDED);
    expect(ids(parts.ai)).toEqual(['q', 'a', 'bye']);
    expect(ids(parts.human)).toEqual(['n', 'r', 'more']);
  });

  test('while the AI alone has it, nothing is parted; without an AI, nothing is the AI’s', () => {
    expect(partsOf(thread, { handoffAt: null, firstOpenedAt: null, aiOutcome: 'open' }).ai).toEqual([]);
    expect(partsOf(thread, { handoffAt: null, firstOpenedAt: epochMillis(10), aiOutcome: null }).ai).toEqual(
      [],
    );
  });

  test('the folded part counts what was said; with earlier pages away, the conversation’s own count tells', () => {
    const withSystem = partsOf([message('s', 5, 'system'), ...thread], HANDED);
    expect(aiPartCount(withSystem, { messageCount: 6 }, false)).toBe(3);
    expect(aiPartCount(withSystem, { messageCount: 60 }, true)).toBe(57);
  });

  test('[S2] the time with the AI ends at the hand-off, else where the AI closed it', () => {
    const base = { startedAt: epochMillis(1_000), aiOutcome: 'notResolvedByAi' } as const;
    expect(timeWithAi({ ...base, handoffAt: epochMillis(61_000), aiClosedAt: null })).toBe(60_000);
    expect(timeWithAi({ ...base, handoffAt: null, aiClosedAt: epochMillis(3_000) })).toBe(2_000);
    expect(timeWithAi({ ...base, handoffAt: null, aiClosedAt: null })).toBeNull();
    expect(
      timeWithAi({ ...base, aiOutcome: null, handoffAt: epochMillis(2_000), aiClosedAt: null }),
    ).toBeNull();
  });
});

describe('what is still unanswered, seen and unread', () => {
  test('[T2] the AI’s words and notes are no answer; an agent’s reply is', () => {
    const asked = [
      message('q', 1, 'customer'),
      message('a', 2, 'ai'),
      message('n', 3, 'agent', { note: true }),
    ];
    expect(unansweredQuestion(asked)?.id).toBe('q');
    expect(unansweredQuestion([...asked, message('r', 4, 'agent')])).toBeNull();
    expect(unansweredQuestion([])).toBeNull();
  });

  test('[Y11] a reply answers the last public message, own queued ones included, refused ones not', () => {
    const seen = [
      message('q', 1, 'customer'),
      message('mine', 2, 'agent', { delivery: { state: 'queued', mid: 1, position: 1, why: 'offline' } }),
      message('refused', 3, 'agent', { delivery: { state: 'failed', mid: 2, code: 'staleReply' } }),
      message('note', 4, 'agent', { note: true }),
      message('sys', 5, 'system'),
    ];
    expect(lastPublicSeen(seen)?.id).toBe('mine');
    expect(lastPublicSeen([])).toBeNull();
  });

  test('[Y11] since a held reply: what others said publicly', () => {
    const all = [
      message('old', 1, 'customer'),
      message('new', 5, 'customer'),
      message('own', 6, 'agent'),
      message('colleague', 7, 'agent', { authorId: 'other' }),
      message('note', 8, 'agent', { note: true, authorId: 'other' }),
    ];
    expect(ids(publicSince(all, 1, 'me'))).toEqual(['new', 'colleague']);
  });

  test('the first unread message is somebody else’s; never read means none', () => {
    const all = [
      message('a', 1, 'customer'),
      message('own', 2, 'agent'),
      message('s', 3, 'system'),
      message('b', 4, 'customer'),
    ];
    expect(firstUnread(all, 1, 'me')?.id).toBe('b');
    expect(firstUnread(all, 4, 'me')).toBeNull();
    expect(firstUnread(all, null, 'me')).toBeNull();
  });
});

describe('the lines of a thread', () => {
  const options = {
    from: 0,
    unreadId: null,
    dayOf: (at: number) => Math.floor(at / 100),
    cycles: [],
    asked: [],
    dayBefore: null,
  };

  test('each new day has a divider, the first unread message a line above it', () => {
    const items = itemsOf(
      [message('a', 10, 'customer'), message('b', 20, 'agent'), message('c', 110, 'customer')],
      {
        ...options,
        unreadId: 'c',
      },
    );
    expect(items.map(({ type }) => type)).toEqual(['day', 'message', 'message', 'day', 'new', 'message']);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });

  test('[S1] a cycle’s end stands after its messages, the next opening before what opened it; the first opening is no line', () => {
    const items = itemsOf(
      [message('a', 10, 'customer'), message('bye', 20, 'agent'), message('again', 30, 'customer')],
      {
        ...options,
        cycles: [cycle(1, 10, 20), cycle(2, 30, null)],
      },
    );
    expect(items.map(({ type, key }) => (type === 'message' ? key : type))).toEqual([
      'day',
      'a',
      'bye',
      'closed',
      'reopened',
      'again',
    ]);
  });

  test('a day that stands above already has no second divider', () => {
    const items = itemsOf([message('a', 10, 'customer'), message('b', 110, 'customer')], {
      ...options,
      dayBefore: 0,
    });
    expect(items.map(({ type }) => type)).toEqual(['message', 'day', 'message']);
  });

  test('[C10] a survey that went out and its answer are lines of their own, an imported score only the answer', () => {
    const asked = (ordinal: number, over: Partial<Csat>): Csat => ({
      conversationId: asId('c1'),
      ordinal,
      surveyId: 's1',
      scale: 5,
      language: null,
      medium: 'form',
      ownerId: null,
      sentAt: epochMillis(30),
      expiresAt: null,
      score: 4,
      comment: null,
      answeredAt: epochMillis(40),
      answerCount: 1,
      link: '/survey/x',
      ...over,
    });
    const items = itemsOf([message('a', 10, 'customer')], {
      ...options,
      cycles: [cycle(1, 10, 20)],
      asked: [
        asked(1, {}),
        asked(2, { sentAt: epochMillis(50), answeredAt: null }),
        asked(3, { surveyId: null, sentAt: epochMillis(60), answeredAt: epochMillis(60) }),
      ],
    });
    expect(items.map(({ key }) => key).slice(1)).toEqual([
      'a',
      'close-1',
      'asked-1',
      'answered-1',
      'asked-2',
      'answered-3',
    ]);
  });

  test('cycles of a time that is not loaded are left out', () => {
    const items = itemsOf([message('c', 50, 'customer')], {
      ...options,
      from: 50,
      cycles: [cycle(1, 10, 20)],
    });
    expect(items.map(({ type }) => type)).toEqual(['day', 'message']);
  });
});

describe('earlier pages and the window', () => {
  const view = (messages: readonly ThreadMessage[], hasEarlier: boolean): ThreadView =>
    ({ conversation: { id: conversationId }, messages, hasEarlier }) as unknown as ThreadView;

  test('while the window moves on, what left it stays in front of it', () => {
    const first = joinOlder(view([message('a', 1, 'customer'), message('b', 2, 'customer')], true), null);
    const next = joinOlder(view([message('b', 2, 'customer'), message('c', 3, 'customer')], true), first);
    expect(ids(next.messages)).toEqual(['a', 'b', 'c']);
    expect(next.hasEarlier).toBe(true);
  });

  test('an earlier page says whether there is more; a message taken back does not return', () => {
    const paged = {
      conversationId,
      messages: [message('z', 0, 'customer'), message('a', 1, 'customer'), message('gone', 9, 'agent')],
      hasEarlier: false,
    };
    const joined = joinOlder(view([message('a', 1, 'customer')], true), paged);
    expect(ids(joined.messages)).toEqual(['z', 'a']);
    expect(joined.hasEarlier).toBe(false);
  });

  test('another conversation starts anew', () => {
    const other = {
      conversationId: asId<'ConversationId'>('d'),
      messages: [message('x', 0, 'customer')],
      hasEarlier: true,
    };
    expect(ids(joinOlder(view([message('a', 1, 'customer')], false), other).messages)).toEqual(['a']);
  });
});
