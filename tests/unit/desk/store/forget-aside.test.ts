import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forgetAside } from '../../../../src/desk/store/forget-aside.ts';
import { setAside } from '../../../../src/desk/store/set-aside.ts';
import { hire, openTestDesk, openWorld } from '../../../support/desk/world.ts';
import { tempDir } from '../../../support/temp-dir.ts';

/** A replica that was damaged and set aside at each of these moments, with its log. */
function damagedAt(...moments: readonly number[]): string {
  const file = path.join(tempDir(), 'replica.db');
  for (const at of moments) {
    writeFileSync(file, `rows ${at}`);
    writeFileSync(`${file}-wal`, `log ${at}`);
    setAside(file, at);
  }
  writeFileSync(file, 'in use');
  return file;
}

test('[Y1] the newest two replicas that were set aside stay, older ones go with their logs', async () => {
  const file = damagedAt(9, 1_000, 10, 200);
  expect(await forgetAside(file)).toEqual([
    'replica.db.damaged-10',
    'replica.db.damaged-10-wal',
    'replica.db.damaged-9',
    'replica.db.damaged-9-wal',
  ]);
  expect(readFileSync(`${file}.damaged-1000`, 'utf8')).toBe('rows 1000');
  expect(readFileSync(`${file}.damaged-200-wal`, 'utf8')).toBe('log 200');
  expect(await forgetAside(file)).toEqual([]);
});

test('[Y1] the replica in use, its mark, an outbox that was set aside and other files are never touched', async () => {
  const file = damagedAt(1, 2, 3);
  const others = [
    'replica.db-wal',
    'replica.db.distrusted',
    'replica.db.damaged-',
    'replica.db.damaged-1.zip',
    'replica.db.damaged-x1',
    'my-replica.db.damaged-1',
    'outbox.db.damaged-1',
    'outbox.db.damaged-2',
    'outbox.db.damaged-3',
  ];
  for (const name of others) writeFileSync(path.join(path.dirname(file), name), name);
  expect(await forgetAside(file)).toEqual(['replica.db.damaged-1', 'replica.db.damaged-1-wal']);
  expect(readdirSync(path.dirname(file)).sort()).toEqual(
    [
      ...others,
      'replica.db',
      ...[2, 3].flatMap((at) => [`replica.db.damaged-${at}`, `replica.db.damaged-${at}-wal`]),
    ].sort(),
  );
});

test('[Y1] what was left of one half deleted goes the next time', async () => {
  const file = damagedAt(2, 3);
  writeFileSync(`${file}.damaged-1-wal`, 'left over');
  expect(await forgetAside(file)).toEqual(['replica.db.damaged-1-wal']);
});

test('[Y1] one that cannot be deleted is told, and keeps none of the others', async () => {
  const file = damagedAt(2, 3, 4, 5);
  mkdirSync(`${file}.damaged-1`);
  await expect(forgetAside(file)).rejects.toThrow(/EISDIR|directory/);
  expect([2, 3].filter((at) => existsSync(`${file}.damaged-${at}`))).toEqual([]);
  expect([4, 5].filter((at) => existsSync(`${file}.damaged-${at}`))).toEqual([4, 5]);
});

test('[Y1] a desk does it once it runs, never before, and has ended it when it is closed', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  const first = await openTestDesk(world, ada);
  await first.close();
  const file = path.join(first.dir, 'replica.db');
  for (const at of [1, 2, 3]) writeFileSync(`${file}.damaged-${at}`, 'rows');
  const opened = await openTestDesk(world, ada, { start: false });
  expect(existsSync(`${file}.damaged-1`)).toBe(true);
  opened.desk.start();
  await opened.close();
  expect([1, 2, 3].filter((at) => existsSync(`${file}.damaged-${at}`))).toEqual([2, 3]);
  expect(existsSync(file)).toBe(true);
});

test('[Y1] a disk that fails at it is written down, and the desk runs on', async () => {
  const world = await openWorld();
  const ada = await hire(world, 'ada');
  const thrown: unknown[] = [];
  const opened = await openTestDesk(world, ada, { start: false, report: (what) => thrown.push(what) });
  const file = path.join(opened.dir, 'replica.db');
  for (const at of [2, 3]) writeFileSync(`${file}.damaged-${at}`, 'rows');
  mkdirSync(`${file}.damaged-1`);
  opened.desk.start();
  await opened.close();
  expect(thrown).toMatchObject([{ code: 'ERR_FS_EISDIR' }]);
});
