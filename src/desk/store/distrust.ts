import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

function markOf(path: string): string {
  return `${path}.distrusted`;
}

/**
 * Says beside a replica that its rows are not what they were: the next opening sets it aside, whatever ends this process
 * before then. The damaged file itself is not written. `what` names the rows, for people.
 */
export function distrust(path: string, what: string): void {
  // Flushed: a mark that a power cut takes back would leave damaged rows in use.
  writeFileSync(markOf(path), `${what}\n`, { mode: 0o600, flush: true });
}

/** What a replica is distrusted for; null: nothing is known against it. */
export function distrustOf(path: string): string | null {
  return existsSync(markOf(path)) ? readFileSync(markOf(path), 'utf8').trim() : null;
}

/** Takes the mark away: the distrusted file lies elsewhere now. */
export function trustAgain(path: string): void {
  rmSync(markOf(path), { force: true });
}
