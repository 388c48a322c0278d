import { describe, expect, test } from 'vitest';
import { resolveLocale } from '../../../../renderer/desk/app/appearance.ts';
import { type LayoutMode, layoutModeOf } from '../../../../renderer/desk/app/layout-mode.ts';
import { createScreenStore } from '../../../../renderer/desk/app/screen-store.ts';
import { arrange, type Arrangement } from '../../../../renderer/desk/app/arrange.ts';
import { initialsOf } from '../../../../renderer/desk/ui/initials.ts';
import { faultCode } from '../../../../renderer/desk/app/fault-code.ts';
import { clampSize } from '../../../../renderer/desk/ui/clamp-size.ts';
import type { ConversationId } from '../../../../src/base/ids.ts';

const ID = 'c-1' as ConversationId;
const OTHER = 'c-2' as ConversationId;
const LIKED = { sidebarWidth: 208, sidebarCollapsed: false, profileShown: true, listMode: 'split' } as const;

describe('how much fits', () => {
  test.each([
    [1440, 'full'],
    [1280, 'full'],
    [1279, 'folded'],
    [1120, 'folded'],
    [1119, 'overlay'],
    [860, 'overlay'],
    [859, 'stack'],
    [640, 'stack'],
  ])('%i pixels: %s', (width, mode) => {
    expect(layoutModeOf(width)).toBe(mode);
  });

  const open = { openId: ID, stacked: 'thread', profileOver: false, place: 'queue' } as const;
  const cases: readonly (readonly [LayoutMode, typeof open | object, Arrangement])[] = [
    ['full', {}, { sidebar: 208, list: true, thread: true, profile: 'beside' }],
    ['full', { openId: null }, { sidebar: 208, list: true, thread: true, profile: 'away' }],
    ['folded', {}, { sidebar: 56, list: true, thread: true, profile: 'beside' }],
    ['overlay', {}, { sidebar: 56, list: true, thread: true, profile: 'away' }],
    ['overlay', { profileOver: true }, { sidebar: 56, list: true, thread: true, profile: 'over' }],
    ['stack', {}, { sidebar: 56, list: false, thread: true, profile: 'away' }],
    ['stack', { stacked: 'list' }, { sidebar: 56, list: true, thread: false, profile: 'away' }],
  ];
  test.each(cases)('%s with %j', (mode, change, expected) => {
    expect(arrange(mode, LIKED, { ...open, ...change })).toEqual(expected);
  });

  test.each([
    [{ stacked: 'list' }, { sidebar: 208, list: true, thread: false, profile: 'away' }],
    [{}, { sidebar: 208, list: false, thread: true, profile: 'beside' }],
    [{ place: 'search' }, { sidebar: 208, list: true, thread: true, profile: 'beside' }],
  ] as const)('as a table, the queue takes turns with the thread: %j', (change, expected) => {
    expect(arrange('full', { ...LIKED, listMode: 'table' }, { ...open, ...change })).toEqual(expected);
  });

  test('a page has the whole width, and takes turns with a conversation that is opened from it', () => {
    const page = { ...open, place: 'settings', stacked: 'list' } as const;
    const whole = { sidebar: 208, list: true, thread: false, profile: 'away' };
    expect(arrange('full', LIKED, page)).toEqual(whole);
    expect(arrange('full', LIKED, { ...page, stacked: 'thread' })).toEqual({
      sidebar: 208,
      list: false,
      thread: true,
      profile: 'beside',
    });
  });

  test('the reader may fold the sidebar and put the profile away', () => {
    const seen = arrange('full', { ...LIKED, sidebarCollapsed: true, profileShown: false }, open);
    expect(seen).toEqual({ sidebar: 56, list: true, thread: true, profile: 'away' });
  });

  test('a width stays within its limits', () => {
    expect([clampSize(10, 160, 320), clampSize(500, 160, 320), clampSize(200.6, 160, 320)]).toEqual([
      160, 320, 201,
    ]);
  });
});

describe('the screen’s state', () => {
  test('opening shows the thread, and back the list', () => {
    const { actions, getState } = createScreenStore();
    actions.open(ID, 'm-1');
    expect(getState()).toMatchObject({ openId: ID, openMessageId: 'm-1', stacked: 'thread' });
    actions.back();
    expect(getState()).toMatchObject({ openId: ID, stacked: 'list' });
    actions.open(null);
    expect(getState()).toMatchObject({ openId: null, openMessageId: null, stacked: 'list' });
  });

  test('pointing makes a conversation the current one and stays in the list', () => {
    const { actions, getState } = createScreenStore();
    actions.point(ID);
    expect(getState()).toMatchObject({ openId: ID, stacked: 'list' });
  });

  test('a note’s mode is never carried to another conversation', () => {
    const { actions, getState } = createScreenStore();
    actions.open(ID);
    actions.compose('note');
    actions.open(ID);
    expect(getState().composer).toBe('note');
    actions.open(OTHER);
    expect(getState().composer).toBe('reply');
  });

  test('asking for the composer again asks for the focus again', () => {
    const { actions, getState } = createScreenStore();
    actions.compose('reply');
    const before = getState().composerTurn;
    actions.compose('reply');
    expect(getState().composerTurn).toBe(before + 1);
  });

  test('an empty search goes back to the queue', () => {
    const { actions, getState } = createScreenStore();
    actions.search('refund');
    expect(getState()).toMatchObject({ place: 'search', searchText: 'refund' });
    actions.search('');
    expect(getState().place).toBe('queue');
  });

  test('a queue, its filters and its order', () => {
    const { actions, getState } = createScreenStore();
    actions.goToQueue('mine');
    actions.setFilters({ tag: ['vip'] });
    actions.setSort({ by: 'priority', direction: 'desc' });
    expect(getState()).toMatchObject({
      place: 'queue',
      queue: 'mine',
      filters: { tag: ['vip'] },
      sort: { by: 'priority', direction: 'desc' },
    });
    actions.goToQueue('mine');
    expect(getState().sort).toEqual({ by: 'priority', direction: 'desc' });
    actions.goToQueue('closed');
    expect(getState().sort).toEqual({ by: 'activity', direction: 'desc' });
  });
});

describe('the page’s language', () => {
  const available = ['en', 'ko', 'pt-BR', 'sv', 'en-XA', 'en-XB'];
  test.each([
    ['ko', ['en'], 'ko'],
    ['en-XB', ['ko'], 'en-XB'],
    ['system', ['sv-SE'], 'sv'],
    ['system', ['fi'], 'en'],
    ['system', ['en-US'], 'en'],
    ['gone', ['pt'], 'pt-BR'],
  ])('chosen %s, wanted %j: %s', (chosen, wanted, expected) => {
    expect(resolveLocale(chosen, wanted, available)).toBe(expected);
  });
});

test.each([
  ['Sofia Almeida', 'SA'],
  ['Björn', 'B'],
  ['Ana Clara de Souza', 'AS'],
  ['김민지', '민'],
  ['김', '김'],
  ['  åsa  öberg ', 'ÅÖ'],
  ['(VIP) Ann', 'VA'],
  ['', '?'],
  ['🙂', '?'],
])('the initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a fault has the same short mark each time, and another has another', () => {
  expect(faultCode('thread', new Error('a'))).toBe(faultCode('thread', new Error('a')));
  expect(faultCode('thread', new Error('a'))).not.toBe(faultCode('thread', new Error('b')));
  expect(faultCode('thread', 'text')).toMatch(/^thread-[0-9a-z]+$/);
});
