import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DamagedRows } from '../../../../src/desk/digests/row-digests.ts';
import { distrust, isDistrusted } from '../../../../src/desk/store/distrust.ts';
import { setAside } from '../../../../src/desk/store/set-aside.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const DAMAGED = [{ table: 'message', key: ['m1'], isBase: false }] as const;

function damagedFile(): string {
  const file = path.join(tempDir(), 'replica.db');
  writeFileSync(file, 'rows');
  writeFileSync(`${file}-wal`, 'log');
  distrust(file, new DamagedRows(DAMAGED));
  return file;
}

test('[Y1] a damaged file goes aside whole, its log with it, and the mark against it is gone', () => {
  const file = damagedFile();
  expect(readFileSync(`${file}.distrusted`, 'utf8')).toBe('message ["m1"]\n');
  expect(setAside(file, 7)).toEqual({ ok: true, value: `${file}.damaged-7` });
  expect(readFileSync(`${file}.damaged-7`, 'utf8')).toBe('rows');
  expect(readFileSync(`${file}.damaged-7-wal`, 'utf8')).toBe('log');
  expect([file, `${file}-wal`].filter((one) => existsSync(one))).toEqual([]);
  expect(isDistrusted(file)).toBe(false);
});

test('[Y1] a disk that fails at it is an answer, and the mark stays for the next start', () => {
  const file = damagedFile();
  mkdirSync(`${file}.damaged-7`);
  expect(setAside(file, 7)).toEqual({ ok: false, error: { type: 'cannotOpen', path: file, code: 'EISDIR' } });
  expect(isDistrusted(file)).toBe(true);
  expect(setAside(file, 8)).toEqual({ ok: true, value: `${file}.damaged-8` });
  expect(isDistrusted(file)).toBe(false);
});
