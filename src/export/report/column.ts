import type { Cell, CellType, Column } from '../table.ts';
import type { Labels } from './labels.ts';

/** A column with how its cell is read from what a row is made of. */
export interface ReadColumn<Source> extends Column {
  read(source: Source): Cell;
}

/** Makes the columns of one table: names from `export:column.<key>`. */
export function columnMaker<Source>(
  labels: Labels,
): (key: string, type: CellType, read: (source: Source) => Cell) => ReadColumn<Source> {
  return (key, type, read) => ({ key, header: labels.text(`export:column.${key}`), type, read });
}

/** A row's cells, in the order of the columns. */
export function cellsOf<Source>(columns: readonly ReadColumn<Source>[], source: Source): readonly Cell[] {
  return columns.map((column) => column.read(source));
}
