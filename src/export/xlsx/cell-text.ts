import { cut } from '../../domain/text.ts';

/** The most UTF-16 units a cell of a workbook holds. */
export const MAX_CELL_TEXT = 32_767;
const ELLIPSIS = '…';

/**
 * Text as a cell can hold it: whole, or its beginning with `…` behind it, 32,767 UTF-16 units together at most. A pair of
 * surrogates is never cut in two. Half of a pair becomes U+FFFD.
 */
export function cellText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (whole.length <= MAX_CELL_TEXT) return whole;
  return cut(whole, MAX_CELL_TEXT - ELLIPSIS.length) + ELLIPSIS;
}

/** What XML 1.0 has no place for, or a spreadsheet reads as something else: markup, controls, what looks like an escape. */
const SPECIAL = /[&<>\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/;
const ALL_SPECIAL = new RegExp(SPECIAL, 'g');

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(char: string): string {
  const markup = MARKUP[char];
  if (markup !== undefined) return markup;
  return `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/**
 * Text as the content of a cell's `<t>`. Control characters, and U+FFFE and U+FFFF, are written `_xHHHH_`, as the format has it; a text
 * that looks like such an escape has its underscore escaped, so that it comes back as it was. Tab and newline stay.
 */
export function xmlText(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, escaped) : text;
}

/** Text as an attribute's value between double quotes. */
export function xmlAttribute(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u001F\uFFFE\uFFFF]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}

/** Whether a reader would drop space at either end without being told to keep it. */
export function needsSpace(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return first <= 32 || last <= 32 || text.includes('\n');
}
