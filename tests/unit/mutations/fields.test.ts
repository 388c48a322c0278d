import { describe, expect, test } from 'vitest';
import { ANA, BO, C1, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory } from '../../support/mutations/office.ts';

describe('conversation.setPriority', () => {
  test('[C5] sets and unsets, in any state', () => {
    for (const story of [openStory(), closedStory(), new Story().customer(1)]) {
      const office = new Office(story);
      office.do('conversation.setPriority', { priority: 'high' }, 9);
      expect(office.conversation.priority).toBe('high');
      office.do('conversation.setPriority', { priority: null }, 10);
      expect(office.conversation.priority).toBeNull();
    }
  });

  test('[C5] setting medium is told apart from unset', () => {
    const office = new Office(openStory());
    office.do('conversation.setPriority', { priority: 'medium' }, 3);
    expect(office.conversation.priority).toBe('medium');
  });

  test('the last word counts', () => {
    const office = new Office(openStory());
    office.do('conversation.setPriority', { priority: 'high' }, 3);
    office.do('conversation.setPriority', { priority: 'low' }, 3, BO);
    expect(office.conversation.priority).toBe('low');
  });

  test('what stands already changes nothing', () => {
    const office = new Office(openStory());
    office.do('conversation.setPriority', { priority: 'high' }, 3);
    expect(office.do('conversation.setPriority', { priority: 'high' }, 4)).toEqual([]);
  });

  test('[Y16] taken back, the value before stands again', () => {
    const office = new Office(openStory());
    office.do('conversation.setPriority', { priority: 'low' }, 3);
    const ran = office.run('conversation.setPriority', { priority: 'high' }, 4);
    expect(ran.inverse).toEqual({
      name: 'conversation.setPriority',
      args: { conversationId: C1, priority: 'low', expect: 'high' },
    });
    office.undo(ran, 5);
    expect(office.conversation.priority).toBe('low');
  });

  test('[Y16] not when it was set otherwise since', () => {
    const office = new Office(openStory());
    const ran = office.run('conversation.setPriority', { priority: 'high' }, 4);
    office.do('conversation.setPriority', { priority: 'medium' }, 5, BO);
    expect(office.undo(ran, 6)).toEqual({
      ok: false,
      error: { type: 'changedSince', detail: { priority: 'medium' } },
    });
  });

  test('[Y16] what changed nothing has nothing to take back', () => {
    expect(new Office(openStory()).run('conversation.setPriority', { priority: null }, 4).inverse).toBeNull();
    expect(
      new Office().run('conversation.setPriority', { conversationId: 'x', priority: 'low' }, 4).inverse,
    ).toBeNull();
  });

  test('another word is refused, with its place', () => {
    expect(new Office(openStory()).refusal('conversation.setPriority', { priority: 'urgent' }, 4)).toEqual({
      type: 'invalidArguments',
      detail: { path: 'priority' },
    });
  });
});

describe('conversation.setDescription', () => {
  test('[C13] sets it, whole, and takes it away', () => {
    const office = new Office(openStory());
    office.do('conversation.setDescription', { description: 'Two lines\nof it' }, 3);
    expect(office.conversation.description).toBe('Two lines\nof it');
    office.do('conversation.setDescription', { description: null }, 4);
    expect(office.conversation.description).toBeNull();
  });

  test('nothing but space is no description', () => {
    const office = new Office(openStory());
    office.do('conversation.setDescription', { description: 'x' }, 3);
    office.do('conversation.setDescription', { description: '  \n ' }, 4);
    expect(office.conversation.description).toBeNull();
  });

  test('the last word counts; what stands already changes nothing', () => {
    const office = new Office(openStory());
    office.do('conversation.setDescription', { description: 'mine' }, 3);
    office.do('conversation.setDescription', { description: 'theirs' }, 4, BO);
    expect(office.conversation.description).toBe('theirs');
    expect(office.do('conversation.setDescription', { description: 'theirs' }, 5)).toEqual([]);
  });

  test('[Y16] taken back, the text before stands again; not when it changed since', () => {
    const office = new Office(openStory());
    office.do('conversation.setDescription', { description: 'first' }, 3);
    const ran = office.run('conversation.setDescription', { description: 'second' }, 4);
    expect(office.undo(ran, 5).ok).toBe(true);
    expect(office.conversation.description).toBe('first');
    expect(office.undo(ran, 6)).toEqual({ ok: false, error: { type: 'changedSince' } });
  });

  test('[Y16] what changed nothing has nothing to take back', () => {
    expect(
      new Office(openStory()).run('conversation.setDescription', { description: ' ' }, 4).inverse,
    ).toBeNull();
  });

  test('more than 10,000 characters are refused', () => {
    const refusal = new Office(openStory()).refusal(
      'conversation.setDescription',
      { description: 'x'.repeat(10_001) },
      4,
    );
    expect(refusal).toEqual({ type: 'invalidArguments', detail: { path: 'description' } });
  });
});

