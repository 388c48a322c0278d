const SYLLABLES_FROM = 0xac00;
const SYLLABLES_TO = 0xd7a3;
const PER_INITIAL = 588;
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';

/** The initial consonants of Hangul (초성): `대화 종료` → `ㄷㅎ ㅈㄹ`; everything else stays. */
export function initialConsonants(text: string): string {
  return [...text]
    .map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code < SYLLABLES_FROM || code > SYLLABLES_TO) return letter;
      return INITIALS[Math.floor((code - SYLLABLES_FROM) / PER_INITIAL)] ?? letter;
    })
    .join('');
}

const isConsonants = (text: string): boolean => /^[ㄱ-ㅎ\s]+$/.test(text);

const normal = (text: string): string => text.normalize('NFC').toLocaleLowerCase();

/** Where the letters of `query` lie in `text` in order; null when they do not. Near the beginning is better. */
function scattered(text: string, query: string): number | null {
  let at = -1;
  let gaps = 0;
  for (const letter of query) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return null;
    gaps += next - at - 1;
    at = next;
  }
  return gaps;
}

/**
 * How well `text` answers `query`: greater is better, null when not at all. A beginning beats the beginning of a word, that
 * beats a part, that beats letters in order with few gaps. Consonants alone match Hangul by its initials.
 */
export function matchScore(text: string, query: string): number | null {
  const wanted = normal(query).trim();
  if (wanted === '') return 0;
  const body = isConsonants(wanted) ? initialConsonants(normal(text)) : normal(text);
  const at = body.indexOf(wanted);
  if (at === 0) return 1_000 - body.length / 1_000;
  if (at > 0) return (/\s/.test(body[at - 1] ?? '') ? 800 : 600) - at / 1_000;
  const tight = wanted.replaceAll(' ', '');
  const gaps = tight.length < 2 ? null : scattered(body, tight);
  return gaps === null || gaps > tight.length * 3 ? null : 300 - gaps;
}

/** The items that match, best first; equals keep their order. */
export function ranked<T>(items: readonly T[], query: string, textOf: (item: T) => string): readonly T[] {
  return items
    .map((item) => ({ item, score: matchScore(textOf(item), query) }))
    .filter((entry): entry is { item: T; score: number } => entry.score !== null)
    .sort((one, other) => other.score - one.score)
    .map(({ item }) => item);
}
