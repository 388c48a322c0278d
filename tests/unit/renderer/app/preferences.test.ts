import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createPreferenceStore,
  DEFAULT_PREFERENCES,
  parsePreferences,
} from '../../../../renderer/desk/app/preferences.ts';

function memory(text: string | null = null) {
  const kept = { text };
  return {
    kept,
    storage: {
      read: () => kept.text,
      write: (next: string) => {
        kept.text = next;
      },
    },
  };
}

describe('preferences', () => {
  test('what is set is kept, and read again', () => {
    const { kept, storage } = memory();
    createPreferenceStore(storage).set({ theme: 'dark', locale: 'ko', listWidth: 400, enterSends: true });
    const again = createPreferenceStore({ ...storage, read: () => kept.text }).getState();
    expect(again).toEqual({
      ...DEFAULT_PREFERENCES,
      theme: 'dark',
      locale: 'ko',
      listWidth: 400,
      enterSends: true,
    });
  });

  test('what the engine keeps is adopted without being written back', () => {
    const { kept, storage } = memory();
    const store = createPreferenceStore(storage);
    store.adopt(JSON.stringify({ theme: 'light' }));
    expect(store.getState().theme).toBe('light');
    expect(kept.text).toBeNull();
  });

  test.each([
    ['not json', {}],
    ['[]', {}],
    ['null', {}],
    [JSON.stringify({ theme: 'pink', locale: 7, enterSends: 'yes', listWidth: 9_999 }), {}],
    [JSON.stringify({ theme: 'dark', sidebarWidth: Number.NaN }), { theme: 'dark' }],
    [
      JSON.stringify({ remap: { 'list.next': ['n'], nonsense: ['x'], 'list.open': 'o' } }),
      { remap: { 'list.next': ['n'] } },
    ],
    [JSON.stringify({ listMode: 'grid', tableColumns: ['customer'] }), {}],
    [
      JSON.stringify({
        listMode: 'table',
        tableColumns: { page: true, tags: false, state: 'yes', gone: true },
      }),
      { listMode: 'table', tableColumns: { page: true, tags: false } },
    ],
    [JSON.stringify({ recentCommands: ['go.inbox', 'gone', 4] }), { recentCommands: ['go.inbox'] }],
  ])('%s: what is not understood falls back by itself', (text, expected) => {
    expect(parsePreferences(text)).toEqual({ ...DEFAULT_PREFERENCES, ...expected });
  });

  test('no text whatever breaks them', () => {
    const shape = fc.record({ theme: fc.anything(), remap: fc.anything(), recentCommands: fc.anything() });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
          shape.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          const read = parsePreferences(text);
          expect(Object.keys(read).sort()).toEqual(Object.keys(DEFAULT_PREFERENCES).sort());
        },
      ),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
