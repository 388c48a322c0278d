import type { TableName } from '../../../domain/rows.ts';
import { REPLICATED_TABLES, sqlName, TABLES } from '../../../protocol/tables.ts';

/** The SQL of one table, made from its column list: every query lists its columns. */
export interface TableSql {
  readonly columns: string;
  /** Writes a row, seq and checksum; changes nothing (and counts nothing) when the same values stand already. */
  readonly upsert: string;
  readonly remove: string;
  readonly byKey: string;
  /** Rows changed in (?, ?], in the order of change. */
  readonly changed: string;
  readonly firstPage: string;
  readonly nextPage: string;
  /** Rows with their checksum before them, in the order of their keys. */
  readonly verifyFirst: string;
  readonly verifyNext: string;
}

function quoted(names: readonly string[]): string[] {
  return names.map((name) => `"${sqlName(name)}"`);
}

function places(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

function tableSql(table: TableName): TableSql {
  const spec = TABLES[table];
  const columns = quoted(spec.columns);
  const key = quoted(spec.key);
  const list = columns.join(', ');
  const keyIs = key.map((column) => `${column} = ?`).join(' AND ');
  const values = columns.filter((column) => !key.includes(column));
  const set = [...values, 'seq', 'checksum'].map((column) => `${column} = excluded.${column}`).join(', ');
  // A row of its key alone (a follower) has nothing that could differ.
  const differs = values.map((column) => `${column} IS NOT excluded.${column}`).join(' OR ') || 'FALSE';
  const mine = table === 'readMarker' ? 'agent_id = ? AND ' : '';
  const order = key.join(', ');
  return {
    columns: list,
    upsert: `INSERT INTO ${spec.sql} (${list}, seq, checksum) VALUES (${places(columns.length + 2)})
      ON CONFLICT (${order}) DO UPDATE SET ${set} WHERE ${differs}`,
    remove: `DELETE FROM ${spec.sql} WHERE ${keyIs}`,
    byKey: `SELECT ${list} FROM ${spec.sql} WHERE ${keyIs} LIMIT ?`,
    changed: `SELECT ${list} FROM ${spec.sql} WHERE ${mine}seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    firstPage: `SELECT ${list} FROM ${spec.sql} WHERE ${mine}TRUE ORDER BY ${order} LIMIT ?`,
    nextPage: `SELECT ${list} FROM ${spec.sql} WHERE ${mine}(${order}) > (${places(key.length)}) ORDER BY ${order} LIMIT ?`,
    verifyFirst: `SELECT checksum, ${list} FROM ${spec.sql} ORDER BY ${order} LIMIT ?`,
    verifyNext: `SELECT checksum, ${list} FROM ${spec.sql} WHERE (${order}) > (${places(key.length)}) ORDER BY ${order} LIMIT ?`,
  };
}

const ALL: Readonly<Record<TableName, TableSql>> = {
  setting: tableSql('setting'),
  agent: tableSql('agent'),
  customer: tableSql('customer'),
  conversation: tableSql('conversation'),
  cycle: tableSql('cycle'),
  handoff: tableSql('handoff'),
  message: tableSql('message'),
  tag: tableSql('tag'),
  product: tableSql('product'),
  shopOrder: tableSql('shopOrder'),
  readMarker: tableSql('readMarker'),
  follower: tableSql('follower'),
  fieldValue: tableSql('fieldValue'),
  csat: tableSql('csat'),
  metricEvent: tableSql('metricEvent'),
  verdict: tableSql('verdict'),
  history: tableSql('history'),
};

/** The statements of a table. */
export function sqlOf(table: TableName): TableSql {
  return ALL[table];
}

/** The replicated table of an SQL name: what a tombstone is of. */
export const REPLICATED_BY_SQL: ReadonlyMap<string, (typeof REPLICATED_TABLES)[number]> = new Map(
  REPLICATED_TABLES.map((table) => [TABLES[table].sql, table]),
);
