import { describe, expect, test } from 'vitest';
import { bindingsFor, conflictsIn } from '../../../../renderer/desk/keyboard/bindings.ts';
import { ariaKeyShortcuts, chordCaps } from '../../../../renderer/desk/keyboard/caps.ts';
import {
  type Chord,
  chordText,
  type Platform,
  parseChord,
} from '../../../../renderer/desk/keyboard/chord.ts';
import { platformOf } from '../../../../renderer/desk/keyboard/dom.ts';
import { STANDARD } from './support.ts';

function chord(text: string): Chord {
  const parsed = parseChord(text);
  if (parsed === null) throw new Error(`no chord: ${text}`);
  return parsed;
}

function shown(text: string, platform: Platform): string {
  return chordCaps(chord(text), platform)
    .map((caps) => caps.map((cap) => ('sign' in cap ? cap.sign : cap.word.split('.')[1])).join('+'))
    .join(' ');
}

describe('chords', () => {
  test.each([
    'j',
    'mod+k',
    'mod+shift+enter',
    'g i',
    'p 1',
    '?',
    '/',
    '.',
    'shift+f6',
    'mod+,',
    'alt+arrowdown',
  ])('%s is read and written the same', (text) => {
    expect(chordText(chord(text))).toBe(text);
  });

  test('capitals and spaces do not matter', () => {
    expect(chordText(chord(' Mod+K '))).toBe('mod+k');
    expect(chordText(chord('G   I'))).toBe('g i');
  });

  test.each(['', ' ', 'hyper+k', 'mod+', '+', 'mod+mod+k', 'jk', 'f13', 'mod+k nope!'])(
    '%j is none',
    (text) => {
      expect(parseChord(text)).toBeNull();
    },
  );
});

describe('key caps', () => {
  test.each([
    ['mod+k', 'control+K', '⌘+K'],
    ['mod+shift+enter', 'control+shift+enter', '⇧+⌘+↵'],
    ['p 1', 'P 1', 'P 1'],
    ['alt+arrowdown', 'alt+↓', '⌥+↓'],
    ['?', '?', '?'],
    ['escape', 'escape', 'escape'],
  ])('%s is %s, on a Mac %s', (text, other, mac) => {
    expect(shown(text, 'other')).toBe(other);
    expect(shown(text, 'mac')).toBe(mac);
  });

  test('assistive technology hears them too, but not sequences', () => {
    expect(ariaKeyShortcuts(chord('mod+shift+enter'), 'other')).toBe('Control+Shift+Enter');
    expect(ariaKeyShortcuts(chord('mod+k'), 'mac')).toBe('Meta+K');
    expect(ariaKeyShortcuts(chord('p 1'), 'other')).toBeUndefined();
    expect(ariaKeyShortcuts(null, 'other')).toBeUndefined();
  });

  test.each([
    ['MacIntel', 'mac'],
    ['iPad', 'mac'],
    ['Win32', 'other'],
    ['Linux x86_64', 'other'],
    ['', 'other'],
  ])('%s is %s', (agent, platform) => {
    expect(platformOf(agent)).toBe(platform);
  });
});

describe('conflicts', () => {
  test('a remapping onto a key that is taken is told, with both commands', () => {
    const bindings = bindingsFor({ ...STANDARD, remap: { 'conversation.close': ['r'] } });
    expect(conflictsIn(bindings)).toEqual([
      { chord: 'r', ids: ['conversation.reply', 'conversation.close'] },
    ]);
  });

  test('the same key inside and outside a text is none', () => {
    expect(conflictsIn(bindingsFor(STANDARD)).filter(({ chord: key }) => key === 'escape')).toEqual([]);
  });
});
