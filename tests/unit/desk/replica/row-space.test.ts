import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { del, put } from '../../../../src/domain/rows.ts';
import { compareKeys, NO_ROWS, rowKey, rowSpace } from '../../../../src/desk/replica/row-space.ts';
import { AT, conversationRow, cycleRow, messageRow, tagRow } from '../../../support/desk/sample-rows.ts';

const c1 = asId<'ConversationId'>('c1');
const ada = asId<'AgentId'>('ada');

function loaded() {
  const space = rowSpace();
  space.loadConversation(c1, {
    conversation: conversationRow('c1'),
    cycles: [cycleRow('c1', 1, { closedAt: AT }), cycleRow('c1', 2)],
    tags: [tagRow('c1', 'a'), tagRow('c1', 'c')],
    products: [],
    fields: [],
    csat: [],
  });
  return space;
}

describe('[Y2] what a rule may see', () => {
  test('a snapshot holds the latest cycle and the one before it', () => {
    const snapshot = loaded().snapshot(c1);
    expect(snapshot.cycle?.ordinal).toBe(2);
    expect(snapshot.previousCycle?.ordinal).toBe(1);
    expect(snapshot.tags.map((tag) => tag.tag)).toEqual(['a', 'c']);
  });

  test('a conversation that does not exist has an empty snapshot', () => {
    const space = rowSpace();
    space.loadConversation(c1, NO_ROWS);
    expect(space.snapshot(c1)).toMatchObject({
      conversation: null,
      cycle: null,
      previousCycle: null,
      tags: [],
    });
  });

  test('asking for rows that were not loaded throws', () => {
    const space = rowSpace();
    expect(() => space.snapshot(c1)).toThrow('c1');
    expect(() => space.message(asId<'MessageId'>('m1'))).toThrow('m1');
    expect(() => space.agent(ada)).toThrow('ada');
    expect(() => space.readMarker(ada, c1)).toThrow('was not loaded');
  });

  test('a row that was looked for and is not there is null', () => {
    const space = rowSpace();
    space.loadMessage(asId<'MessageId'>('m1'), null);
    space.loadAgent(ada, null);
    space.loadReadMarker(ada, c1, null);
    expect(space.message(asId<'MessageId'>('m1'))).toBeNull();
    expect(space.agent(ada)).toBeNull();
    expect(space.readMarker(ada, c1)).toBeNull();
    expect(space.has(c1)).toBe(false);
  });
});

describe('[Y7] later mutations see what earlier ones wrote', () => {
  test('the conversation row', () => {
    const space = loaded();
    space.snapshot(c1);
    space.apply([put('conversation', conversationRow('c1', { priority: 'high' }))]);
    expect(space.snapshot(c1).conversation?.priority).toBe('high');
    space.apply([del('conversation', [c1])]);
    expect(space.snapshot(c1).conversation).toBeNull();
  });

  test('a tag put goes to its place in key order, also when it stands already', () => {
    const space = loaded();
    space.apply([put('tag', tagRow('c1', 'b'))]);
    space.apply([put('tag', { ...tagRow('c1', 'a'), appliedBy: 'agent' })]);
    expect(space.snapshot(c1).tags.map((tag) => [tag.tag, tag.appliedBy])).toEqual([
      ['a', 'agent'],
      ['b', 'ai'],
      ['c', 'ai'],
    ]);
    space.apply([del('tag', [c1, 'b']), del('tag', [c1, 'zz'])]);
    expect(space.snapshot(c1).tags.map((tag) => tag.tag)).toEqual(['a', 'c']);
  });

  test('a new cycle becomes the latest, and its removal brings the one before back', () => {
    const space = loaded();
    space.apply([put('cycle', cycleRow('c1', 3))]);
    expect(space.snapshot(c1)).toMatchObject({ cycle: { ordinal: 3 }, previousCycle: { ordinal: 2 } });
    space.apply([del('cycle', [c1, 3]), put('cycle', cycleRow('c1', 2, { closedAt: AT }))]);
    expect(space.snapshot(c1)).toMatchObject({
      cycle: { ordinal: 2, closedAt: AT },
      previousCycle: { ordinal: 1 },
    });
  });

  test('products and fields', () => {
    const space = loaded();
    const product = { conversationId: c1, productId: asId<'ProductId'>('p1'), name: null, url: null };
    space.apply([put('product', { ...product, recommendedAt: AT, clickedAt: null })]);
    space.apply([
      put('fieldValue', { conversationId: c1, field: 'goal', ordinal: 0, number: 1, text: null }),
    ]);
    expect(space.snapshot(c1).products).toHaveLength(1);
    expect(space.snapshot(c1).fields).toHaveLength(1);
  });

  test('messages and read marks', () => {
    const space = loaded();
    space.loadMessage(asId<'MessageId'>('m9'), null);
    space.loadReadMarker(ada, c1, null);
    space.apply([
      put('message', messageRow('c1', 'm9')),
      put('readMarker', { agentId: ada, conversationId: c1, readThroughAt: AT }),
    ]);
    expect(space.message(asId<'MessageId'>('m9'))?.text).toBe('Where is it?');
    expect(space.readMarker(ada, c1)?.readThroughAt).toBe(AT);
    space.apply([del('message', [asId<'MessageId'>('m9')]), del('readMarker', [ada, c1])]);
    expect(space.message(asId<'MessageId'>('m9'))).toBeNull();
    expect(space.readMarker(ada, c1)).toBeNull();
  });
});