describe('tag.add and tag.remove', () => {
  const tags = (office: Office): readonly unknown[] =>
    office.model.snapshot(C1).tags.map((row) => [row.tag, row.appliedBy, row.agentId]);

  test('[S8] an agent’s tag is told apart from the AI’s', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    office.do('tag.add', { tag: 'vip' }, 3);
    expect(tags(office)).toEqual([
      ['refund', 'ai', null],
      ['vip', 'agent', ANA],
    ]);
  });

  test('[S8] adding what is there changes nothing, the first application stands', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    expect(office.do('tag.add', { tag: 'refund' }, 3)).toEqual([]);
    expect(tags(office)).toEqual([['refund', 'ai', null]]);
  });

  test('two agents who add and remove different tags offline lose nothing', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    office.do('tag.add', { tag: 'vip' }, 3, ANA);
    office.do('tag.remove', { tag: 'refund' }, 3, BO);
    office.do('tag.add', { tag: 'gift' }, 3, BO);
    expect(tags(office)).toEqual([
      ['gift', 'agent', BO],
      ['vip', 'agent', ANA],
    ]);
  });

  test('[S8] space around a tag and decomposed letters make no other tag', () => {
    const office = new Office(openStory());
    office.do('tag.add', { tag: ' café ' }, 3);
    expect(office.do('tag.add', { tag: 'cafe\u0301' }, 4)).toEqual([]);
    office.do('tag.remove', { tag: 'cafe\u0301 ' }, 5);
    expect(tags(office)).toEqual([]);
  });

  test('[S8] the 65th is refused with the limit', () => {
    const many = Array.from({ length: 64 }, (_, index) => `t${index}`);
    const office = new Office(new Story().customer(1).escalated(2, { tags: many }));
    expect(office.refusal('tag.add', { tag: 'one more' }, 3)).toEqual({
      type: 'tooManyTags',
      detail: { limit: 64 },
    });
    expect(office.do('tag.add', { tag: 't5' }, 3)).toEqual([]);
  });

  test('[S8] a conversation from Channel Talk takes 8', () => {
    const office = new Office(
      new Story({ source: 'channel-talk' }).resolved(1, { tags: Array.from('abcdefgh') }),
    );
    expect(office.refusal('tag.add', { tag: 'i' }, 3).detail).toEqual({ limit: 8 });
  });

  test('[S8] removing takes the AI’s off as well; what is not there is off already', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    office.do('tag.remove', { tag: 'refund' }, 3);
    expect(tags(office)).toEqual([]);
    expect(office.do('tag.remove', { tag: 'refund' }, 4)).toEqual([]);
  });

  test('[Y16] an added tag is taken off again', () => {
    const office = new Office(openStory());
    const ran = office.run('tag.add', { tag: 'vip' }, 3);
    expect(office.undo(ran, 4).ok).toBe(true);
    expect(tags(office)).toEqual([]);
  });

  test('[Y16] not when it is gone, or a colleague’s by now', () => {
    const office = new Office(openStory());
    const ran = office.run('tag.add', { tag: 'vip' }, 3);
    office.do('tag.remove', { tag: 'vip' }, 4, BO);
    expect(office.undo(ran, 5)).toEqual({
      ok: false,
      error: { type: 'changedSince', detail: { tag: 'vip' } },
    });
    office.do('tag.add', { tag: 'vip' }, 6, BO);
    expect(office.undo(ran, 7).ok).toBe(false);
    expect(tags(office)).toEqual([['vip', 'agent', BO]]);
  });

  test('[S8][Y16] a removed tag comes back as whoever had applied it', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    const ran = office.run('tag.remove', { tag: 'refund' }, 3);
    expect(office.undo(ran, 4).ok).toBe(true);
    expect(tags(office)).toEqual([['refund', 'ai', null]]);
  });

  test('[Y16] not when someone has put it on since', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    const ran = office.run('tag.remove', { tag: 'refund' }, 3);
    office.do('tag.add', { tag: 'refund' }, 4, BO);
    expect(office.undo(ran, 5)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
  });

  test('[Y16] what changed nothing has nothing to take back', () => {
    const office = new Office(new Story().customer(1).escalated(2, { tags: ['refund'] }));
    expect(office.run('tag.add', { tag: 'refund' }, 3).inverse).toBeNull();
    expect(office.run('tag.remove', { tag: 'gift' }, 3).inverse).toBeNull();
    expect(office.run('tag.add', { conversationId: 'x', tag: 'gift' }, 3).inverse).toBeNull();
  });

  test('an empty or endless tag is refused', () => {
    const office = new Office(openStory());
    expect(office.refusal('tag.add', { tag: '  ' }, 3).detail).toEqual({ path: 'tag' });
    expect(office.refusal('tag.add', { tag: 'x'.repeat(129) }, 3).detail).toEqual({ path: 'tag' });
    expect(
      office.refusal('tag.add', { tag: 'x', restores: { appliedBy: 'cat', agentId: null } }, 3).detail,
    ).toEqual({
      path: 'restores.appliedBy',
    });
  });
});
