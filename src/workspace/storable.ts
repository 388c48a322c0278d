/**
 * In JSON: half of a surrogate pair, which UTF-8 has no bytes for, and the character that PostgreSQL refuses; behind an
 * even number of backslashes, else it is text about them.
 */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\(?:ud[89a-f][0-9a-f]{2}|u0000)/g;

/** Whether every string in this JSON text reads back from any store as it was written. */
export function isStorable(json: string): boolean {
  // Both are escaped: most texts have no backslash at all.
  return !json.includes('\\') || json.search(UNSTORABLE) === -1;
}

/** The same of one text, without making JSON of it. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

/** The value of this JSON text with U+FFFD for what no store keeps as it is: rows must read back as they were written. */
export function storableValue(json: string): unknown {
  return JSON.parse(json.replace(UNSTORABLE, '$1\ufffd'));
}
