export type Direction = 'ltr' | 'rtl';

/** Pseudo-languages made from the source: accents and length, and the same from right to left. */
export const PSEUDO = 'en-XA';
export const PSEUDO_RTL = 'en-XB';

const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb', 'syr']);

/** Which way the lines of a language run. */
export function directionOf(tag: string): Direction {
  if (tag === PSEUDO_RTL) return 'rtl';
  const [language = '', second = ''] = tag.split('-');
  if (second === 'Arab' || second === 'Hebr') return 'rtl';
  if (second === 'Latn') return 'ltr';
  return RIGHT_TO_LEFT.has(language.toLowerCase()) ? 'rtl' : 'ltr';
}

/** `pt-BR` → `pt`. */
export function baseLanguage(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

/** The language whose rules for numbers and plurals hold: a pseudo-language borrows those of its source. */
export function formattingLocale(tag: string): string {
  return tag === PSEUDO || tag === PSEUDO_RTL ? 'en' : tag;
}

function sameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The one of `available` that serves `wanted` best: itself, its base, or another of the same base (`pt` → `pt-BR`). */
function bestFor(wanted: string, available: readonly string[]): string | null {
  const base = baseLanguage(wanted);
  return (
    available.find((tag) => sameTag(tag, wanted)) ??
    available.find((tag) => sameTag(tag, base)) ??
    available.find((tag) => sameTag(baseLanguage(tag), base)) ??
    null
  );
}

/**
 * Chooses a language: the first of `wanted` (in the reader's order) that is available in any form, else `fallback`.
 * All are BCP 47 tags.
 */
export function negotiateLocale(
  wanted: readonly string[],
  available: readonly string[],
  fallback: string,
): string {
  for (const tag of wanted) {
    const found = bestFor(tag, available);
    if (found !== null) return found;
  }
  return fallback;
}

/** F2: where a text is looked for, in order: the language, its base, a sibling of that base, then `fallback`. */
export function fallbackChain(tag: string, available: readonly string[], fallback: string): string[] {
  const base = baseLanguage(tag);
  const siblings = available.filter((other) => sameTag(baseLanguage(other), base));
  return [...new Set([tag, base, ...siblings, fallback])].filter((entry) =>
    available.some((other) => sameTag(other, entry)),
  );
}

/**
 * F2 for names kept per language (custom fields, tags): the chain's first name, else `key`.
 * `names` maps BCP 47 tags to names.
 */
export function localizedName(
  names: Readonly<Record<string, string>>,
  tag: string,
  fallback: string,
  key: string,
): string {
  for (const entry of fallbackChain(tag, Object.keys(names), fallback)) {
    const name = Object.hasOwn(names, entry) ? names[entry] : undefined;
    if (name !== undefined && name !== '') return name;
  }
  return key;
}
