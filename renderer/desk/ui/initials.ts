/** One or two letters of a name: first and last word; of a name in Hangul or Han, the given name's first syllable. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '')
    .filter((letter) => letter !== '');
  const [first = '?'] = words;
  if (/[\p{Script=Hangul}\p{Script=Han}]/u.test(first)) {
    const letters = [...name.trim()].filter((letter) => /\p{L}/u.test(letter));
    return letters[1] ?? letters[0] ?? '?';
  }
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase();
}
