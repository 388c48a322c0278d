import type { Column, CellType } from '../table.ts';
import { columnLetters, textCell } from './cell-writers.ts';
import { cellText } from './cell-text.ts';
import { STYLE } from './styles.ts';

/** Rows above the data: the names, and under them the stable keys. */
export const HEADER_ROWS = 2;
const SHEET_ROWS = 1_048_576;
/** The most rows of data on one sheet; the next one begins another. */
export const MAX_DATA_ROWS = SHEET_ROWS - HEADER_ROWS;

const WIDTHS: Readonly<Record<CellType, number>> = {
  text: 18,
  longText: 48,
  list: 28,
  number: 12,
  integer: 10,
  share: 10,
  boolean: 10,
  dateTime: 20,
  date: 12,
  duration: 12,
};
const MAX_WIDTH = 48;

/** How wide a text is, in digits: what CJK has takes two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += (char.codePointAt(0) ?? 0) >= 0x11_00 ? 2 : 1;
  return width;
}

function widthOf({ header, key, type }: Column): number {
  // The arrow of the filter stands beside the key.
  return Math.min(MAX_WIDTH, Math.max(WIDTHS[type], displayWidth(header) + 2, key.length + 4));
}

function headRow(number: string, texts: readonly string[], style: number): string {
  const cells = texts.map((text, index) => textCell(cellText(text), columnLetters(index), number, style));
  return `<row r="${number}">${cells.join('')}</row>`;
}

/** A sheet up to its first row of data: frozen header, widths, names, keys. */
export function sheetHead(columns: readonly Column[], isFirst: boolean): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>',
    `<sheetView workbookViewId="0"${isFirst ? ' tabSelected="1"' : ''}>`,
    `<pane ySplit="${HEADER_ROWS}" topLeftCell="A${HEADER_ROWS + 1}" activePane="bottomLeft" state="frozen"/>`,
    `<selection pane="bottomLeft" activeCell="A${HEADER_ROWS + 1}" sqref="A${HEADER_ROWS + 1}"/>`,
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>',
    ...columns.map(
      (column, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1"/>`,
    ),
    '</cols><sheetData>',
    headRow(
      '1',
      columns.map(({ header }) => header),
      STYLE.header,
    ),
    headRow(
      '2',
      columns.map(({ key }) => key),
      STYLE.key,
    ),
  ].join('');
}

/** The cells that a sheet's filter spans: the keys and all rows below. */
export function filterRange(columns: number, dataRows: number, anchor: '' | '$' = ''): string {
  const last = columnLetters(Math.max(0, columns - 1));
  return `${anchor}A${anchor}${HEADER_ROWS}:${anchor}${last}${anchor}${HEADER_ROWS + dataRows}`;
}

/** A sheet from its last row on. */
export function sheetTail(columns: number, dataRows: number): string {
  return `</sheetData><autoFilter ref="${filterRange(columns, dataRows)}"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`;
}
