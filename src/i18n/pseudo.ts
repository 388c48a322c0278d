import { PSEUDO, PSEUDO_RTL } from './locale.ts';
import type { LocaleMessages, Messages } from './messages.ts';

const FROM = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçđéƒǧĥíĵķĺɱñóƥɋŕšţúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶĹṀÑÓƤɊŔŠŢÚṼŴẊÝŽ';
/** Letters turned on their heads, so that mirrored text can still be told from a source string that escaped. */
const TURNED = 'ɐqɔpǝɟƃɥıɾʞʅɯuodbɹsʇnʌʍxʎz∀ԐↃᗡƎℲ⅁HIſӼ⅂WNOԀÒᴚS⊥∩ɅMX⅄Z';

/** RIGHT-TO-LEFT OVERRIDE and POP DIRECTIONAL FORMATTING. */
const RLO = '\u202E';
const PDF = '\u202C';

/** What must come through untouched: `{{placeholders}}`, `<tags>`, `&entities;` and `$t(...)`. */
const KEPT = /(\{\{[^{}]*\}\}|<\/?[A-Za-z0-9]+\s*\/?>|&[a-z]+;|\$t\([^)]*\))/;

/** How much longer a text becomes, as a share of its letters. */
const GROWTH = 0.4;

function letterMap(to: string): ReadonlyMap<string, string> {
  const letters = [...to];
  return new Map([...FROM].map((letter, index) => [letter, letters[index] ?? letter]));
}

const ACCENT_MAP = letterMap(ACCENTED);
const TURNED_MAP = letterMap(TURNED);

function mapped(text: string, letters: ReadonlyMap<string, string>): string {
  return [...text].map((letter) => letters.get(letter) ?? letter).join('');
}

/** The pieces of a text; those with an odd index are kept as they are. */
function pieces(text: string): string[] {
  return text.split(KEPT);
}

function letterCount(text: string): number {
  return pieces(text)
    .filter((_, index) => index % 2 === 0)
    .reduce((sum, piece) => sum + [...piece].filter((letter) => letter !== ' ').length, 0);
}

/** `Reply` → `[Ŕéƥĺý··]`: accents show what is not translated, the brackets what is clipped, the length what is too narrow. */
export function pseudoText(text: string): string {
  if (text === '') return '';
  const body = pieces(text)
    .map((piece, index) => (index % 2 === 0 ? mapped(piece, ACCENT_MAP) : piece))
    .join('');
  const padding = '·'.repeat(Math.ceil(letterCount(text) * GROWTH));
  return `[${body}${padding}]`;
}

/** The text run from right to left: each piece between placeholders and tags is overridden and its letters turned. */
export function pseudoRtlText(text: string): string {
  return pieces(text)
    .map((piece, index) => {
      if (index % 2 === 1 || piece === '') return piece;
      return `${RLO}${mapped(piece, TURNED_MAP)}${PDF}`;
    })
    .join('');
}

function transformed(messages: Messages, change: (text: string) => string): Messages {
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, change(text)]));
}

/** Patterns of dates and lengths are filled by code, so a pseudo-language keeps the source's. */
const PATTERN_FEATURE = 'formats';

/** LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE: the source's patterns keep their order among texts that run the other way. */
const LRI = '\u2066';
const PDI = '\u2069';

function isolatedPattern(text: string): string {
  return `${LRI}${text}${PDI}`;
}

/** Makes a whole pseudo-language from the source language's texts. */
export function pseudoMessages(
  source: LocaleMessages,
  tag: typeof PSEUDO | typeof PSEUDO_RTL,
): LocaleMessages {
  const change = tag === PSEUDO ? pseudoText : pseudoRtlText;
  const keep = tag === PSEUDO ? (text: string) => text : isolatedPattern;
  return Object.fromEntries(
    Object.entries(source).map(([feature, messages]) => [
      feature,
      transformed(messages, feature === PATTERN_FEATURE ? keep : change),
    ]),
  );
}

/** Both pseudo-languages, by tag. */
export function pseudoResources(source: LocaleMessages): Readonly<Record<string, LocaleMessages>> {
  return {
    [PSEUDO]: pseudoMessages(source, PSEUDO),
    [PSEUDO_RTL]: pseudoMessages(source, PSEUDO_RTL),
  };
}
