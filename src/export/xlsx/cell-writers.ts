import type { LocalClock } from '../../domain/hours/local-clock.ts';
import { wallDateTime } from '../csv-text.ts';
import type { Cell, CellType } from '../table.ts';
import { cellText, needsSpace, xmlText } from './cell-text.ts';
import { serialOfDate, serialOfLength, serialOfWall } from './serial.ts';
import { STYLE } from './styles.ts';

/** How the items of a list stand in one cell. */
export const LIST_SEPARATOR = ', ';

/** Writes one cell; `at` is its place without the row, `row` the row's number as text. Hears of texts it shortened. */
export type CellWriter = (value: Cell, at: string, row: string) => string;

/** A typed text cell: never a formula, whatever it begins with. */
export function textCell(text: string, at: string, row: string, style: number): string {
  const space = needsSpace(text) ? ' xml:space="preserve"' : '';
  return `<c r="${at}${row}" s="${style}" t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
}

function numberCell(value: number, at: string, row: string, style: number): string {
  return style === STYLE.general
    ? `<c r="${at}${row}"><v>${value}</v></c>`
    : `<c r="${at}${row}" s="${style}"><v>${value}</v></c>`;
}

/** The writers of one workbook's cells, by type. `onShortened` hears of each text that did not fit. */
export function cellWriters(
  clock: LocalClock,
  onShortened: () => void,
): Readonly<Record<CellType, CellWriter>> {
  const text = (value: string, at: string, row: string): string => {
    if (value === '') return '';
    const fitting = cellText(value);
    // A half pair that was mended is as long as before.
    if (fitting.length < value.length) onShortened();
    return textCell(fitting, at, row, STYLE.text);
  };
  const texts: CellWriter = (value, at, row) => (typeof value === 'string' ? text(value, at, row) : '');
  const numbers =
    (
      style: number,
      serial: (value: number) => number | null,
      fallback: (value: number) => string,
    ): CellWriter =>
    (value, at, row) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) return '';
      const number = serial(value);
      return number === null ? text(fallback(value), at, row) : numberCell(number, at, row, style);
    };
  const same = (value: number): number => value;
  return {
    text: texts,
    longText: texts,
    list: (value, at, row) => (Array.isArray(value) ? text(value.join(LIST_SEPARATOR), at, row) : ''),
    number: numbers(STYLE.general, same, String),
    integer: numbers(STYLE.integer, same, String),
    share: numbers(STYLE.share, same, String),
    boolean: (value, at, row) =>
      typeof value === 'boolean' ? `<c r="${at}${row}" t="b"><v>${value ? 1 : 0}</v></c>` : '',
    dateTime: numbers(
      STYLE.dateTime,
      (at) => serialOfWall(clock.wall(at)),
      (at) => wallDateTime(clock.wall(at)),
    ),
    date: (value, at, row) => {
      if (typeof value !== 'string') return '';
      const serial = serialOfDate(value);
      return serial === null ? text(value, at, row) : numberCell(serial, at, row, STYLE.date);
    },
    duration: numbers(STYLE.duration, serialOfLength, String),
  };
}

/** `0` → `A`, `26` → `AA`: the letters of a column. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (index % 26));
}
