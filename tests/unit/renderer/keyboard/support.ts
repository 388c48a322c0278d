import { bindingsFor, type KeySettings } from '../../../../renderer/desk/keyboard/bindings.ts';
import type { CommandId } from '../../../../renderer/desk/keyboard/commands.ts';
import {
  type KeyMap,
  type KeyOutcome,
  type KeyState,
  pressKey,
} from '../../../../renderer/desk/keyboard/machine.ts';
import type { KeyPress } from '../../../../renderer/desk/keyboard/press.ts';

export const STANDARD: KeySettings = { platform: 'other', set: 'standard', remap: {} };

export function keyMap(settings: Partial<KeySettings> = {}, dead: readonly CommandId[] = []): KeyMap {
  const all = { ...STANDARD, ...settings };
  return {
    bindings: bindingsFor(all),
    platform: all.platform,
    timeoutMs: 1_000,
    isLive: (id) => !dead.includes(id),
  };
}

/** A press of a US keyboard, changed where it differs. */
export function press(key: string, change: Partial<KeyPress> = {}): KeyPress {
  const letter = /^[a-z]$/i.test(key);
  return {
    key,
    code: letter ? `Key${key.toUpperCase()}` : /^[0-9]$/.test(key) ? `Digit${key}` : key,
    keyCode: letter ? key.toUpperCase().charCodeAt(0) : 0,
    ctrl: false,
    alt: false,
    shift: /^[A-Z]$/.test(key),
    meta: false,
    altGraph: false,
    composing: false,
    repeat: false,
    focus: 'elsewhere',
    ...change,
  };
}

/** Presses keys one after another, 10 ms apart; the outcome of each. */
export function pressAll(presses: readonly KeyPress[], map: KeyMap = keyMap()): readonly KeyOutcome[] {
  let state: KeyState = null;
  return presses.map((each, index) => {
    const answer = pressKey(state, each, index * 10, map);
    state = answer.state;
    return answer.outcome;
  });
}

/** What the last of some presses ran; null when it ran nothing. */
export function ran(presses: KeyPress | readonly KeyPress[], map: KeyMap = keyMap()): CommandId | null {
  const outcome = pressAll('key' in presses ? [presses] : presses, map).at(-1);
  return outcome?.type === 'run' ? outcome.id : null;
}
