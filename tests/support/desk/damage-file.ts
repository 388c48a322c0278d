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

/** Turns a word into another of the same length where the full text keeps it, and nowhere else; the file may be in use. */
export function flipWord(file: string, from: string, to: string): void {
  const db = new Driver(file);
  db.unsafeMode(true);
  const blocks = db.prepare('SELECT id, block FROM message_fts_data').all() as readonly {
    readonly id: number;
    readonly block: Buffer;
  }[];
  const found = blocks.find(({ block }) => block.includes(from));
  if (found === undefined) throw new Error(`no word ${from} in the full text`);
  found.block.write(to, found.block.indexOf(from));
  db.prepare('UPDATE message_fts_data SET block = ? WHERE id = ?').run(found.block, found.id);
  db.close();
}
