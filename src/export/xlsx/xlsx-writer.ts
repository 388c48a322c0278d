import { LocalClock } from '../../domain/hours/local-clock.ts';
import { must } from '../../base/must.ts';
import type { PendingFile } from '../export-file.ts';
import type { Cell, Table, TableCount, TablesWriter, WriterOptions } from '../table.ts';
import { ZipWriter } from '../zip/zip-writer.ts';
import { type CellWriter, cellWriters, columnLetters } from './cell-writers.ts';
import { sheetName } from './sheet-names.ts';
import { HEADER_ROWS, MAX_DATA_ROWS, sheetHead, sheetTail } from './sheet-xml.ts';
import { stylesXml } from './styles.ts';
import { sheetPath, workbookParts, type WrittenSheet } from './workbook-xml.ts';

/** The default level: on two cores the compressor keeps pace with the rows in its own thread. */
const LEVEL = 6;
/** Characters gathered before they go to the compressor. */
const PIECE = 16 * 1024;
/** A sheet's text before compression: another one begins before a ZIP entry is too large for its header. */
const MAX_SHEET_BYTES = 3_500_000_000;

interface OpenTable {
  readonly table: Table;
  readonly writers: readonly CellWriter[];
  readonly letters: readonly string[];
  /** Rows of data on the sheet that is being written. */
  rows: number;
  total: number;
  readonly shortened: { count: number };
}

/** Limits that tests make small. */
export interface SheetLimits {
  readonly dataRows: number;
  readonly bytes: number;
}

/**
 * Writes a workbook in one pass with bounded memory: typed cells, two frozen rows of names and keys, a filter, widths. A
 * table with more rows than a sheet holds goes on in another one, `Name (2)`. No cell is a formula.
 */
export class XlsxWriter implements TablesWriter {
  readonly #file: PendingFile;
  readonly #zip: ZipWriter;
  readonly #options: WriterOptions;
  readonly #limits: SheetLimits;
  readonly #clock: LocalClock;
  readonly #sheets: WrittenSheet[] = [];
  readonly #names = new Set<string>();
  #open: OpenTable | null = null;
  #pieces = '';
  /** Rows for the next sheet: the open one is full and ends at the next `drain`. */
  #waiting: (readonly Cell[])[] = [];

  constructor(
    file: PendingFile,
    options: WriterOptions,
    limits: SheetLimits = { dataRows: MAX_DATA_ROWS, bytes: MAX_SHEET_BYTES },
  ) {
    this.#file = file;
    this.#zip = new ZipWriter(file, LEVEL);
    this.#options = options;
    this.#limits = limits;
    this.#clock = new LocalClock(options.zone);
  }

  async begin(table: Table): Promise<void> {
    if (this.#open !== null) throw new Error('invariant broken: a table is open already');
    const shortened = { count: 0 };
    const byType = cellWriters(this.#clock, () => {
      shortened.count += 1;
    });
    this.#open = {
      table,
      letters: table.columns.map((_, index) => columnLetters(index)),
      writers: table.columns.map(({ type }) => byType[type]),
      shortened,
      rows: 0,
      total: 0,
    };
    this.#beginSheet(table);
    await this.drain();
  }

  row(cells: readonly Cell[]): void {
    const open = this.#opened();
    const isFull = open.rows >= this.#limits.dataRows || this.#zip.entrySize > this.#limits.bytes;
    if (isFull) this.#waiting.push(cells);
    else this.#write(open, cells);
  }

  async drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const rows = this.#waiting;
      this.#waiting = [];
      await this.#endSheet();
      const open = this.#opened();
      open.rows = 0;
      this.#beginSheet(open.table);
      for (const cells of rows) this.row(cells);
    }
    await this.#zip.drain();
  }

  async end(): Promise<TableCount> {
    await this.drain();
    const { table, total, shortened } = this.#opened();
    await this.#endSheet();
    this.#open = null;
    return { id: table.id, rows: total, shortened: shortened.count };
  }

  async finish(): Promise<void> {
    for (const [path, text] of workbookParts(this.#sheets, stylesXml(this.#options)))
      await this.#zip.add(path, text);
    this.#zip.finish();
    this.#file.complete();
  }

  abort(): void {
    this.#zip.abort();
    this.#file.discard();
  }

  #opened(): OpenTable {
    return must(this.#open, 'the open table');
  }

  #write(open: OpenTable, cells: readonly Cell[]): void {
    const { writers, letters } = open;
    open.rows += 1;
    open.total += 1;
    const number = String(open.rows + HEADER_ROWS);
    let text = `<row r="${number}">`;
    for (let index = 0; index < writers.length; index += 1) {
      const value = cells[index];
      const write = writers[index];
      const letter = letters[index];
      if (value === null || value === undefined || write === undefined || letter === undefined) continue;
      text += write(value, letter, number);
    }
    this.#pieces += `${text}</row>`;
    if (this.#pieces.length >= PIECE) this.#flush();
  }

  #flush(): void {
    if (this.#pieces === '') return;
    this.#zip.write(this.#pieces);
    this.#pieces = '';
  }

  #beginSheet(table: Table): void {
    const name = sheetName(table.name, this.#names);
    this.#names.add(name.toLowerCase());
    this.#zip.begin(sheetPath(this.#sheets.length));
    this.#pieces = sheetHead(table.columns, this.#sheets.length === 0);
    this.#sheets.push({ name, columns: table.columns.length, dataRows: 0 });
  }

  async #endSheet(): Promise<void> {
    const { table, rows } = this.#opened();
    const at = this.#sheets.length - 1;
    this.#sheets[at] = { ...must(this.#sheets[at], 'the open sheet'), dataRows: rows };
    this.#pieces += sheetTail(table.columns.length, rows);
    this.#flush();
    await this.#zip.end();
  }
}
