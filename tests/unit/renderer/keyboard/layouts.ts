import type { KeyPress } from '../../../../renderer/desk/keyboard/press.ts';
import { press } from './support.ts';

/** What a layout sends for a letter's key in its QWERTY or national place, and for the punctuation we use. */
export interface Layout {
  readonly name: string;
  /** The press of the key that a reader of this layout calls `letter`. */
  letter(letter: string): KeyPress;
  digit(digit: string): KeyPress;
  readonly slash: KeyPress;
  readonly question: KeyPress;
  readonly period: KeyPress;
  readonly comma: KeyPress;
}

const HANGUL: Readonly<Record<string, string>> = {
  a: 'ㅁ',
  b: 'ㅠ',
  c: 'ㅊ',
  d: 'ㅇ',
  e: 'ㄷ',
  f: 'ㄹ',
  g: 'ㅎ',
  h: 'ㅗ',
  i: 'ㅑ',
  j: 'ㅓ',
  k: 'ㅏ',
  l: 'ㅣ',
  m: 'ㅡ',
  n: 'ㅜ',
  o: 'ㅐ',
  p: 'ㅔ',
  q: 'ㅂ',
  r: 'ㄱ',
  s: 'ㄴ',
  t: 'ㅅ',
  u: 'ㅕ',
  v: 'ㅍ',
  w: 'ㅈ',
  x: 'ㅌ',
  y: 'ㅛ',
  z: 'ㅋ',
};

const latin = (letter: string): KeyPress => press(letter);

/** Swedish: `/` is Shift+7, `?` is Shift on the key right of 0. */
const SWEDISH: Layout = {
  name: 'Swedish',
  letter: latin,
  digit: (digit) => press(digit),
  slash: press('/', { code: 'Digit7', shift: true }),
  question: press('?', { code: 'Minus', shift: true }),
  period: press('.', { code: 'Period' }),
  comma: press(',', { code: 'Comma' }),
};

/** German: Y and Z change places, so the key's place says the wrong letter. */
const GERMAN: Layout = {
  ...SWEDISH,
  name: 'German',
  letter: (letter) =>
    press(letter, { code: { y: 'KeyZ', z: 'KeyY' }[letter] ?? `Key${letter.toUpperCase()}` }),
};

/** Brazilian ABNT2: `/` and `?` stand on a key of their own. */
const ABNT2: Layout = {
  name: 'ABNT2',
  letter: latin,
  digit: (digit) => press(digit),
  slash: press('/', { code: 'IntlRo' }),
  question: press('?', { code: 'IntlRo', shift: true }),
  period: press('.', { code: 'Period' }),
  comma: press(',', { code: 'Comma' }),
};

const US: Layout = {
  name: 'US',
  letter: latin,
  digit: (digit) => press(digit),
  slash: press('/', { code: 'Slash' }),
  question: press('?', { code: 'Slash', shift: true }),
  period: press('.', { code: 'Period' }),
  comma: press(',', { code: 'Comma' }),
};

/** Korean 2-set in Hangul mode: letters arrive as Hangul, punctuation as itself. */
const KOREAN: Layout = {
  ...US,
  name: 'Korean 2-set',
  letter: (letter) => press(HANGUL[letter] ?? letter, { code: `Key${letter.toUpperCase()}` }),
};

/** Korean 2-set where the input method keeps the key: `Process`, 229, and not composing. */
const KOREAN_PROCESS: Layout = {
  ...US,
  name: 'Korean 2-set, kept by the input method',
  letter: (letter) => press('Process', { code: `Key${letter.toUpperCase()}`, keyCode: 229 }),
  digit: (digit) => press('Process', { code: `Digit${digit}`, keyCode: 229 }),
};

const ARABIC_LETTERS: Readonly<Record<string, string>> = { j: 'ت', k: 'ن', p: 'ح', e: 'ث', z: 'ئ' };

/** Arabic: letters of another script, `?` is another sign and so matches nothing. */
const ARABIC: Layout = {
  ...US,
  name: 'Arabic',
  letter: (letter) => press(ARABIC_LETTERS[letter] ?? 'ا', { code: `Key${letter.toUpperCase()}` }),
};

export const LAYOUTS: readonly Layout[] = [US, KOREAN, KOREAN_PROCESS, SWEDISH, ABNT2, GERMAN, ARABIC];
