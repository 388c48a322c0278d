import { execFileSync } from 'node:child_process';
import os from 'node:os';
import process from 'node:process';
import Driver from 'better-sqlite3';
import manifest from '../../package.json' with { type: 'json' };

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly load: readonly number[];
  readonly node: string;
  readonly sqlite: string;
  readonly driver: string;
  readonly commit: string;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

/** Where and with what the figures were taken. */
export function describeMachine(): Machine {
  const db = new Driver(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version()').pluck().get());
  db.close();
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    load: os.loadavg(),
    node: process.versions.node,
    sqlite,
    driver: manifest.dependencies['better-sqlite3'],
    commit: commit(),
  };
}
