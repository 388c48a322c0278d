import { isDamage, sqliteFailure } from './failure.ts';
import type { ReadableDb, SqlParams } from './types.ts';

/** Most findings a check reports; one is enough to distrust a file. */
const MAX_FINDINGS = 100;

/** SQLite's own check without the indexes' contents: about a fifth of the full one's time. Empty: sound. */
export function quickCheck(db: ReadableDb): readonly string[] {
  return findings(db, `PRAGMA quick_check(${MAX_FINDINGS})`);
}

/** SQLite's full check of pages, indexes and constraints. Empty: sound. */
export function integrityCheck(db: ReadableDb): readonly string[] {
  return findings(db, `PRAGMA integrity_check(${MAX_FINDINGS})`);
}

/** Names of tables with rows whose parent is missing; each once. */
export function foreignKeyCheck(db: ReadableDb): readonly string[] {
  return [...new Set(db.all<{ table: string }>('PRAGMA foreign_key_check').map((orphan) => orphan.table))];
}

/** The lines of EXPLAIN QUERY PLAN, outermost first: for tests that hold an index to its query. */
export function queryPlan(db: ReadableDb, sql: string, params: SqlParams = []): readonly string[] {
  return db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params).map((line) => line.detail);
}

function findings(db: ReadableDb, pragma: string): readonly string[] {
  const lines = linesOf(db, pragma);
  return lines.length === 1 && lines[0] === 'ok' ? [] : lines;
}

/** A check that breaks off at damage has found it. */
function linesOf(db: ReadableDb, pragma: string): readonly string[] {
  try {
    return db.preparePluck<string>(pragma).all();
  } catch (thrown) {
    if (!isDamage(sqliteFailure(thrown)?.type)) throw thrown;
    return [String(thrown)];
  }
}
