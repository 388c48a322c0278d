import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bindingsFor, conflictsIn } from '../../../../renderer/desk/keyboard/bindings.ts';
import { isForbidden, parseChord, type Step } from '../../../../renderer/desk/keyboard/chord.ts';
import { COMMAND_IDS, type CommandId, commandSpec } from '../../../../renderer/desk/keyboard/commands.ts';
import type { KeyPress } from '../../../../renderer/desk/keyboard/press.ts';
import { LAYOUTS, type Layout } from './layouts.ts';
import { keyMap, press, pressAll, ran, STANDARD } from './support.ts';

const SCREENS = join(import.meta.dirname, '../../../../renderer/desk');

const NAMED: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Escape',
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
  f6: 'F6',
};

/** The press that a reader of the layout makes for one step. */
function pressOf(layout: Layout, step: Step, mac: boolean): KeyPress {
  const marks: Readonly<Record<string, KeyPress>> = {
    '/': layout.slash,
    '?': layout.question,
    '.': layout.period,
    ',': layout.comma,
  };
  const named = NAMED[step.key];
  const base =
    marks[step.key] ??
    (named !== undefined
      ? press(named, { code: named })
      : /\d/.test(step.key)
        ? layout.digit(step.key)
        : layout.letter(step.key));
  return {
    ...base,
    ctrl: step.ctrl || (step.mod && !mac),
    meta: step.mod && mac,
    alt: step.alt,
    shift: step.shift || base.shift,
  };
}

/** With nothing but this command handled, so that commands that share a key do not hide each other. */
function only(id: CommandId, mac: boolean) {
  return keyMap(
    { platform: mac ? 'mac' : 'other' },
    COMMAND_IDS.filter((other) => other !== id),
  );
}

describe.each(LAYOUTS)('$name', (layout) => {
  describe.each([false, true])('on a Mac: %s', (mac) => {
    const bindings = bindingsFor({ ...STANDARD, platform: mac ? 'mac' : 'other' });

    test('[K3] every row of the map runs its command', () => {
      for (const { id, chord, where } of bindings) {
        const focus = where === 'text' ? 'text' : 'elsewhere';
        const presses = chord.map((step) => {
          const made = pressOf(layout, step, mac);
          // In a text input a kept key is a composing one (K4); the key map is for keys that are not.
          return { ...made, focus, ...(focus === 'text' ? { keyCode: 0 } : {}) } as const;
        });
        expect(ran(presses, only(id, mac)), `${id} by ${JSON.stringify(chord)}`).toBe(id);
      }
    });

    test('[K4] no row runs while an input method composes', () => {
      for (const { id, chord } of bindings) {
        for (const focus of ['text', 'elsewhere', 'overlay'] as const) {
          const presses = chord.map((step) => ({ ...pressOf(layout, step, mac), focus, composing: true }));
          expect(ran(presses, only(id, mac)), id).toBeNull();
        }
      }
    });

    test('[K4] no row runs in an input on a key that the input method took', () => {
      for (const { id, chord } of bindings) {
        const presses = chord.map((step) => ({
          ...pressOf(layout, step, mac),
          focus: 'text' as const,
          keyCode: 229,
        }));
        expect(ran(presses, only(id, mac)), id).toBeNull();
      }
    });

    test('[K1] no single character runs in a text input', () => {
      for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
        const made = { ...layout.letter(letter), focus: 'text' as const };
        expect(ran(made, keyMap({ platform: mac ? 'mac' : 'other' }))).toBeNull();
      }
      for (const made of [layout.slash, layout.question, layout.period]) {
        expect(ran({ ...made, focus: 'text' })).toBeNull();
      }
    });

    test('[K2] Alt with a letter runs nothing', () => {
      for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
        const made = layout.letter(letter);
        expect(ran({ ...made, alt: true })).toBeNull();
        expect(ran({ ...made, alt: true, ctrl: true })).toBeNull();
        expect(ran({ ...made, alt: true, ctrl: true, altGraph: true })).toBeNull();
      }
    });
  });
});

describe('[K3] what a key types decides, not where it lies', () => {
  test('German Z is Z though it lies where US has Y', () => {
    expect(ran(press('z', { code: 'KeyY' }), keyMap({}, ['app.toggleProfile']))).toBe('app.undo');
    expect(ran(press('y', { code: 'KeyZ' }))).toBe('app.toggleProfile');
  });

  test.each([
    ['ö', 'Semicolon'],
    ['å', 'BracketLeft'],
    ['ç', 'Semicolon'],
    ['ß', 'Minus'],
    ['é', 'Digit2'],
    ['Dead', 'BracketLeft'],
    ['Dead', 'KeyN'],
    ['Unidentified', 'KeyJ'],
  ])('%s on %s is none of ours', (key, code) => {
    expect(ran(press(key, { code }))).toBeNull();
  });

  test('punctuation never falls back to its place', () => {
    expect(ran(press('Process', { code: 'Slash', keyCode: 229 }))).toBeNull();
    expect(ran(press('-', { code: 'Slash' }))).toBeNull();
  });

  test('AltGr types: a question mark behind it is one, a letter behind it is nothing', () => {
    expect(ran(press('?', { altGraph: true, ctrl: true, alt: true }))).toBe('app.shortcuts');
    expect(ran(press('e', { altGraph: true }))).toBeNull();
  });

  test('Caps Lock changes nothing', () => {
    expect(ran(press('J', { shift: false }))).toBe('list.next');
    expect(ran(press('e', { shift: true }))).toBe('conversation.reopen');
  });
});

