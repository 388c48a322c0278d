import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import type { ProfileValue } from '../../../src/domain/events.ts';
import { tagLimitOf } from '../../../src/domain/step.ts';
import { ANA, BO, minute, Story } from '../../support/domain/history.ts';

const P1 = asId<'ProductId'>('p1');
const P2 = asId<'ProductId'>('p2');

function tag(story: Story, at: number, name: string, by: 'ai' | 'agent' = 'agent'): Story {
  return story.fact(at, { type: 'tagAdded', tag: name, appliedBy: by, agentId: by === 'agent' ? ANA : null });
}

function set(story: Story, at: number, values: Record<string, ProfileValue>): Story {
  return story.fact(at, { type: 'profileSet', values });
}

function fields(story: Story): readonly unknown[] {
  return story.fold().rows.fields.map((row) => [row.field, row.ordinal, row.number, row.text]);
}

describe('tags', () => {
  test('[S8] tell who applied them', () => {
    const story = tag(tag(new Story(), 1, 'refund', 'ai'), 2, 'vip');
    expect(story.fold().rows.tags).toEqual([
      { conversationId: 'c1', tag: 'refund', appliedBy: 'ai', agentId: null, at: minute(1) },
      { conversationId: 'c1', tag: 'vip', appliedBy: 'agent', agentId: ANA, at: minute(2) },
    ]);
  });

  test('[S8] the first application stands', () => {
    expect(tag(tag(new Story(), 1, 'vip', 'ai'), 2, 'vip').fold().rows.tags).toMatchObject([
      { appliedBy: 'ai' },
    ]);
  });

  test('[S8] a removed one can be applied anew, by another', () => {
    const story = tag(tag(new Story(), 1, 'vip', 'ai').fact(2, { type: 'tagRemoved', tag: 'vip' }), 3, 'vip');
    expect(story.fold().rows.tags).toMatchObject([{ appliedBy: 'agent', at: minute(3) }]);
  });

  test('[S8] removing one that is not there changes nothing', () => {
    expect(
      tag(new Story(), 1, 'vip').fact(2, { type: 'tagRemoved', tag: 'gift' }).fold().rows.tags,
    ).toHaveLength(1);
  });

  test('[S8] the 64th is kept, the 65th of a source is left out', () => {
    const tags = Array.from({ length: 70 }, (_, index) => `t${index}`);
    const story = new Story().resolved(1, { tags });
    expect(story.fold().rows.tags.map((row) => row.tag)).toEqual(tags.slice(0, 64));
  });

  test('[S8] a conversation from Channel Talk carries 8', () => {
    expect(tagLimitOf({ source: 'channel-talk' })).toBe(8);
    expect(tagLimitOf({ source: 'shop' })).toBe(64);
    expect(tagLimitOf({ source: 'constructor' })).toBe(64);
    const story = new Story({ source: 'channel-talk' }).resolved(1, { tags: Array.from('abcdefghij') });
    expect(story.fold().rows.tags).toHaveLength(8);
  });

  test('[S8] a repeated tag does not use up the limit', () => {
    const story = new Story({ source: 'channel-talk' }).resolved(1, {
      tags: ['a', 'a', 'b', ...Array.from('cdefgh')],
    });
    expect(story.fold().rows.tags).toHaveLength(8);
  });
});

