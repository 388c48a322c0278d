import { describe, expect, test } from 'vitest';
import { captured, takenBy, withoutRemap } from '../../../../renderer/desk/features/shortcuts/capture.ts';
import { press, STANDARD } from './support.ts';

describe('new keys for a command', () => {
  test.each([
    [press('d'), 'd'],
    [press('D', { shift: true }), 'shift+d'],
    [press('d', { ctrl: true }), 'mod+d'],
    [press('ㅇ', { code: 'KeyD' }), 'd'],
    [press('Process', { code: 'KeyD', keyCode: 229 }), 'd'],
    [press('7'), '7'],
    [press('?', { shift: true, code: 'Slash' }), '?'],
    [press('ArrowDown', { alt: true }), 'alt+arrowdown'],
    [press('Enter', { ctrl: true, shift: true }), 'mod+shift+enter'],
  ])('%j is %s', (pressed, chord) => {
    expect(captured(pressed, 'other')).toEqual({ type: 'chord', chord });
  });

  test('on a Mac ⌘ is the modifier and Ctrl is itself', () => {
    expect(captured(press('d', { meta: true }), 'mac')).toEqual({ type: 'chord', chord: 'mod+d' });
    expect(captured(press('d', { ctrl: true }), 'mac')).toEqual({ type: 'chord', chord: 'ctrl+d' });
  });

  test('Escape keeps the old ones, Backspace removes them', () => {
    expect(captured(press('Escape'), 'other')).toEqual({ type: 'cancel' });
    expect(captured(press('Backspace'), 'other')).toEqual({ type: 'remove' });
  });

  test.each([
    press('Shift'),
    press('Dead'),
    press('ö', { code: 'Semicolon' }),
    press('x', { composing: true }),
  ])('%j is waited past', (pressed) => {
    expect(captured(pressed, 'other')).toEqual({ type: 'wait' });
  });

  test('[K2] Alt with a letter is refused', () => {
    expect(captured(press('e', { alt: true }), 'other')).toEqual({ type: 'refused', why: 'typesCharacters' });
    expect(captured(press('e', { altGraph: true }), 'other')).toEqual({
      type: 'refused',
      why: 'typesCharacters',
    });
  });

  test.each(['t', 'w', 'n'])('[K5] Ctrl+%s is refused', (key) => {
    expect(captured(press(key, { ctrl: true }), 'other')).toEqual({ type: 'refused', why: 'keptByBrowser' });
  });
});

describe('keys that are taken', () => {
  test('by another command, which is named', () => {
    expect(takenBy(STANDARD, 'conversation.close', 'r')).toBe('conversation.reply');
    expect(takenBy(STANDARD, 'conversation.close', 'q')).toBeNull();
  });

  test('its own keys are not taken', () => {
    expect(takenBy(STANDARD, 'conversation.close', 'e')).toBeNull();
  });

  test('a key that begins sequences is taken', () => {
    expect(takenBy(STANDARD, 'conversation.close', 'g')).toBe('go.inbox');
  });

  test('a key that another remapping freed is free', () => {
    const settings = { ...STANDARD, remap: { 'conversation.reply': [] } };
    expect(takenBy(settings, 'conversation.close', 'r')).toBeNull();
  });

  test('going back takes one command out of the remapping', () => {
    const remap = { 'conversation.close': ['d'], 'list.open': ['l'] };
    expect(withoutRemap(remap, 'conversation.close')).toEqual({ 'list.open': ['l'] });
  });
});