describe('what is written in the end', () => {
  test('one final state for each row, whatever was written in between', () => {
    const space = loaded();
    space.apply([
      put('tag', tagRow('c1', 'x')),
      put('conversation', conversationRow('c1', { priority: 'low' })),
    ]);
    space.apply([del('tag', [c1, 'x']), put('conversation', conversationRow('c1', { priority: 'high' }))]);
    const finals = space.finals();
    expect([...finals.keys()].sort()).toEqual(
      [rowKey('conversation', ['c1']), rowKey('tag', ['c1', 'x'])].sort(),
    );
    expect(finals.get(rowKey('tag', ['c1', 'x']))?.row).toBeNull();
    expect(finals.get(rowKey('conversation', ['c1']))?.row).toMatchObject({ priority: 'high' });
  });

  test('the history stays in the workspace', () => {
    const space = loaded();
    space.apply([
      put('history', {
        id: asId<'EventId'>('e1'),
        conversationId: c1,
        at: AT,
        arrival: 1,
        origin: 'desk',
        clientId: null,
        fact: '{}',
      }),
    ]);
    expect(space.finals().size).toBe(0);
  });

  test('a row of no snapshot is kept as well', () => {
    const space = loaded();
    space.apply([put('follower', { conversationId: c1, agentId: ada })]);
    expect(space.finals().get(rowKey('follower', ['c1', 'ada']))?.row).toEqual({
      conversationId: c1,
      agentId: ada,
    });
  });
});

test('keys are ordered column by column, numbers by value', () => {
  expect(compareKeys(['a', 2], ['a', 10])).toBeLessThan(0);
  expect(compareKeys(['a', 2], ['a', 2])).toBe(0);
  expect(compareKeys(['b', 1], ['a', 9])).toBeGreaterThan(0);
});

describe('[Y2] documents of the workspace and reviews', () => {
  test('a setting and a verdict are seen as they were loaded, and as earlier mutations left them', () => {
    const space = rowSpace();
    space.loadSetting('field:profile.goal', { key: 'field:profile.goal', value: '{}' });
    space.loadVerdict(c1, ada, null);
    expect(space.setting('field:profile.goal')?.value).toBe('{}');
    expect(space.verdict(c1, ada)).toBeNull();
    const verdict = {
      conversationId: c1,
      agentId: ada,
      verdict: 'policy' as const,
      note: null,
      coachId: null,
      at: AT,
    };
    space.apply([put('verdict', verdict), del('setting', ['field:profile.goal'])]);
    expect(space.verdict(c1, ada)).toEqual(verdict);
    expect(space.setting('field:profile.goal')).toBeNull();
    expect([...space.finals().keys()]).toEqual(['verdict\nc1\nada', 'setting\nfield:profile.goal']);
  });

  test('one that no reads named throws', () => {
    const space = rowSpace();
    expect(() => space.setting('hours')).toThrow('was not loaded');
    expect(() => space.verdict(c1, ada)).toThrow('was not loaded');
  });

  test('surveys of a conversation are part of its snapshot', () => {
    const space = loaded();
    const csat = { ...CSAT, conversationId: c1 };
    space.apply([put('csat', csat)]);
    expect(space.snapshot(c1).csat).toEqual([csat]);
    space.apply([del('csat', [c1, 1])]);
    expect(space.snapshot(c1).csat).toEqual([]);
  });
});

const CSAT = {
  ordinal: 1,
  surveyId: 's1',
  scale: 5,
  language: null,
  medium: 'form',
  ownerId: null,
  sentAt: AT,
  expiresAt: null,
  score: null,
  comment: null,
  answeredAt: null,
  answerCount: 0,
  link: null,
} as const;
