import type { Binding } from './bindings.ts';
import type { Platform } from './chord.ts';
import type { CommandId } from './commands.ts';
import { isComposing, type KeyPress, matchesStep, mayFire } from './press.ts';

/** How long a sequence waits for its next key, unless it is handed in. */
export const SEQUENCE_TIMEOUT_MS = 1_500;

export interface KeyMap {
  readonly bindings: readonly Binding[];
  readonly platform: Platform;
  readonly timeoutMs: number;
  /** Whether a command can run now: one that nobody handles leaves its key to the browser. */
  readonly isLive: (id: CommandId) => boolean;
}

/** The steps pressed so far of a sequence, and the command that runs if none follows (`p` before `p 1`). */
export interface Waiting {
  readonly open: readonly Binding[];
  readonly done: number;
  readonly alone: CommandId | null;
  readonly until: number;
}

export type KeyState = Waiting | null;

/** `run`: run it and keep the key from the browser. `wait`: keep the key, more may follow. `pass`: not ours. */
export type KeyOutcome =
  | { readonly type: 'run'; readonly id: CommandId }
  | { readonly type: 'wait' }
  | { readonly type: 'pass' };

export interface KeyAnswer {
  readonly state: KeyState;
  readonly outcome: KeyOutcome;
}

const MODIFIER_KEYS = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Fn',
  'Hyper',
  'Super',
  'HangulMode',
  'KanaMode',
]);
const PASS: KeyOutcome = { type: 'pass' };

function openAt(
  bindings: readonly Binding[],
  index: number,
  press: KeyPress,
  map: KeyMap,
): readonly Binding[] {
  return bindings.filter((binding) => {
    const step = binding.chord[index];
    if (step === undefined || !matchesStep(step, press, map.platform)) return false;
    if (press.repeat && !binding.repeats) return false;
    return mayFire(binding.where, step, press) && map.isLive(binding.id);
  });
}

function answer(open: readonly Binding[], done: number, now: number, map: KeyMap): KeyAnswer {
  const complete = open.find((binding) => binding.chord.length === done);
  const longer = open.filter((binding) => binding.chord.length > done);
  if (longer.length > 0) {
    const state: Waiting = { open: longer, done, alone: complete?.id ?? null, until: now + map.timeoutMs };
    return { state, outcome: { type: 'wait' } };
  }
  if (complete === undefined) return { state: null, outcome: PASS };
  return { state: null, outcome: { type: 'run', id: complete.id } };
}

/** Takes one key press at `now` (milliseconds of any clock). Pure: the next state and what to do come back. */
export function pressKey(state: KeyState, press: KeyPress, now: number, map: KeyMap): KeyAnswer {
  if (MODIFIER_KEYS.has(press.key)) return { state, outcome: PASS };
  if (isComposing(press)) return { state: null, outcome: PASS };
  if (state !== null && now < state.until) {
    const open = openAt(state.open, state.done, press, map);
    if (open.length > 0) return answer(open, state.done + 1, now, map);
    // Escape only ends the sequence; another key begins anew.
    if (press.key === 'Escape') return { state: null, outcome: { type: 'wait' } };
  }
  return answer(openAt(map.bindings, 0, press, map), 1, now, map);
}

/** The time of a sequence has run out: what it stood for by itself, if anything. */
export function expire(state: KeyState, now: number): KeyAnswer {
  if (state === null || now < state.until) return { state, outcome: PASS };
  return { state: null, outcome: state.alone === null ? PASS : { type: 'run', id: state.alone } };
}
