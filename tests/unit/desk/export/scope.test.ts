import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY, epochMillis } from '../../../../src/base/time.ts';
import { makeExport } from '../../../../src/desk/export/make-export.ts';
import { exportNeed } from '../../../../src/desk/scope/export-need.ts';
import { fetchFirst } from '../../../../src/desk/scope/fetch-first.ts';
import { EVERYTHING } from '../../../../src/domain/desk-scope.ts';
import type { ExportRequestInput } from '../../../../src/protocol/rpc/exports.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import { ask, idsOf, scoped } from '../../../support/desk/scoped-world.ts';
import { START, type TestDesk } from '../../../support/desk/world.ts';

describe('exports', () => {
  const request = {
    query: { queue: 'all', filters: {}, sort: { by: 'started', direction: 'asc' } },
    range: { by: 'started', from: null, to: null },
    languages: ['en'],
    zone: 'Etc/UTC',
    format: 'jsonl',
    withMessages: false,
    reason: 'test',
  } as const satisfies ExportRequestInput;
  const dayBefore = (days: number): string => new Date(START - days * DAY).toISOString().slice(0, 10);

  async function fetched(ada: TestDesk, isCancelled = () => false): Promise<'going on' | 'ended'> {
    const { core } = ada.desk;
    const link = { status: () => ada.desk.status(), kick: () => void ask(ada, 'sync.now', {}) };
    const fetch = fetchFirst({ core, link, scheduler: ada.scheduler });
    let state: 'going on' | 'ended' = 'going on';
    void fetch(request, isCancelled).then(() => {
      state = 'ended';
    });
    await settle();
    await ada.scheduler.advance(200);
    return state;
  }

  test('[Y9][C12] open work needs nothing older; days need those days; all there is, everything', async () => {
    const { ada } = await scoped(20);
    const { db } = ada.desk.core.replica;
    const of = (more: Partial<ExportRequestInput>) => exportNeed(db, { ...request, ...more });
    expect(of({})).toBe(EVERYTHING);
    expect(of({ query: { ...request.query, queue: 'inbox' } })).toBeNull();
    const range = { by: 'closed', from: '2026-05-20', to: null } as const;
    expect(of({ range })).toBe(Date.UTC(2026, 4, 20));
    expect(of({ range, zone: 'Asia/Seoul' })).toBe(Date.UTC(2026, 4, 20) - 9 * 3_600_000);
    const among = { of: 'overview', from: '2026-05-25', to: '2026-05-31', zone: 'Etc/UTC' } as const;
    expect(of({ range, query: { ...request.query, among } })).toBe(Date.UTC(2026, 4, 25));
  });

  test('[Y9][C12] what it needs is fetched first', async () => {
    const { ada } = await scoped(20);
    expect(await fetched(ada)).toBe('ended');
    expect(ada.desk.core.part.holds(EVERYTHING)).toBe(true);
    expect(idsOf(ada)).toHaveLength(6);
  });

  test('[Y9][C12] offline it does not wait; cancelled, neither', async () => {
    const { ada } = await scoped(20);
    ada.link.fate = (verb) => (verb === 'pull' ? 'drop' : 'pass');
    expect(await fetched(ada)).toBe('ended');
    expect(ada.desk.core.part.holds(EVERYTHING)).toBe(false);
    const eve = await scoped(20);
    expect(await fetched(eve.ada, () => true)).toBe('ended');
  });

  test('[Y9][C12] none is made of a part, and nothing is written', async () => {
    const { ada } = await scoped(20);
    const path = join(ada.dir, 'part.jsonl');
    const deps = {
      core: ada.desk.core,
      clock: { now: () => epochMillis(START) },
      version: '0',
      resources: {},
      breathe: () => Promise.resolve(),
      passing: () => null,
    };
    const watch = { onProgress: () => undefined, isCancelled: () => false };
    await grantExports(ada);
    const range = { by: 'started', from: dayBefore(30), to: null } as const;
    expect(await makeExport(deps, 'e1', { ...request, range }, path, watch)).toEqual({
      ok: false,
      error: { type: 'notHeld' },
    });
    expect(existsSync(path)).toBe(false);
  });

  async function grantExports({ desk }: TestDesk): Promise<void> {
    desk.core.replica.db.run(
      'INSERT INTO setting (key, value) VALUES (?, ?)',
      'exports',
      '{"role":"agent","reasonRequired":false}',
    );
    await settle();
  }
});
