import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { must } from '../../../../src/base/must.ts';
import { ExportJobs } from '../../../../src/desk/export/export-jobs.ts';
import { makeExport } from '../../../../src/desk/export/make-export.ts';
import { isDistrusted } from '../../../../src/desk/store/distrust.ts';
import type { ExportJob } from '../../../../src/protocol/rpc/exports.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import { exportRows, exportWorld, type ExportWorld, REQUEST } from '../../../support/export/export-world.ts';
import { puts } from '../../../support/desk/sample-rows.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const WATCH = { onProgress: () => undefined, isCancelled: () => false };
const CUSTOMER = {
  id: 'customer-c011' as never,
  name: 'Kim',
  email: null,
  phone: null,
  language: null,
};
const ROWS = [
  ...exportRows(),
  puts('customer', CUSTOMER),
  puts('setting', { key: 'zone', value: '"UTC"' }),
  puts('fieldValue', {
    conversationId: 'c011' as never,
    field: 'plan',
    ordinal: 0,
    number: null,
    text: 'gold',
  }),
];

/** Changes what lies in the replica, as bits that flip do: the digests stay. */
function flipped(sql: string): ExportWorld {
  const world = exportWorld('lead', ROWS);
  world.core.replica.db.exec(sql);
  return world;
}

async function exported(world: ExportWorld, patch: Partial<typeof REQUEST> = {}) {
  const dir = tempDir();
  const answer = await makeExport(world.deps, 'x1', { ...REQUEST, ...patch }, path.join(dir, 'out'), WATCH);
  return { answer, left: readdirSync(dir) };
}

describe('rows on their way into a file', () => {
  test('[C12] a replica whose rows are as they came is exported', async () => {
    const world = exportWorld('lead', ROWS);
    const { answer, left } = await exported(world);
    expect(answer.ok).toBe(true);
    expect(left).toEqual(['out']);
    expect(isDistrusted(world.core.replica.db.path)).toBe(false);
  });

  test.each([
    ['conversation', ['c011'], `UPDATE conversation SET closed_at = closed_at + 4096 WHERE id = 'c011'`],
    ['customer', ['customer-c011'], `UPDATE customer SET name = 'Kin' WHERE id = 'customer-c011'`],
    ['cycle', ['c011', 1], `UPDATE cycle SET reply_total = 1 WHERE conversation_id = 'c011'`],
    ['tag', ['c011', 'vip'], `UPDATE tag SET agent_id = 'x' WHERE conversation_id = 'c011'`],
    ['fieldValue', ['c011', 'plan', 0], `UPDATE field_value SET text = 'hold'`],
    ['csat', ['c010', 1], `UPDATE csat SET score = 5 WHERE conversation_id = 'c010'`],
    ['message', ['c011-m1'], `UPDATE message SET author_kind = 'ai' WHERE id = 'c011-m1'`],
    ['agent', ['ada'], `UPDATE agent SET name = 'Ada Lund' WHERE id = 'ada'`],
    ['setting', ['zone'], `UPDATE setting SET value = '"UTD"' WHERE key = 'zone'`],
  ] as const)(
    '[C12] a flipped bit in %s stops the export by the row’s name; nothing is left behind or written down',
    async (table, key, sql) => {
      const world = flipped(sql);
      const { answer, left } = await exported(world, { withMessages: false });
      expect(answer).toEqual({
        ok: false,
        error: { type: 'damaged', rows: [{ table, key, isBase: false }] },
      });
      expect(left).toEqual([]);
      expect(world.core.outbox.entries()).toEqual([]);
      expect(isDistrusted(world.core.replica.db.path)).toBe(true);
    },
  );

  test.each(['xlsx', 'csv', 'jsonl'] as const)(
    '[C12] of an export as %s with messages nothing is left where one of them is damaged',
    async (format) => {
      const world = flipped(`UPDATE message SET text = 'calm agaim' WHERE id = 'c003-m3'`);
      const { answer, left } = await exported(world, { format });
      expect(answer).toMatchObject({ ok: false, error: { type: 'damaged' } });
      expect(left).toEqual([]);
    },
  );

  test('[C12] what is not exported may be damaged: the watch finds it, not this export', async () => {
    const world = flipped(`UPDATE conversation SET description = 'x' WHERE id = 'c011'`);
    const range = { by: 'closed', from: null, to: '1999-12-31' } as const;
    expect((await exported(world, { range })).answer.ok).toBe(true);
  });

  test('[C12] the job says so, the desk hears of it, and the one opened in its place still shows it', async () => {
    const world = flipped(`UPDATE csat SET score = 5 WHERE conversation_id = 'c010'`);
    const heard: string[] = [];
    const open = (earlier: readonly ExportJob[]) =>
      new ExportJobs(
        {
          dir: path.join(tempDir(), 'exports'),
          make: world.deps,
          ids: { next: () => 'job-1' },
          clock: world.clock,
          onRecorded: () => heard.push('recorded'),
          onChange: () => undefined,
          fetched: () => Promise.resolve(),
          report: (thrown) => heard.push(String(thrown)),
        },
        earlier,
      );
    const jobs = open([]);
    jobs.start(REQUEST);
    while (jobs.isRunning()) await settle();
    expect(jobs.list()).toMatchObject([{ state: 'failed', code: 'damaged', bytes: null }]);
    expect(heard).toEqual(['Error: damaged rows: csat ["c010",1]']);
    await jobs.close();
    const next = open(jobs.failed());
    expect(next.list()).toEqual(jobs.list());
    expect(next.file(must(next.list()[0], 'the failed job').id)).toBeNull();
    next.cancel('job-1');
    expect(next.list()).toEqual([]);
  });
});
