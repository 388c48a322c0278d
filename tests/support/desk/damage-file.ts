import { readFileSync, writeFileSync } from 'node:fs';
import Driver from 'better-sqlite3';

const PAGE = 4_096;

/** Overwrites the root page of a table or an index of a closed file: it is met only where that is read or written. */
export function damagePage(file: string, name: string): void {
  const db = new Driver(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const root = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name));
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, (root - 1) * PAGE, root * PAGE);
  writeFileSync(file, bytes);
}