describe('assignment, priority, description, followers', () => {
  test('[S7] one assignee, who can be taken away', () => {
    expect(new Story().assign(1, ANA).assign(2, BO).conversation().assigneeId).toBe(BO);
    expect(new Story().assign(1, ANA).assign(2, null).conversation().assigneeId).toBeNull();
  });

  test('[S7] any number of followers, each once', () => {
    const story = new Story()
      .fact(1, { type: 'followed', agentId: ANA })
      .fact(2, { type: 'followed', agentId: BO })
      .fact(3, { type: 'followed', agentId: ANA });
    expect(story.fold().rows.followers.map((row) => row.agentId)).toEqual([ANA, BO]);
    story.fact(4, { type: 'unfollowed', agentId: ANA });
    expect(story.fold().rows.followers).toEqual([{ conversationId: 'c1', agentId: BO }]);
  });

  test('[C5] priority is unset until it is set, and can be unset', () => {
    expect(new Story().conversation().priority).toBeNull();
    const story = new Story().fact(1, { type: 'prioritySet', priority: 'medium' });
    expect(story.conversation().priority).toBe('medium');
    expect(story.fact(2, { type: 'prioritySet', priority: null }).conversation().priority).toBeNull();
  });

  test('[C13] a description is kept whole and can be taken away', () => {
    const text = 'Two lines\nof description';
    const story = new Story().fact(1, { type: 'descriptionSet', description: text });
    expect(story.conversation().description).toBe(text);
    expect(
      story.fact(2, { type: 'descriptionSet', description: null }).conversation().description,
    ).toBeNull();
  });
});

describe('products', () => {
  const recommend = (
    story: Story,
    at: number,
    name: string | null = 'Shoe',
    url: string | null = null,
  ): Story => story.fact(at, { type: 'productsRecommended', products: [{ id: P1, name, url }] });

  test('[K4] a card or a list makes one row a product', () => {
    const story = new Story().fact(2, {
      type: 'productsRecommended',
      products: [
        { id: P1, name: 'Shoe', url: 'https://shop.example.com/p1' },
        { id: P2, name: null, url: null },
      ],
    });
    expect(story.fold().rows.products).toEqual([
      {
        conversationId: 'c1',
        productId: P1,
        name: 'Shoe',
        url: 'https://shop.example.com/p1',
        recommendedAt: minute(2),
        clickedAt: null,
      },
      {
        conversationId: 'c1',
        productId: P2,
        name: null,
        url: null,
        recommendedAt: minute(2),
        clickedAt: null,
      },
    ]);
  });

  test('[K4] recommended again: the latest time and the known name stand, the click stays', () => {
    const story = recommend(new Story(), 1).fact(2, { type: 'productClicked', productId: P1 });
    recommend(story, 3, null, 'https://shop.example.com/p1');
    expect(story.fold().rows.products).toMatchObject([
      { name: 'Shoe', url: 'https://shop.example.com/p1', recommendedAt: minute(3), clickedAt: minute(2) },
    ]);
  });

  test('[K4] [A1] a link that was known stands through a click and a recommendation without one; other products stay as they are', () => {
    const story = recommend(new Story(), 1, 'Shoe', 'https://shop.example.com/p1').fact(2, {
      type: 'productsRecommended',
      products: [{ id: P2, name: 'Hat', url: 'https://shop.example.com/p2' }],
    });
    story.fact(3, { type: 'productClicked', productId: P1 });
    recommend(story, 4, 'Shoe, new', null);
    expect(story.fold().rows.products).toMatchObject([
      { productId: P1, name: 'Shoe, new', url: 'https://shop.example.com/p1', clickedAt: minute(3) },
      { productId: P2, name: 'Hat', url: 'https://shop.example.com/p2', clickedAt: null },
    ]);
  });

  test('[A1] the latest click stands', () => {
    const story = recommend(new Story(), 1)
      .fact(2, { type: 'productClicked', productId: P1 })
      .fact(9, { type: 'productClicked', productId: P1 });
    expect(story.fold().rows.products[0]).toMatchObject({ recommendedAt: minute(1), clickedAt: minute(9) });
  });

  test('[I1] a click on a product that nobody recommended is kept, without a name', () => {
    const story = new Story().fact(4, { type: 'productClicked', productId: P2 });
    expect(story.fold().rows.products).toMatchObject([
      { productId: P2, name: null, recommendedAt: minute(4), clickedAt: minute(4) },
    ]);
  });
});