describe('where a key belongs', () => {
  test('Enter, Space and arrows belong to the button that has the focus', () => {
    for (const key of ['Enter', 'ArrowDown']) {
      expect(ran(press(key, { focus: 'control' }))).toBeNull();
      expect(ran(press(key))).not.toBeNull();
    }
  });

  test('letters work with the focus on a button', () => {
    expect(ran(press('j', { focus: 'control' }))).toBe('list.next');
  });

  test('in a dialog only chords with Ctrl or ⌘ work, and Escape is the dialog’s', () => {
    expect(ran(press('j', { focus: 'overlay' }))).toBeNull();
    expect(ran(press('Escape', { focus: 'overlay' }))).toBeNull();
    expect(ran(press('k', { focus: 'overlay', ctrl: true }))).toBe('app.palette');
  });

  test('Escape leaves the text first and the conversation then', () => {
    expect(ran(press('Escape', { focus: 'text' }))).toBe('composer.leave');
    expect(ran(press('Escape'))).toBe('list.back');
  });

  test('[K6] Ctrl+Enter sends from the text only, Enter never', () => {
    expect(ran(press('Enter', { focus: 'text', ctrl: true }))).toBe('composer.send');
    expect(ran(press('Enter', { focus: 'text' }))).toBeNull();
    expect(ran(press('Enter', { ctrl: true }))).toBeNull();
  });

  test('[K6] a Mac uses ⌘ and leaves Ctrl alone', () => {
    const mac = keyMap({ platform: 'mac' });
    expect(ran(press('Enter', { focus: 'text', meta: true }), mac)).toBe('composer.send');
    expect(ran(press('Enter', { focus: 'text', ctrl: true }), mac)).toBeNull();
    expect(ran(press('k', { ctrl: true }), mac)).toBeNull();
  });

  test('undo in a text is the text’s own', () => {
    expect(ran(press('z', { ctrl: true, focus: 'text' }))).toBeNull();
    expect(ran(press('z', { ctrl: true }))).toBe('app.undo');
  });

  test('[Y16] redo is Ctrl or ⌘, Shift and Z, and in a text the text’s own', () => {
    expect(ran(press('Z', { ctrl: true, shift: true }))).toBe('app.redo');
    expect(ran(press('z', { ctrl: true, shift: true }))).toBe('app.redo');
    expect(ran(press('Z', { meta: true, shift: true }), keyMap({ platform: 'mac' }))).toBe('app.redo');
    expect(ran(press('Z', { ctrl: true, shift: true, focus: 'text' }))).toBeNull();
  });

  test('a key that nobody handles is left to the browser', () => {
    const outcomes = pressAll([press('f')], keyMap({}, ['list.filter']));
    expect(outcomes).toEqual([{ type: 'pass' }]);
  });

  test('a key held down repeats only what may repeat', () => {
    expect(ran(press('j', { repeat: true }))).toBe('list.next');
    expect(ran(press('e', { repeat: true }))).toBeNull();
  });
});

describe('the table', () => {
  test('every chord can be read', () => {
    for (const id of COMMAND_IDS) {
      const { chords, mac = [] } = commandSpec(id);
      for (const chord of [...chords, ...mac]) expect(parseChord(chord), `${id}: ${chord}`).not.toBeNull();
    }
  });

  test.each(['standard', 'gmail', 'off'] as const)(
    'no chord of the set %s stands for two commands',
    (set) => {
      for (const platform of ['mac', 'other'] as const) {
        expect(conflictsIn(bindingsFor({ platform, set, remap: {} }))).toEqual([]);
      }
    },
  );

  test('[K2] no default is Alt with a letter', () => {
    for (const platform of ['mac', 'other'] as const) {
      for (const { chord } of bindingsFor({ ...STANDARD, platform })) {
        expect(chord.some(isForbidden)).toBe(false);
      }
    }
  });

  test('[K5] no default is a chord that browsers keep', () => {
    const kept = new Set(['t', 'w', 'n']);
    for (const { chord } of bindingsFor(STANDARD)) {
      for (const step of chord) expect(step.mod && kept.has(step.key)).toBe(false);
    }
  });

  test('[K3] no default stands on a bracket, backslash or backtick', () => {
    for (const { chord } of bindingsFor(STANDARD)) {
      for (const { key } of chord) expect('[]{}\\`´^~'.includes(key)).toBe(false);
    }
  });
});

describe('the screens', () => {
  const sources = readdirSync(SCREENS, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('keyboard'))
    .map((path) => readFileSync(join(SCREENS, path), 'utf8'))
    .join('\n');

  test('[K7] handle every command of the table: no key that does nothing', () => {
    expect(COMMAND_IDS.filter((id) => !sources.includes(`'${id}'`))).toEqual([]);
  });
});
