import { err, ok, type Result } from '../../../base/result.ts';
import type { WritableDb } from '../../../sqlite/types.ts';
import { TABLES } from '../../../protocol/tables.ts';
import { checksum, CommitDigest, lastChanges, nextChain, type WireChange, wireChange } from '../log.ts';
import type { CommitBatch, Committed, HeadMoved, Identity, LogHead } from '../store.ts';
import { writeBooks } from './books.ts';
import { readHead } from './head.ts';
import { sqlOf } from './statements.ts';

/** Writes one batch in one transaction, or nothing (Y5). */
export function commitBatch(
  db: WritableDb,
  identity: Identity,
  batch: CommitBatch,
): Result<Committed, HeadMoved> {
  return db.transaction(() => {
    const head = readHead(db, identity);
    if (head.seq !== batch.expectedHead) return err({ type: 'headMoved', head: head.seq });
    const next = writeChanges(db, head, batch);
    writeBooks(db, batch);
    return ok(next);
  });
}

/** Applies the changes and, when any row differs, closes them with an entry in the log: its number is taken last. */
function writeChanges(db: WritableDb, head: LogHead, batch: CommitBatch): Committed {
  const seq = head.seq + 1;
  const digest = new CommitDigest();
  // Most workspaces never delete a row: one look a batch spares one a put.
  const hasTombstones = db.preparePluck<number>('SELECT 1 FROM tombstone LIMIT ?').get(1) !== undefined;
  for (const change of lastChanges(batch.changes)) {
    const wire = wireChange(change);
    if (wire.op === 'put' ? writePut(db, wire, seq, hasTombstones) : writeDelete(db, wire, seq))
      digest.add(wire);
  }
  if (digest.count === 0) return { head, changed: 0 };
  const sum = digest.end();
  const chain = nextChain(head.chain, sum);
  const arrival = Math.max(head.arrival, batch.arrival ?? 0);
  db.run(
    'INSERT INTO commit_log (seq, chain, digest, at, changed, arrival) VALUES (?, ?, ?, ?, ?, ?)',
    seq,
    chain,
    sum,
    batch.at,
    digest.count,
    arrival,
  );
  return { head: { seq, chain, arrival }, changed: digest.count };
}

function writePut(db: WritableDb, change: WireChange, seq: number, hasTombstones: boolean): boolean {
  const written = db
    .prepare(sqlOf(change.table).upsert)
    .run(change.values, seq, checksum(change.text)).changes;
  if (written === 0) return false;
  if (hasTombstones) {
    db.prepare('DELETE FROM tombstone WHERE table_name = ? AND key = ?').run(
      TABLES[change.table].sql,
      keyText(change),
    );
  }
  return true;
}

function writeDelete(db: WritableDb, change: WireChange, seq: number): boolean {
  if (db.prepare(sqlOf(change.table).remove).run(change.values).changes === 0) return false;
  db.prepare(
    'INSERT INTO tombstone (table_name, key, seq) VALUES (?, ?, ?) ON CONFLICT (table_name, key) DO UPDATE SET seq = excluded.seq',
  ).run(TABLES[change.table].sql, change.text, seq);
  return true;
}

/** JSON of the key of a put: what its tombstone would be filed under. */
function keyText(change: WireChange): string {
  const spec = TABLES[change.table];
  const columns: readonly string[] = spec.columns;
  return JSON.stringify(spec.key.map((column) => change.values[columns.indexOf(column)] ?? null));
}
