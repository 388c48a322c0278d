import { isForbidden, keyKind, type Platform, type Step } from './chord.ts';
import type { Where } from './commands.ts';

/** Where the focus is when a key goes down. `control`: a button, link or tab, to which Enter, Space and arrows belong. */
export type Focus = 'text' | 'control' | 'overlay' | 'elsewhere';

/** A key press as the core sees it: no DOM. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  readonly altGraph: boolean;
  readonly composing: boolean;
  readonly repeat: boolean;
  readonly focus: Focus;
}

/** keyCode of a key that an input method has taken. */
const TAKEN_BY_INPUT_METHOD = 229;

/** K4: nothing fires while an input method composes, Ctrl+Enter included. */
export function isComposing(press: KeyPress): boolean {
  if (press.composing) return true;
  return press.focus === 'text' && (press.keyCode === TAKEN_BY_INPUT_METHOD || press.key === 'Process');
}

/** Whether what the key typed is of another script, or the input method kept it for itself (K3). */
function hidesItsLetter(key: string): boolean {
  if (key === 'Process') return true;
  return [...key].length === 1 && /\p{L}|\p{N}/u.test(key) && !/[\p{Script=Latin}0-9]/u.test(key);
}

/** K3: letters and digits by what they type; by their place only where they type another script. */
function keyMatches(wanted: string, press: KeyPress): boolean {
  const typed = press.key.toLowerCase();
  switch (keyKind(wanted)) {
    case 'named':
      return typed === wanted || (wanted === 'space' && press.key === ' ');
    case 'punctuation':
      return press.key === wanted;
    case 'letter':
      if (hidesItsLetter(press.key)) return press.code === `Key${wanted.toUpperCase()}`;
      return typed === wanted;
    case 'digit':
      if (hidesItsLetter(press.key)) return press.code === `Digit${wanted}`;
      return typed === wanted;
  }
}

function modifiersMatch(step: Step, press: KeyPress, platform: Platform): boolean {
  const ctrl = step.ctrl || (step.mod && platform === 'other');
  const meta = step.mod && platform === 'mac';
  if (press.ctrl !== ctrl || press.meta !== meta || press.alt !== step.alt) return false;
  // What a layout needs Shift for is typed all the same: `?` and `/` stand where they stand.
  return keyKind(step.key) === 'punctuation' || press.shift === step.shift;
}

/** Whether a press is this step. AltGr types characters, so it is never a modifier of ours (K2). */
export function matchesStep(step: Step, press: KeyPress, platform: Platform): boolean {
  if (isForbidden(step)) return false;
  if (press.altGraph && keyKind(step.key) !== 'punctuation') return false;
  const bare = press.altGraph ? { ...press, ctrl: false, alt: false } : press;
  return modifiersMatch(step, bare, platform) && keyMatches(step.key, bare);
}

/** Whether a chord that fires at `where` may fire with the focus where it is. */
export function mayFire(where: Where, step: Step, press: KeyPress): boolean {
  if (press.focus === 'overlay') return where === 'anywhere' && step.mod;
  if (press.focus === 'text') return where !== 'outside';
  if (where === 'text') return false;
  const ownedByControl =
    keyKind(step.key) === 'named' && !step.mod && !step.alt && !/^(escape|f\d+)$/.test(step.key);
  return !(press.focus === 'control' && ownedByControl);
}
