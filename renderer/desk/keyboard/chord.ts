export type Platform = 'mac' | 'other';

/** One press with its modifiers, named without a platform: `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export interface Step {
  /** `j`, `1`, `/`, `enter`, `arrowdown`, `f6`. */
  readonly key: string;
  readonly mod: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** One step, or several pressed one after another: `mod+k`, `p 1`, `g i`. */
export type Chord = readonly Step[];

const MODIFIERS = new Set(['mod', 'ctrl', 'alt', 'shift']);
const NAMED =
  /^(?:enter|escape|tab|space|backspace|delete|home|end|pageup|pagedown|arrow(?:up|down|left|right)|f(?:[1-9]|1[0-2]))$/;

export type KeyKind = 'letter' | 'digit' | 'named' | 'punctuation';

/** How a key is matched (K3): letters may fall back to the place of the key, punctuation never. */
export function keyKind(key: string): KeyKind {
  if (/^[a-z]$/.test(key)) return 'letter';
  if (/^[0-9]$/.test(key)) return 'digit';
  return NAMED.test(key) ? 'named' : 'punctuation';
}

function parseStep(text: string): Step | null {
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  if (!parts.every((part) => MODIFIERS.has(part)) || new Set(parts).size !== parts.length) return null;
  if (keyKind(key) === 'punctuation' && !/^[^\w\s+]$/.test(key)) return null;
  const has = (name: string): boolean => parts.includes(name);
  return { key, mod: has('mod'), ctrl: has('ctrl'), alt: has('alt'), shift: has('shift') };
}

/** Reads `mod+shift+enter`, `g i`, `?`; null when it is none. */
export function parseChord(text: string): Chord | null {
  const steps = text.trim().toLowerCase().split(/\s+/).map(parseStep);
  const known = steps.filter((step) => step !== null);
  return known.length === steps.length && known.length > 0 ? known : null;
}

/** The canonical spelling, for comparing. */
export function chordText(chord: Chord): string {
  return chord
    .map((step) =>
      [
        step.mod ? 'mod' : '',
        step.ctrl ? 'ctrl' : '',
        step.alt ? 'alt' : '',
        step.shift ? 'shift' : '',
        step.key,
      ]
        .filter((part) => part !== '')
        .join('+'),
    )
    .join(' ');
}

/** Whether a step types a character: such ones fire outside text inputs only (K1). */
export function isCharacter(step: Step): boolean {
  return !step.mod && !step.ctrl && !step.alt && keyKind(step.key) !== 'named';
}

/** K2: no chord of letters or digits with Alt or Option, which type characters on many layouts. */
export function isForbidden(step: Step): boolean {
  return step.alt && keyKind(step.key) !== 'named';
}
