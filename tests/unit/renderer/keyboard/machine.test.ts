import { describe, expect, test } from 'vitest';
import { expire, type KeyState, pressKey } from '../../../../renderer/desk/keyboard/machine.ts';
import { keyMap, press, pressAll, ran } from './support.ts';

describe('sequences', () => {
  test.each([
    ['p', '1', 'conversation.priorityHigh'],
    ['p', '2', 'conversation.priorityMedium'],
    ['p', '3', 'conversation.priorityLow'],
    ['g', 'i', 'go.inbox'],
    ['g', 'r', 'go.review'],
  ])('%s then %s runs %s', (first, second, id) => {
    expect(pressAll([press(first), press(second)])).toEqual([{ type: 'wait' }, { type: 'run', id }]);
  });

  test('in Hangul too, digits as themselves', () => {
    expect(ran([press('ㅔ', { code: 'KeyP' }), press('1')])).toBe('conversation.priorityHigh');
    expect(ran([press('ㅎ', { code: 'KeyG' }), press('ㅑ', { code: 'KeyI' })])).toBe('go.inbox');
  });

  test('Shift on the way does not break it', () => {
    expect(ran([press('g'), press('Shift'), press('i')])).toBe('go.inbox');
  });

  test('another key ends it and is itself', () => {
    expect(ran([press('p'), press('j')])).toBe('list.next');
    expect(ran([press('g'), press('f')])).toBe('list.filter');
  });

  test('Escape ends it and does nothing else', () => {
    expect(pressAll([press('g'), press('Escape'), press('i')])).toEqual([
      { type: 'wait' },
      { type: 'wait' },
      { type: 'run', id: 'conversation.take' },
    ]);
  });

  test('an input method that begins ends it', () => {
    expect(ran([press('g'), press('ㅑ', { composing: true, focus: 'text' }), press('i')])).toBe(
      'conversation.take',
    );
  });

  test('a step in a text input does not complete it', () => {
    expect(ran([press('g'), press('i', { focus: 'text' })])).toBeNull();
  });

  test('a sequence that nobody handles does not begin', () => {
    const dead = [
      'conversation.priority',
      'conversation.priorityHigh',
      'conversation.priorityMedium',
    ] as const;
    const map = keyMap({}, [...dead, 'conversation.priorityLow']);
    expect(pressAll([press('p')], map)).toEqual([{ type: 'pass' }]);
  });

  test('the steps that may follow are told', () => {
    const { state } = pressKey(null, press('p'), 0, keyMap());
    expect(state?.open.map(({ id }) => id)).toEqual([
      'conversation.priorityHigh',
      'conversation.priorityMedium',
      'conversation.priorityLow',
    ]);
    expect(state?.done).toBe(1);
  });
});

describe('time', () => {
  const map = keyMap();

  function waiting(key: string): KeyState {
    return pressKey(null, press(key), 5_000, map).state;
  }

  test('a second step comes in time until just before the limit', () => {
    expect(pressKey(waiting('g'), press('i'), 5_999, map).outcome).toEqual({ type: 'run', id: 'go.inbox' });
  });

  test('after it the key stands alone', () => {
    expect(pressKey(waiting('g'), press('i'), 6_000, map).outcome).toEqual({
      type: 'run',
      id: 'conversation.take',
    });
  });

  test('what the first step means alone runs when the time is up', () => {
    expect(expire(waiting('p'), 5_999).outcome).toEqual({ type: 'pass' });
    expect(expire(waiting('p'), 6_000)).toEqual({
      state: null,
      outcome: { type: 'run', id: 'conversation.priority' },
    });
  });

  test('a step that means nothing alone just ends', () => {
    expect(expire(waiting('g'), 6_000)).toEqual({ state: null, outcome: { type: 'pass' } });
  });

  test('with nothing waiting, time does nothing', () => {
    expect(expire(null, 6_000)).toEqual({ state: null, outcome: { type: 'pass' } });
  });
});

describe('what the reader set', () => {
  test('[K1] off: no single letter, no sequence; chords with Ctrl, arrows, Enter and Escape stay', () => {
    const off = keyMap({ set: 'off' });
    for (const key of 'abcdefghijklmnopqrstuvwxyz./?') expect(ran(press(key), off), key).toBeNull();
    expect(ran([press('g'), press('i')], off)).toBeNull();
    expect(ran(press('k', { ctrl: true }), off)).toBe('app.palette');
    expect(ran(press('ArrowDown'), off)).toBe('list.next');
    expect(ran(press('F6'), off)).toBe('app.nextPane');
  });

  test('the Gmail set has its own keys and frees ours', () => {
    const gmail = keyMap({ set: 'gmail' });
    expect(ran(press('b'), gmail)).toBe('conversation.snooze');
    expect(ran(press('l'), gmail)).toBe('conversation.tags');
    expect(ran(press('h'), gmail)).toBeNull();
    expect(ran(press('j'), gmail)).toBe('list.next');
  });

  test('each command can be remapped, and the old key is free', () => {
    const map = keyMap({ remap: { 'conversation.close': ['d', 'mod+shift+e'] } });
    expect(ran(press('d'), map)).toBe('conversation.close');
    expect(ran(press('e', { ctrl: true, shift: true }), map)).toBe('conversation.close');
    expect(ran(press('e'), map)).toBeNull();
  });

  test('an empty list takes a command’s keys away', () => {
    expect(ran(press('e'), keyMap({ remap: { 'conversation.close': [] } }))).toBeNull();
  });

  test.each(['alt+e', 'mod+alt+x', 'nonsense key', ''])('a remapping to %j is not taken', (chord) => {
    const map = keyMap({ remap: { 'conversation.close': [chord] } });
    expect(map.bindings.filter(({ id }) => id === 'conversation.close')).toEqual([]);
  });
});
