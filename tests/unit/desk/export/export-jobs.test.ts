import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import { exportFileName, ExportJobs } from '../../../../src/desk/export/export-jobs.ts';
import { exportsHandlers } from '../../../../src/desk/service/exports-handlers.ts';
import type { ExportedFile } from '../../../../src/desk/export/export-jobs.ts';
import type { ExportJob } from '../../../../src/protocol/rpc/exports.ts';
import { WireFailure } from '../../../../src/protocol/rpc/handlers.ts';
import type { Role } from '../../../../src/domain/model.ts';
import { exportRows, exportWorld, REQUEST } from '../../../support/export/export-world.ts';
import { NEVER } from '../../../support/desk/world.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function session(role: Role = 'lead', rows = exportRows()) {
  const world = exportWorld(role, rows);
  const dir = path.join(tempDir(), 'exports');
  let ids = 0;
  const seen: ExportJob[] = [];
  const reported: unknown[] = [];
  const delivered: ExportedFile[] = [];
  let records = 0;
  const listeners: (() => void)[] = [];
  const jobs = new ExportJobs({
    dir,
    make: world.deps,
    ids: { next: () => `x${(ids += 1)}` },
    clock: world.clock,
    onRecorded: () => {
      records += 1;
    },
    onChange: () => {
      seen.push(...jobs.list().slice(0, 1));
      for (const listener of listeners) listener();
    },
    fetched: () => Promise.resolve(),
    report: (thrown) => reported.push(thrown),
  });
  const handlers = exportsHandlers({
    core: world.core,
    jobs,
    languages: ['en', 'ko', 'pt-BR', 'sv'],
    deliver: async (file) => {
      delivered.push(file);
      return { link: `/exports/${file.fileName}`, saved: false };
    },
  });
  const ended = (id: string): Promise<ExportJob> =>
    new Promise((resolve) => {
      const look = (): void => {
        const job = jobs.list().find((one) => one.id === id);
        if (job !== undefined && job.state !== 'running') resolve(job);
      };
      listeners.push(look);
      look();
    });
  return { ...world, jobs, handlers, dir, seen, reported, delivered, ended, records: () => records };
}

test('[C12] an export runs by itself, is told at its start and its end, and is handed over', async () => {
  const { handlers, ended, dir, delivered, records } = session();
  const started = await handlers['exports.start'](REQUEST, NEVER);
  expect(started).toEqual({ ok: true, id: 'x1' });
  const job = await ended('x1');
  expect(job).toMatchObject({
    state: 'done',
    fileName: 'handoff-2025-06-15.xlsx',
    rows: { userChats: 12 },
    code: null,
  });
  expect(job.bytes).toBeGreaterThan(5_000);
  expect(records()).toBe(1);
  expect(await handlers['exports.deliver']({ id: 'x1' }, NEVER)).toMatchObject({
    link: '/exports/handoff-2025-06-15.xlsx',
  });
  expect(delivered[0]?.path).toBe(path.join(dir, 'x1.xlsx'));
});

test('another one waits its turn, and can be started after the first', async () => {
  const { handlers, ended } = session();
  await handlers['exports.start'](REQUEST, NEVER);
  expect(await handlers['exports.start'](REQUEST, NEVER)).toEqual({ ok: false, code: 'busy' });
  await ended('x1');
  await Promise.resolve();
  expect(await handlers['exports.start']({ ...REQUEST, format: 'csv' }, NEVER)).toEqual({
    ok: true,
    id: 'x2',
  });
  expect((await ended('x2')).fileName).toBe('handoff-2025-06-15.zip');
});

test('a stopped one leaves no file and no record', async () => {
  const { handlers, ended, dir, core, records } = session('lead', exportRows(400));
  await handlers['exports.start'](REQUEST, NEVER);
  await handlers['exports.cancel']({ id: 'x1' }, NEVER);
  expect(await ended('x1')).toMatchObject({ state: 'cancelled', bytes: null });
  expect(readdirSync(dir)).toEqual([]);
  expect(core.outbox.entries()).toEqual([]);
  expect(records()).toBe(0);
});

test('a finished one that is put away takes its file along, and is not handed over any more', async () => {
  const { handlers, ended, dir } = session();
  await handlers['exports.start'](REQUEST, NEVER);
  await ended('x1');
  await handlers['exports.cancel']({ id: 'x1' }, NEVER);
  expect(readdirSync(dir)).toEqual([]);
  expect(await handlers['exports.deliver']({ id: 'x1' }, NEVER)).toBeInstanceOf(WireFailure);
  await handlers['exports.cancel']({ id: 'nobody' }, NEVER);
});

test.each([
  [{ reason: null }, 'reasonRequired'],
  [{ languages: ['en-XA'] }, 'unknownLanguage'],
  [{ zone: 'Mars/Olympus' }, 'unknownZone'],
])('%j is refused before anything is written: %s', async (patch, code) => {
  const { handlers, dir } = session();
  expect(await handlers['exports.start']({ ...REQUEST, ...patch }, NEVER)).toEqual({ ok: false, code });
  expect(existsSync(dir)).toBe(false);
});

test('who may not is told so, and the dialog knows beforehand', async () => {
  const { handlers } = session('agent');
  expect(await handlers['exports.start'](REQUEST, NEVER)).toEqual({ ok: false, code: 'forbidden' });
  expect(await handlers['exports.options']({}, NEVER)).toEqual({
    policy: { role: 'lead', reasonRequired: true },
    allowed: false,
    languages: ['en', 'ko', 'pt-BR', 'sv'],
    zone: null,
  });
});

test('the end of the session takes every file along, also one that is being written', async () => {
  const { handlers, ended, jobs, dir } = session('lead', exportRows(400));
  await handlers['exports.start'](REQUEST, NEVER);
  await ended('x1');
  await Promise.resolve();
  await handlers['exports.start'](REQUEST, NEVER);
  await jobs.close();
  expect(existsSync(dir)).toBe(false);
});

test('progress is told by hundredths, not by rows', async () => {
  const { handlers, ended, seen } = session('lead', exportRows(900));
  await handlers['exports.start'](REQUEST, NEVER);
  await ended('x1');
  const told = seen.filter(({ state }) => state === 'running').map(({ done }) => done);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.length).toBeLessThanOrEqual(103);
  expect(seen.at(-1)).toMatchObject({ done: 2_700, total: 2_700 });
});

test('a file is named for the day it was made, in the export’s zone', () => {
  const late = epochMillis(Date.UTC(2026, 10, 21, 20));
  expect(exportFileName(late, { ...REQUEST, zone: 'Asia/Seoul' })).toBe('handoff-2026-11-22.xlsx');
  expect(exportFileName(late, { ...REQUEST, zone: 'UTC', format: 'jsonl' })).toBe('handoff-2026-11-21.jsonl');
});
