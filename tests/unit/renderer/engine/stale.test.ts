import { describe, expect, test } from 'vitest';
import { linkState } from '../../../../renderer/desk/engine/desk-client.ts';
import { isStaleAfter } from '../../../../renderer/desk/engine/stale.ts';

describe('what an event makes old', () => {
  test('only answers of its topic', () => {
    expect(isStaleAfter('outbox.list', {}, { topic: 'outbox', ids: null })).toBe(true);
    expect(isStaleAfter('outbox.list', {}, { topic: 'list', ids: null })).toBe(false);
    expect(isStaleAfter('list.facets', {}, { topic: 'list', ids: ['c-1'] })).toBe(true);
  });

  test('an open conversation only when it is named, or when any may have changed', () => {
    const input = { conversationId: 'c-1', limit: 50 };
    expect(isStaleAfter('thread.open', input, { topic: 'thread', ids: ['c-2', 'c-1'] })).toBe(true);
    expect(isStaleAfter('thread.open', input, { topic: 'thread', ids: ['c-2'] })).toBe(false);
    expect(isStaleAfter('thread.open', input, { topic: 'thread', ids: null })).toBe(true);
  });

  test('commands are never kept, so never old', () => {
    expect(isStaleAfter('mutate', {}, { topic: 'list', ids: null })).toBe(false);
  });
});

describe('the state of the line', () => {
  test('is told at once, and once a change', () => {
    const link = linkState(false);
    const seen: boolean[] = [];
    const stop = link.onLink((up) => seen.push(up));
    link.set(true);
    link.set(true);
    link.set(false);
    stop();
    link.set(true);
    expect(seen).toEqual([false, true, false]);
  });
});
