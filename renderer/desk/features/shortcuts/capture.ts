import { type Binding, bindingsFor, conflictsIn, type KeySettings } from '../../keyboard/bindings.ts';
import { chordText, keyKind, type Platform, parseChord } from '../../keyboard/chord.ts';
import type { CommandId } from '../../keyboard/commands.ts';
import type { KeyPress } from '../../keyboard/press.ts';

/** What a press means while new keys are asked for. `wait`: a modifier alone, or nothing of ours. */
export type Captured =
  | { readonly type: 'chord'; readonly chord: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'remove' }
  | { readonly type: 'wait' }
  | { readonly type: 'refused'; readonly why: 'typesCharacters' | 'keptByBrowser' };

/** K5: with Ctrl or ⌘ these close and open windows of the browser, whoever listens. */
const KEPT_BY_BROWSERS = new Set(['t', 'w', 'n']);

/** The name of the pressed key: what it types, or its place where it types another script (K3). */
function keyName(press: KeyPress): string | null {
  const typed = press.key.toLowerCase();
  if (keyKind(typed) === 'named') return typed;
  if (/^[a-z0-9]$/.test(typed)) return typed;
  if (/^[!-/:-@[-`{-~]$/.test(press.key)) return press.key;
  const [, letter, digit] = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(press.code) ?? [];
  const isOtherScript = press.key === 'Process' || /^(?!\p{Script=Latin})\p{L}$/u.test(press.key);
  return isOtherScript ? (letter?.toLowerCase() ?? digit ?? null) : null;
}

/** Reads a press as new keys for a command. */
export function captured(press: KeyPress, platform: Platform): Captured {
  if (press.composing) return { type: 'wait' };
  const plain = !press.ctrl && !press.alt && !press.meta && !press.shift;
  if (plain && press.key === 'Escape') return { type: 'cancel' };
  if (plain && (press.key === 'Backspace' || press.key === 'Delete')) return { type: 'remove' };
  const key = keyName(press);
  if (key === null) return { type: 'wait' };
  const mod = platform === 'mac' ? press.meta : press.ctrl;
  const kind = keyKind(key);
  if ((press.alt || press.altGraph) && kind !== 'named') return { type: 'refused', why: 'typesCharacters' };
  if (mod && KEPT_BY_BROWSERS.has(key)) return { type: 'refused', why: 'keptByBrowser' };
  const chord = [
    mod ? 'mod+' : '',
    platform === 'mac' && press.ctrl ? 'ctrl+' : '',
    press.alt ? 'alt+' : '',
    press.shift && kind !== 'punctuation' ? 'shift+' : '',
    key,
  ].join('');
  const parsed = parseChord(chord);
  return parsed === null ? { type: 'wait' } : { type: 'chord', chord: chordText(parsed) };
}

/** The command that has these keys already where they would be used; null when they are free. */
export function takenBy(settings: KeySettings, id: CommandId, chord: string): CommandId | null {
  const after = bindingsFor({ ...settings, remap: { ...settings.remap, [id]: [chord] } });
  const conflict = conflictsIn(after).find(({ ids }) => ids.includes(id));
  return conflict?.ids.find((other) => other !== id) ?? opensSequence(after, id, chord);
}

/** A key that begins another command's sequence would make that one wait for ever. */
function opensSequence(bindings: readonly Binding[], id: CommandId, chord: string): CommandId | null {
  const found = bindings.find(
    (binding) =>
      binding.id !== id && binding.chord.length > 1 && chordText(binding.chord.slice(0, 1)) === chord,
  );
  return found?.id ?? null;
}

/** The remapping without one command's own keys. */
export function withoutRemap(remap: KeySettings['remap'], id: CommandId): KeySettings['remap'] {
  return Object.fromEntries(Object.entries(remap).filter(([other]) => other !== id));
}
