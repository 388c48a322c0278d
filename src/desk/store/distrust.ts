import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { type DamagedRow, nameOfRow } from '../digests/row-digests.ts';

function markOf(path: string): string {
  return `${path}.distrusted`;
}

/**
 * Says beside a replica that its rows are not what they were: the next opening sets it aside, whatever ends this process
 * before then. The damaged file itself is not written. The mark names the rows, for people.
 */
export function distrust(path: string, rows: readonly DamagedRow[]): void {
  // Flushed: a mark that a power cut takes back would leave damaged rows in use.
  writeFileSync(markOf(path), `${rows.map(nameOfRow).join('\n')}\n`, { mode: 0o600, flush: true });
}

export function isDistrusted(path: string): boolean {
  return existsSync(markOf(path));
}

/** Takes the mark away: the distrusted file lies elsewhere now. */
export function trustAgain(path: string): void {
  rmSync(markOf(path), { force: true });
}
