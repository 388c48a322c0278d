import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { lockDataDir } from '../../../../src/desk/store/data-dir-lock.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const MODULE = path.join(import.meta.dirname, '../../../../src/desk/store/data-dir-lock.ts');

function taken(dir: string) {
  const lock = lockDataDir(dir);
  if (!lock.ok) throw new Error(lock.error.type);
  onTestFinished(lock.value.release);
  return lock.value;
}

/** Another process that takes the lock and holds it until it is killed. */
async function holder(dir: string) {
  const script = `
    const { lockDataDir } = await import(${JSON.stringify(MODULE)});
    const lock = lockDataDir(${JSON.stringify(dir)});
    console.log(lock.ok ? 'held' : 'refused');
    setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said: unknown[] = await once(child.stdout, 'data');
  expect(String(said[0]).trim()).toBe('held');
  return child;
}

test('[Y15] one engine a data directory: a second one in the same process is told so, by whom and since when', () => {
  const dir = tempDir();
  const lock = taken(dir);
  const since = Date.UTC(2026, 5, 1, 9);
  utimesSync(path.join(dir, 'lock.pid'), since / 1_000, since / 1_000);
  expect(lockDataDir(dir)).toEqual({ ok: false, error: { type: 'inUse', pid: process.pid, since } });
  writeFileSync(path.join(dir, 'lock.pid'), 'rubble');
  expect(lockDataDir(dir)).toEqual({ ok: false, error: { type: 'inUse', pid: null, since: null } });
  lock.release();
  taken(dir);
});

test('[Y15] an engine in another process has it until it ends, and kill -9 leaves nothing behind', async () => {
  const dir = tempDir();
  const child = await holder(dir);
  const refused = lockDataDir(dir);
  expect(refused).toMatchObject({ ok: false, error: { type: 'inUse', pid: child.pid } });
  expect(!refused.ok && refused.error.type === 'inUse' && refused.error.since).toBeTypeOf('number');
  child.kill('SIGKILL');
  await once(child, 'exit');
  taken(dir);
});

test('two directories are two locks', () => {
  taken(tempDir());
  taken(tempDir());
});

test('a folder that is not there yet is made', () => {
  const dir = tempDir();
  expect(lockDataDir(path.join(dir, 'new', 'deep')).ok).toBe(true);
});
