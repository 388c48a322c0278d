import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, type OpenOptions, openDatabase } from '../../../src/sqlite/database.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handoff-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens, or fails the test; closed after it. */
export function opened(path: string, options: Partial<OpenOptions> = {}): Database {
  const result = openDatabase(path, { synchronous: 'NORMAL', ...options });
  if (!result.ok) throw new Error(result.error.type);
  onTestFinished(() => result.value.close());
  return result.value;
}
