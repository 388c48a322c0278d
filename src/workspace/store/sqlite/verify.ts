import type { TableName } from '../../../domain/rows.ts';
import { ALL_TABLES, TABLES, type WireValue } from '../../../protocol/tables.ts';
import { quickCheck } from '../../../sqlite/integrity.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import { checksum, genesisChain, nextChain } from '../log.ts';
import type { Damage, Identity } from '../store.ts';
import { sqlOf } from './statements.ts';

/** Looks for damage that SQLite itself would serve: pages, row checksums, the log's chain (Y6). */
export function verifyFile(db: ReadableDb, identity: Identity, limit: number): readonly Damage[] {
  const pages = quickCheck(db).map((place): Damage => ({ type: 'file', place }));
  if (pages.length > 0) return pages.slice(0, limit);
  return db.snapshot(() => {
    const found: Damage[] = verifyChain(db, identity);
    for (const table of ALL_TABLES) {
      if (found.length >= limit) break;
      found.push(...verifyTable(db, table, limit - found.length));
    }
    return found.slice(0, limit);
  });
}

const ALL_ROWS = Number.MAX_SAFE_INTEGER;

function verifyTable(db: ReadableDb, table: TableName, limit: number): readonly Damage[] {
  const keyLength = TABLES[table].key.length;
  const found: Damage[] = [];
  for (const [sum, ...values] of db
    .prepareRaw<readonly [number, ...WireValue[]]>(sqlOf(table).verify)
    .iterate(ALL_ROWS)) {
    if (checksum(JSON.stringify(values)) === sum) continue;
    found.push({ type: 'row', place: `${table} ${JSON.stringify(values.slice(0, keyLength))}` });
    if (found.length >= limit) break;
  }
  return found;
}

/** Recomputes the chain from the first commit; the first broken link is enough, since every later one follows it. */
function verifyChain(db: ReadableDb, identity: Identity): Damage[] {
  let chain = genesisChain(identity);
  let seq = 0;
  const log = db.prepare<{ seq: number; chain: string; digest: string }>(
    'SELECT seq, chain, digest FROM commit_log ORDER BY seq LIMIT ?',
  );
  for (const entry of log.iterate(ALL_ROWS)) {
    seq += 1;
    chain = nextChain(chain, entry.digest);
    if (entry.seq !== seq || entry.chain !== chain) return [{ type: 'chain', place: String(entry.seq) }];
  }
  return [];
}
