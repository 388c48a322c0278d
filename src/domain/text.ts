import { PREVIEW_LENGTH } from './model.ts';

/** Enough text that a preview is full however many spaces are folded in ordinary writing. */
const SCANNED = PREVIEW_LENGTH * 8;

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Cuts `text` to at most `length` UTF-16 code units without splitting a code point. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, isHighSurrogate(text.charCodeAt(length - 1)) ? length - 1 : length);
}

/** One line of at most `PREVIEW_LENGTH` characters for lists: line breaks and runs of space become one space. */
export function preview(text: string): string {
  const line = cut(text.trimStart(), SCANNED).replace(/\s+/gu, ' ');
  return cut(line, PREVIEW_LENGTH).trimEnd();
}
