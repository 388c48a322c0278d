import { must } from '../base/must.ts';
import { LocalClock } from '../domain/hours/local-clock.ts';
import { csvField, csvText } from './csv-text.ts';
import type { Cell, Table, TableCount, TablesWriter } from './table.ts';
import type { TextTarget } from './text-target.ts';

/** Without it, Excel reads UTF-8 as something else. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/** Writes each table as CSV (RFC 4180): UTF-8 with a byte order mark, names, under them the stable keys, then the rows. */
export class CsvWriter implements TablesWriter {
  readonly #target: TextTarget;
  readonly #clock: LocalClock;
  #table: Table | null = null;
  #rows = 0;

  constructor(target: TextTarget, zone: string) {
    this.#target = target;
    this.#clock = new LocalClock(zone);
  }

  async begin(table: Table): Promise<void> {
    this.#table = table;
    this.#rows = 0;
    this.#target.begin(table.id);
    const line = (texts: readonly string[]): string => texts.map(csvText).join(',') + LINE_END;
    this.#target.write(BYTE_ORDER_MARK + line(table.columns.map(({ header }) => header)));
    this.#target.write(line(table.columns.map(({ key }) => key)));
  }

  row(cells: readonly Cell[]): void {
    const { columns } = must(this.#table, 'the open table');
    this.#rows += 1;
    this.#target.write(
      columns.map(({ type }, index) => csvField(type, cells[index] ?? null, this.#clock)).join(',') +
        LINE_END,
    );
  }

  drain(): Promise<void> {
    return this.#target.drain();
  }

  async end(): Promise<TableCount> {
    const { id } = must(this.#table, 'the open table');
    await this.#target.end();
    this.#table = null;
    return { id, rows: this.#rows, shortened: 0 };
  }

  finish(): Promise<void> {
    return this.#target.finish();
  }

  abort(): void {
    this.#target.abort();
  }
}
