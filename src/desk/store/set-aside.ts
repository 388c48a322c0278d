import { existsSync, renameSync } from 'node:fs';

/** Keeps a damaged file beside the new one, its log with it: nothing is deleted, and nothing is asked. */
export function setAside(path: string, now: number): string {
  const aside = `${path}.damaged-${now}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}
