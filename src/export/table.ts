/**
 * What a column holds; a cell of it is null or a value of that type.
 * `text`, `longText`: string. `list`: texts in order. `number`, `integer`, `share` (0–1): number. `boolean`: boolean.
 * `dateTime`: epoch milliseconds. `date`: `2026-11-21`, or `11-21` without a year. `duration`: milliseconds.
 */
export const CELL_TYPES = [
  'text',
  'longText',
  'list',
  'number',
  'integer',
  'share',
  'boolean',
  'dateTime',
  'date',
  'duration',
] as const;
export type CellType = (typeof CELL_TYPES)[number];
export type Cell = string | number | boolean | readonly string[] | null;

/** A column of a table. */
export interface Column {
  /** Stable, the same in every language: `profile.csat`. */
  readonly key: string;
  /** Its name in the chosen language or languages. */
  readonly header: string;
  readonly type: CellType;
}

/** A table of an export: a sheet of a workbook, a file of CSV, objects of JSON lines. */
export interface Table {
  /** Stable: `userChats`. */
  readonly id: string;
  /** Its name in the chosen language or languages. */
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Facts of a finished table. */
export interface TableCount {
  readonly id: string;
  readonly rows: number;
  /** Texts that did not fit their cell and were shortened. */
  readonly shortened: number;
}

/** Takes the tables of an export one after another, in rows, and makes files of them. */
export interface TablesWriter {
  begin(table: Table): Promise<void>;
  /** Cells in the order of the columns. */
  row(cells: readonly Cell[]): void;
  /** Waits until memory is bounded again; to be awaited between slices of rows. */
  drain(): Promise<void>;
  end(): Promise<TableCount>;
  /** Nothing is at its place before this. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): void;
}

/** What the formats need to know of the chosen language and zone. */
export interface WriterOptions {
  /** IANA name: the zone whose wall clock the date-times show. */
  readonly zone: string;
  /** How the first language writes dates, in the spreadsheet's notation: `yyyy-mm-dd`, `yyyy-mm-dd hh:mm:ss`. */
  readonly dateFormat: string;
  readonly dateTimeFormat: string;
}
