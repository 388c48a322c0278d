import Driver from 'better-sqlite3';
import { expect, test } from 'vitest';
import { diskCode } from '../../../src/sqlite/failure.ts';

test.each([
  ['SQLITE_FULL', 'diskFull'],
  ['SQLITE_IOERR_FSYNC', 'diskFailed'],
  ['SQLITE_IOERR_WRITE', 'diskFailed'],
  ['SQLITE_READONLY_DBMOVED', 'diskFailed'],
  ['SQLITE_CANTOPEN', 'diskFailed'],
  ['SQLITE_CONSTRAINT', null],
  ['SQLITE_CORRUPT', null],
])('[Y1] %s is told to a screen as %s', (code, told) => {
  expect(diskCode(new Driver.SqliteError('from the driver', code))).toBe(told);
});

test('[Y1] what is no failure of the disk has no such code', () => {
  expect(diskCode(new Error('SQLITE_FULL'))).toBeNull();
  expect(diskCode(null)).toBeNull();
});
