import { existsSync, renameSync } from 'node:fs';
import { err, ok, type Result } from '../../base/result.ts';
import type { OpenError } from '../../sqlite/database.ts';
import { trustAgain } from './distrust.ts';

/**
 * Keeps a damaged file beside the new one, its log with it: nothing is deleted, and nothing is asked. A mark against it is
 * taken away at the end, so that what a failing disk breaks off is begun again at the next start. Answers where it lies now.
 */
export function setAside(path: string, now: number): Result<string, OpenError> {
  const aside = `${path}.damaged-${now}`;
  try {
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
    trustAgain(path);
    return ok(aside);
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    return err({ type: 'cannotOpen', path, code: String(thrown.code) });
  }
}
