import { cut } from '../../domain/text.ts';

const MAX_NAME = 31;
const FORBIDDEN = /[[\]:*?/\\\u0000-\u001F]/g;

/**
 * A name that a sheet may have, other than those `taken` (compared without case): 31 UTF-16 units at most, none of
 * `[]:*?/\`, no apostrophe at either end. Where two would be the same, a number goes behind.
 */
export function sheetName(wanted: string, taken: ReadonlySet<string>): string {
  const clean =
    wanted
      .replaceAll(FORBIDDEN, ' ')
      .trim()
      .replaceAll(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  // A name that spreadsheets keep for themselves.
  const base = clean.toLowerCase() === 'history' ? `${clean} 1` : clean;
  for (let turn = 1; ; turn += 1) {
    const suffix = turn === 1 ? '' : ` (${turn})`;
    const name = cut(base.toWellFormed(), MAX_NAME - suffix.length).trim() + suffix;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
