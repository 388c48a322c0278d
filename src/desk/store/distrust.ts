import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { DamagedReplica } from '../digests/damage.ts';

function markOf(path: string): string {
  return `${path}.distrusted`;
}

/**
 * Says beside a replica that it is not what it should be: the next opening sets it aside, whatever ends this process before
 * then. The damaged file itself is not written. The mark names what is damaged, for people.
 */
export function distrust(path: string, { places }: DamagedReplica): void {
  // Flushed: a mark that a power cut takes back would leave damaged rows in use.
  writeFileSync(markOf(path), `${places.join('\n')}\n`, { mode: 0o600, flush: true });
}

export function isDistrusted(path: string): boolean {
  return existsSync(markOf(path));
}

/** Takes the mark away: the distrusted file lies elsewhere now. */
export function trustAgain(path: string): void {
  rmSync(markOf(path), { force: true });
}
