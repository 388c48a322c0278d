import type { TextKey } from '../i18n/keys.ts';
import type { Chord, Platform, Step } from './chord.ts';

/** What stands on one key cap: a sign that is the same everywhere, or a word of the language. */
export type Cap = { readonly sign: string; readonly word?: TextKey } | { readonly word: TextKey };

const MAC_SIGNS: Readonly<Record<string, Cap>> = {
  mod: { sign: '⌘', word: 'shortcuts:key.command' },
  ctrl: { sign: '⌃', word: 'shortcuts:key.control' },
  alt: { sign: '⌥', word: 'shortcuts:key.option' },
  shift: { sign: '⇧', word: 'shortcuts:key.shift' },
};
const OTHER_SIGNS: Readonly<Record<string, Cap>> = {
  mod: { word: 'shortcuts:key.control' },
  ctrl: { word: 'shortcuts:key.control' },
  alt: { word: 'shortcuts:key.alt' },
  shift: { word: 'shortcuts:key.shift' },
};
const KEYS: Readonly<Record<string, Cap>> = {
  enter: { word: 'shortcuts:key.enter' },
  escape: { word: 'shortcuts:key.escape' },
  arrowup: { sign: '↑', word: 'shortcuts:key.arrowUp' },
  arrowdown: { sign: '↓', word: 'shortcuts:key.arrowDown' },
};

function capsOf(step: Step, platform: Platform): readonly Cap[] {
  const signs = platform === 'mac' ? MAC_SIGNS : OTHER_SIGNS;
  const held = (['ctrl', 'alt', 'shift', 'mod'] as const).filter((name) => step[name]);
  // Windows and Linux write Ctrl first; a Mac writes ⌘ last.
  const order =
    platform === 'mac' ? held : [...held].sort((a, b) => Number(b === 'mod') - Number(a === 'mod'));
  const key =
    platform === 'mac' && step.key === 'enter'
      ? { sign: '↵', word: 'shortcuts:key.enter' as const }
      : KEYS[step.key];
  return [
    ...order.map((name) => signs[name]).filter((cap) => cap !== undefined),
    key ?? { sign: step.key.toUpperCase() },
  ];
}

/** The caps of a chord, step by step, as the platform writes them. */
export function chordCaps(chord: Chord, platform: Platform): readonly (readonly Cap[])[] {
  return chord.map((step) => capsOf(step, platform));
}

const ARIA_KEYS: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Escape',
  arrowup: 'ArrowUp',
  arrowdown: 'ArrowDown',
};

/** For `aria-keyshortcuts`; undefined for a sequence, which it cannot say. */
export function ariaKeyShortcuts(chord: Chord | null, platform: Platform): string | undefined {
  const [step, more] = chord ?? [];
  if (step === undefined || more !== undefined) return undefined;
  const held = [
    step.mod ? (platform === 'mac' ? 'Meta' : 'Control') : '',
    step.ctrl ? 'Control' : '',
    step.alt ? 'Alt' : '',
    step.shift ? 'Shift' : '',
  ].filter((name) => name !== '');
  return [...held, ARIA_KEYS[step.key] ?? step.key.toUpperCase()].join('+');
}