describe('profile values', () => {
  test('[I1][C1] each type has its own form of row', () => {
    const story = set(new Story(), 1, {
      'profile.size': 'L',
      'profile.score': 4.5,
      'profile.member': true,
      'profile.guest': false,
      'profile.colors': ['red', 'blue'],
    });
    expect(fields(story)).toEqual([
      ['profile.size', 0, null, 'L'],
      ['profile.score', 0, 4.5, null],
      ['profile.member', 0, 1, null],
      ['profile.guest', 0, 0, null],
      ['profile.colors', 0, null, 'red'],
      ['profile.colors', 1, null, 'blue'],
    ]);
  });

  test('[F1] a list is an ordered set', () => {
    expect(fields(set(new Story(), 1, { 'profile.colors': ['red', 'blue', 'red'] }))).toEqual([
      ['profile.colors', 0, null, 'red'],
      ['profile.colors', 1, null, 'blue'],
    ]);
  });

  test('[I1] a shorter list leaves no row behind; null and an empty list leave none', () => {
    const story = set(new Story(), 1, { 'profile.colors': ['red', 'blue', 'green'], 'profile.size': 'L' });
    set(story, 2, { 'profile.colors': ['black'] });
    expect(fields(story)).toEqual([
      ['profile.colors', 0, null, 'black'],
      ['profile.size', 0, null, 'L'],
    ]);
    expect(fields(set(story, 3, { 'profile.colors': null }))).toEqual([['profile.size', 0, null, 'L']]);
    expect(fields(set(story, 4, { 'profile.size': [] }))).toEqual([]);
  });

  test('[I1] a value of another type replaces the earlier one', () => {
    const story = set(set(new Story(), 1, { 'profile.x': ['a', 'b'] }), 2, { 'profile.x': 7 });
    expect(fields(story)).toEqual([['profile.x', 0, 7, null]]);
  });

  test('[C2] keys that have a column go to it', () => {
    const story = set(new Story(), 1, {
      priority: 'high',
      'source.page': 'https://www.example.com/shoes',
      description: 'Wants a refund',
      tags: ['refund', 'vip'],
    });
    expect(story.conversation()).toMatchObject({
      priority: 'high',
      page: 'https://www.example.com/shoes',
      description: 'Wants a refund',
    });
    expect(story.fold().rows.tags).toMatchObject([{ tag: 'refund', appliedBy: 'ai' }, { tag: 'vip' }]);
    expect(fields(story)).toEqual([]);
  });

  test('[C2] null empties a column; tags that a person applied stay', () => {
    const story = tag(set(new Story(), 1, { priority: 'low', description: 'x' }), 2, 'mine');
    set(story, 3, { priority: null, description: null, 'source.page': null, tags: null });
    expect(story.conversation()).toMatchObject({ priority: null, description: null, page: null });
    expect(story.fold().rows.tags).toHaveLength(1);
  });

  test('[F1] a value of a wrong type for a column is left out', () => {
    const story = set(new Story(), 1, {
      priority: 'urgent',
      'source.page': 7,
      description: ['a'],
      tags: 'vip',
    });
    expect(story.conversation()).toMatchObject({
      priority: null,
      page: 'https://www.example.com/help',
      description: null,
    });
    expect(story.fold().rows.tags).toEqual([]);
    expect(fields(story)).toEqual([]);
  });

  test('[C2] what is derived here is not taken from a source', () => {
    const story = set(new Story(), 1, {
      state: 'closed',
      closedAt: 5,
      waitingTime: 1,
      operationResolutionTime: 2,
    });
    expect(fields(story)).toEqual([]);
    expect(story.conversation()).toMatchObject({ humanState: null, closedAt: null });
  });

  test('[C2] the other keys of a source are kept as they come', () => {
    const story = set(new Story(), 1, {
      goalState: 'reached',
      goalCheckedAt: 1_700_000_000_000,
      'source.workflow.id': '17',
    });
    expect(fields(story)).toEqual([
      ['goalState', 0, null, 'reached'],
      ['goalCheckedAt', 0, 1_700_000_000_000, null],
      ['source.workflow.id', 0, null, '17'],
    ]);
  });
});
