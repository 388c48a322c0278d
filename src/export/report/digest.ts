import { createHash, type Hash } from 'node:crypto';
import type { Cell, Table } from '../table.ts';

/**
 * SHA-256 over the data cells, so that two people can tell whether they look at the same figures: for each table a line
 * with its id and keys, then a line a row, all JSON (`["id",3,null,["a"]]`): moments and lengths in milliseconds, lists as
 * arrays, texts whole. The same in every format and language but for values in words.
 */
export class CellDigest {
  readonly #hash: Hash = createHash('sha256');
  #lines = '';

  begin({ id, columns }: Table): void {
    this.#line([id, columns.map(({ key }) => key)]);
  }

  row(cells: readonly Cell[]): void {
    this.#line(cells);
  }

  hex(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  #line(value: readonly unknown[]): void {
    this.#lines += `${JSON.stringify(value)}\n`;
    if (this.#lines.length > 64 * 1024) this.#flush();
  }

  #flush(): void {
    this.#hash.update(this.#lines, 'utf8');
    this.#lines = '';
  }
}
