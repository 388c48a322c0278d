import { must } from '../base/must.ts';
import type { Cell, CellType, Table, TableCount, TablesWriter } from './table.ts';
import type { TextTarget } from './text-target.ts';

/** The latest moment that a date holds, either way. */
const MAX_MOMENT = 8_640_000_000_000_000;

function jsonValue(type: CellType, value: Cell): unknown {
  if (type !== 'dateTime' || typeof value !== 'number') return value;
  return Math.abs(value) <= MAX_MOMENT ? new Date(value).toISOString() : value;
}

/**
 * Writes all tables into one file of JSON lines: an object a row, the table's id under `table`, values by their stable
 * keys. Moments are ISO 8601 in UTC, lengths milliseconds, lists arrays; what is null is there as null.
 */
export class JsonlWriter implements TablesWriter {
  readonly #target: TextTarget;
  #table: Table | null = null;
  #rows = 0;
  #begun = false;

  constructor(target: TextTarget) {
    this.#target = target;
  }

  async begin(table: Table): Promise<void> {
    if (!this.#begun) this.#target.begin(table.id);
    this.#begun = true;
    this.#table = table;
    this.#rows = 0;
  }

  row(cells: readonly Cell[]): void {
    const { id, columns } = must(this.#table, 'the open table');
    this.#rows += 1;
    const entries = columns.map(
      ({ key, type }, index) => [key, jsonValue(type, cells[index] ?? null)] as const,
    );
    this.#target.write(`${JSON.stringify({ table: id, ...Object.fromEntries(entries) })}\n`);
  }

  drain(): Promise<void> {
    return this.#target.drain();
  }

  async end(): Promise<TableCount> {
    const { id } = must(this.#table, 'the open table');
    this.#table = null;
    return { id, rows: this.#rows, shortened: 0 };
  }

  async finish(): Promise<void> {
    await this.#target.end();
    await this.#target.finish();
  }

  abort(): void {
    this.#target.abort();
  }
}
