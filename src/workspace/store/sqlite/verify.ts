import type { TableName } from '../../../domain/rows.ts';
import { ALL_TABLES, TABLES, type WireValue } from '../../../protocol/tables.ts';
import { quickCheck } from '../../../sqlite/integrity.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import { checksum, genesisChain, nextChain } from '../log.ts';
import type { Damage, Identity, VerifiedSlice, VerifyPlace } from '../store.ts';
import { sqlOf } from './statements.ts';

/** Rows held in memory at a time while everything is looked at. */
const SLICE = 5_000;
const START: VerifyPlace = { table: 'log', after: [] };
const NEXT_ENTRIES = 'SELECT seq, chain, digest FROM commit_log WHERE seq > ? ORDER BY seq LIMIT ?';

/** Looks for damage that SQLite itself would serve: pages, the log's chain (Y6), row checksums. */
export function verifyFile(db: ReadableDb, identity: Identity, limit: number): readonly Damage[] {
  const pages = quickCheck(db).map((place): Damage => ({ type: 'file', place }));
  if (pages.length > 0) return pages.slice(0, limit);
  return db.snapshot(() => {
    const found: Damage[] = [];
    let place: VerifyPlace | null = START;
    while (place !== null && found.length < limit) {
      const slice: VerifiedSlice = verifySlice(db, identity, place, SLICE);
      found.push(...slice.damage);
      place = slice.next;
    }
    return found.slice(0, limit);
  });
}

/** The next part of a walk through the log and then every table (see `Store.verifySlice`). */
export function verifySlice(
  db: ReadableDb,
  identity: Identity,
  from: VerifyPlace | null,
  limit: number,
): VerifiedSlice {
  const { table, after } = from ?? START;
  if (table === 'log') return verifyLog(db, identity, Number(after[0] ?? 0), limit);
  return verifyTable(db, table, after, limit);
}

function verifyTable(
  db: ReadableDb,
  table: TableName,
  after: readonly WireValue[],
  limit: number,
): VerifiedSlice {
  const { verifyFirst, verifyNext } = sqlOf(table);
  const { key, columns } = TABLES[table];
  const names: readonly string[] = columns;
  const keyOf = (values: readonly WireValue[]) => key.map((column) => values[names.indexOf(column)] ?? null);
  const rows = db
    .prepareRaw<readonly [number, ...WireValue[]]>(after.length === 0 ? verifyFirst : verifyNext)
    .all(...after, limit);
  const damage: Damage[] = [];
  for (const [sum, ...values] of rows) {
    if (checksum(JSON.stringify(values)) === sum) continue;
    damage.push({ type: 'row', place: `${table} ${JSON.stringify(keyOf(values))}` });
  }
  const last = rows.at(-1);
  if (last !== undefined && rows.length === limit)
    return { rows: rows.length, damage, next: { table, after: keyOf(last.slice(1)) } };
  const following = ALL_TABLES[ALL_TABLES.indexOf(table) + 1];
  return {
    rows: rows.length,
    damage,
    next: following === undefined ? null : { table: following, after: [] },
  };
}

/** Recomputes the chain; the first broken link is enough, since every later one follows it. */
function verifyLog(db: ReadableDb, identity: Identity, after: number, limit: number): VerifiedSlice {
  let seq = after;
  let chain =
    after === 0
      ? genesisChain(identity)
      : db.pluck<string>('SELECT chain FROM commit_log WHERE seq = ?', after);
  const entries = db.all<{ seq: number; chain: string; digest: string }>(NEXT_ENTRIES, after, limit);
  const rest: VerifyPlace = { table: ALL_TABLES[0], after: [] };
  for (const entry of entries) {
    seq += 1;
    chain = nextChain(chain ?? '', entry.digest);
    if (entry.seq !== seq || entry.chain !== chain)
      return { rows: entries.length, damage: [{ type: 'chain', place: String(entry.seq) }], next: rest };
  }
  const next: VerifyPlace = entries.length < limit ? rest : { table: 'log', after: [seq] };
  return { rows: entries.length, damage: [], next };
}
