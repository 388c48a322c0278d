import { REPLICATED_TABLES, sqlName, TABLES } from '../../../../src/protocol/tables.ts';
import type { Database, SqlValue } from '../../../../src/sqlite/types.ts';
import type { Template } from './memory-db.ts';
import type { TableShape, Values } from './memory-table.ts';

interface Column {
  readonly name: string;
  readonly pk: number;
  readonly dflt_value: string | null;
}

/** Replicated tables take the order of the wire: their rows are whole as they stand. */
const WIRE: ReadonlyMap<string, { readonly key: readonly string[]; readonly columns: readonly string[] }> =
  new Map(
    REPLICATED_TABLES.map((table) => {
      const { sql, key, columns } = TABLES[table];
      return [sql, { key: key.map((name) => sqlName(name)), columns: columns.map((name) => sqlName(name)) }];
    }),
  );

/** Where copies lie: followed as the rows that they are of. */
const COPIES = 'base_row';

function defaultOf(text: string | null): SqlValue {
  if (text === null || text === 'NULL') return null;
  return text.startsWith("'") ? text.slice(1, -1) : Number(text);
}

/** Reads tables, keys, defaults and first rows off a migrated database; local row numbers are left out. */
export function readTemplate(db: Database): Template {
  const tables = db.all<{ readonly name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT 100`,
  );
  const shapes: TableShape[] = [];
  const rows = new Map<string, readonly Values[]>();
  for (const { name } of tables) {
    const columns = db
      .all<Column>(`SELECT name, pk, dflt_value FROM pragma_table_info('${name}') LIMIT 100`)
      .filter((column) => !(column.name === 'n' && column.pk === 1));
    const wire = WIRE.get(name);
    if (wire !== undefined) {
      // Columns of the desk's own come behind those of the wire.
      const at = ({ name: column }: Column): number =>
        wire.columns.includes(column) ? wire.columns.indexOf(column) : wire.columns.length;
      columns.sort((a, b) => at(a) - at(b));
    }
    const own = columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name);
    shapes.push({
      name,
      columns: columns.map((column) => column.name),
      key: wire?.key ?? own,
      defaults: columns.map((column) => defaultOf(column.dflt_value)),
      isFollowed: wire !== undefined || name === COPIES,
    });
    const list = columns.map((column) => `"${column.name}"`).join(', ');
    rows.set(name, db.prepareRaw<SqlValue[], []>(`SELECT ${list} FROM ${name}`).all());
  }
  return { shapes, rows };
}
