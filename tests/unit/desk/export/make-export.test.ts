import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { fieldSetting, READY_MADE_FIELDS } from '../../../../src/domain/fields/definition.ts';
import { makeExport } from '../../../../src/desk/export/make-export.ts';
import { rangeOf } from '../../../../src/desk/export/run-export.ts';
import type { ExportRequestInput } from '../../../../src/protocol/rpc/exports.ts';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { puts } from '../../../support/desk/sample-rows.ts';
import {
  csatRow,
  exportRows,
  exportWorld,
  type ExportWorld,
  REQUEST,
} from '../../../support/export/export-world.ts';
import { readXlsx } from '../../../support/export/read-xlsx.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const WATCH = { onProgress: () => undefined, isCancelled: () => false };

async function made(world: ExportWorld, patch: Partial<ExportRequestInput> = {}, name = 'out.xlsx') {
  const file = path.join(tempDir(), name);
  const answer = await makeExport(world.deps, 'x1', { ...REQUEST, ...patch }, file, WATCH);
  return { file, answer };
}

async function sheetsOf(world: ExportWorld, patch: Partial<ExportRequestInput> = {}) {
  const { file, answer } = await made(world, patch);
  if (!answer.ok) throw new Error(answer.error.type);
  const [chats, ...others] = readXlsx(file);
  const keys = (chats?.rows[1] ?? []).map(String);
  const column = (key: string) => chats?.rows.slice(2).map((row) => row[keys.indexOf(key)] ?? null);
  const about = new Map(
    others
      .at(-1)
      ?.rows.slice(2)
      .map((row) => [String(row[0]), row]),
  );
  return { answer: answer.value, chats, others, keys, column, about };
}

describe('an export', () => {
  test('[C12] is in the order of the conversations’ start, with words in both languages', async () => {
    const { column } = await sheetsOf(exportWorld());
    expect(column('id')).toEqual(
      [...Array.from({ length: 12 }, (_, index) => `c0${String(index).padStart(2, '0')}`)].reverse(),
    );
    expect(column('priority')?.slice(0, 2)).toEqual(['Medel / 보통', 'Hög / 높음']);
    expect(column('priority.unset')?.slice(0, 2)).toEqual([true, false]);
    expect(column('handoffReason')?.at(-1)).toBe('Klagomål / 불만 접수');
  });

  test('[C3] [C4] [T12] timings stand as numbers and as 0h 0m 0s, one row a cycle on a sheet of their own', async () => {
    const { column, others } = await sheetsOf(exportWorld());
    expect(column('waitingTime')?.map((days) => Math.round(Number(days) * 86_400))).toEqual(
      Array(12).fill(180),
    );
    expect(column('waitingTime.text')).toEqual(Array(12).fill('0h 3m 0s'));
    expect(column('operationWaitingTime')).toEqual(Array(12).fill(null));
    const cycles = others[0];
    const keys = (cycles?.rows[1] ?? []).map(String);
    expect(cycles?.rows).toHaveLength(14);
    expect(cycles?.rows[2]?.[keys.indexOf('policy')]).toBe('handoff 1');
    expect(cycles?.rows[2]?.[keys.indexOf('resolutionTime.text')]).toBe('0h 10m 0s');
  });

  test('[C8] [Q1] [Q6] scores are numbers beside their scale, comments and times stand with them', async () => {
    const { column } = await sheetsOf(exportWorld());
    expect(column('profile.csat')?.filter((score) => score !== null)).toEqual([1, 4, 2, 5, 3, 1]);
    expect(column('csat.scale')?.filter((scale) => scale !== null)).toEqual(Array(6).fill(5));
    expect(column('profile.csatComment')?.at(-1)).toBe('comment 0');
    expect(column('csat.answeredAt')?.filter((at) => at !== null)).toHaveLength(6);
  });

  test('[Q2] the summary has both parts of each rate, and averages within one scale only', async () => {
    const { others, answer } = await sheetsOf(exportWorld());
    const summary = others[2];
    const keys = (summary?.rows[1] ?? []).map(String);
    const rows = summary?.rows
      .slice(2)
      .map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at]])));
    const [all, five] = rows ?? [];
    expect(all).toMatchObject({ sent: 12, answered: 6, rate: 0.5, average: null, 'score.1': null });
    expect(five).toMatchObject({ sent: 12, answered: 6, scored: 6, 'score.1': 2, 'score.5': 1 });
    expect(five?.['average']).toBeCloseTo(16 / 6, 10);
    expect(answer.csat).toEqual({ sent: 12, answered: 6, imported: 0 });
    const complaint = rows?.find((row) => row['value'] === 'complaint');
    expect(complaint).toMatchObject({ sent: 4, answered: 2 });
  });

  test('About tells who, why, as of when, the digest and what is in it', async () => {
    const { about, answer } = await sheetsOf(exportWorld());
    expect(about.get('exportedBy')?.[2]).toBe('Ada Lind');
    expect(about.get('reason')?.[2]).toBe('Kvartalsgranskning');
    expect(about.get('product')?.[2]).toBe('Handoff 1.2.3');
    expect(about.get('digest')?.[2]).toBe(answer.digest);
    expect(about.get('rows.userChats')?.[3]).toBe(12);
    expect(about.get('rows.messages')?.[3]).toBe(36);
    expect(about.get('asOf')?.[4]).toEqual(expect.any(Number));
  });

  test('the digest is the same in every format, another one for other data', async () => {
    const world = exportWorld();
    const [xlsx, jsonl] = [await made(world, {}), await made(world, { format: 'jsonl' }, 'out.jsonl')];
    const other = await made(exportWorld('lead', exportRows(11)));
    if (!xlsx.answer.ok || !jsonl.answer.ok || !other.answer.ok) throw new Error('not made');
    expect(jsonl.answer.value.digest).toBe(xlsx.answer.value.digest);
    expect(other.answer.value.digest).not.toBe(xlsx.answer.value.digest);
    const lines = readFileSync(jsonl.file, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      table: 'userChats',
      waitingTime: 180_000,
      'profile.csat': null,
    });
  });

  test('messages come when they are asked for, notes marked, and stay text', async () => {
    const { others } = await sheetsOf(exportWorld());
    const messages = others[1];
    const keys = (messages?.rows[1] ?? []).map(String);
    expect(keys).toEqual(expect.arrayContaining(['chatId', 'personType', 'plainText', 'createdAt']));
    expect(messages?.rows[2]?.[keys.indexOf('plainText')]).toBe('=HYPERLINK("http://x")');
    expect(messages?.rows[4]?.[keys.indexOf('private')]).toBe(true);
    const without = await sheetsOf(exportWorld(), { withMessages: false });
    expect(without.others).toHaveLength(3);
  });

  test('filters and days narrow it, both ends included (O2)', async () => {
    const { column } = await sheetsOf(exportWorld(), {
      query: { ...REQUEST.query, filters: { tag: ['complaint'], priority: ['none'] } },
    });
    expect(column('id')).toEqual(['c003', 'c001']);
    const range = rangeOf({
      range: { by: 'closed', from: '2026-03-29', to: '2026-03-29' },
      zone: 'Europe/Stockholm',
    });
    // The day on which the clock jumps has 23 hours.
    expect((range.to ?? 0) - (range.from ?? 0)).toBe(23 * 3_600_000);
    expect(rangeOf({ range: { by: 'started', from: null, to: null }, zone: 'UTC' })).toEqual({
      by: 'started',
      from: null,
      to: null,
    });
  });

  test('[Q6] [C12] by the days its surveys went out: only what was asked on them, and totals that say so', async () => {
    const [first, last] = [exportRows(2), Date.UTC(2025, 5, 20, 12)];
    const later = epochMillis(last);
    const second = { surveyId: 's1', sentAt: later, answeredAt: later, score: 5, answerCount: 1 };
    const world = exportWorld('lead', [...first, puts('csat', csatRow('c001', 2, second))]);
    const asked = (from: string | null, to: string | null) =>
      sheetsOf(world, { range: { by: 'asked', from, to } });
    const day = await asked('2025-06-20', '2025-06-20');
    expect(day.column('id')).toEqual(['c001']);
    expect([day.about.get('csat.sent')?.[3], day.about.get('csat.answered')?.[3]]).toEqual([1, 1]);
    expect(day.about.get('range.by')?.[2]).toBe('Enkätens utskick / 설문 발송');
    const before = await asked(null, '2025-06-19');
    expect(before.column('id')).toEqual(['c001', 'c000']);
    expect(before.about.get('csat.sent')?.[3]).toBe(2);
    expect((await asked('2025-06-21', null)).column('id')).toEqual([]);
    expect((await asked(null, null)).about.get('csat.sent')?.[3]).toBe(3);
  });

  test('[C8] [F2] a ready-made field has the name it has on the screen, the workspace’s own first, on every sheet', async () => {
    const [ready] = READY_MADE_FIELDS;
    if (ready === undefined) throw new Error('no ready-made field');
    const named = puts('setting', fieldSetting({ ...ready, names: { sv: 'Betyg' } }));
    const { chats, others } = await sheetsOf(exportWorld('lead', [...exportRows(2), named]));
    for (const sheet of [chats, others[0]])
      expect(sheet?.rows[0]?.[sheet.rows[1]?.indexOf('profile.csat') ?? -1]).toBe(
        'Betyg / 고객 만족도(CSAT)',
      );
  });

  test('is of one moment: what is written while it runs is not in it', async () => {
    const world = exportWorld();
    const { core } = world;
    let turns = 0;
    const deps = {
      ...world.deps,
      breathe: async () => {
        turns += 1;
        if (turns === 1)
          core.replica.apply(
            [
              puts('tag', {
                conversationId: asId('c001'),
                tag: 'late',
                appliedBy: 'agent',
                agentId: null,
                at: epochMillis(1),
              }),
            ],
            {},
          );
      },
    };
    const file = path.join(tempDir(), 'out.jsonl');
    const answer = await makeExport(deps, 'x1', { ...REQUEST, format: 'jsonl' }, file, WATCH);
    expect(answer.ok).toBe(true);
    expect(turns).toBeGreaterThan(1);
    expect(readFileSync(file, 'utf8')).not.toContain('"late"');
  });
});

describe('who may', () => {
  test('an agent may not, and nothing is written', async () => {
    const { file, answer } = await made(exportWorld('agent'));
    expect(answer).toEqual({ ok: false, error: { type: 'forbidden' } });
    expect(existsSync(file)).toBe(false);
  });

  test('without a reason nothing is written', async () => {
    const { answer } = await made(exportWorld(), { reason: ' ' });
    expect(answer).toEqual({ ok: false, error: { type: 'reasonRequired' } });
  });

  test('where agents may, they take no addresses and no numbers along', async () => {
    const policy = puts('setting', { key: 'exports', value: '{"role":"agent","reasonRequired":false}' });
    const { keys, about } = await sheetsOf(exportWorld('agent', [...exportRows(), policy]), { reason: null });
    expect(keys).toContain('name');
    expect(keys).not.toContain('email');
    expect(keys).not.toContain('phone');
    expect(about.get('identity')?.[2]).toBe('Endast namn / 이름만');
  });

  test('it is written down in the outbox, with rows and digest, before the file has its name', async () => {
    const world = exportWorld();
    const { answer } = await made(world);
    const [entry] = world.core.outbox.entries();
    expect(entry?.name).toBe('export.record');
    expect(entry?.args).toMatchObject({
      reason: 'Kvartalsgranskning',
      rows: { userChats: 12, cycles: 12, messages: 36 },
      digest: answer.ok ? answer.value.digest : '',
    });
  });
});

describe('an end before the end', () => {
  test('cancelled, it leaves no file and no record', async () => {
    const world = exportWorld('lead', exportRows(300));
    const folder = tempDir();
    let done = 0;
    const answer = await makeExport(world.deps, 'x1', REQUEST, path.join(folder, 'out.xlsx'), {
      onProgress: (now) => {
        done = now;
      },
      isCancelled: () => done >= 200,
    });
    expect(answer).toEqual({ ok: false, error: { type: 'cancelled' } });
    expect(readdirSync(folder)).toEqual([]);
    expect(world.core.outbox.entries()).toEqual([]);
  });

  test('where it cannot be written, that is said and nothing is left', async () => {
    const folder = tempDir();
    const answer = await makeExport(
      exportWorld().deps,
      'x1',
      REQUEST,
      path.join(folder, 'no', 'out.xlsx'),
      WATCH,
    );
    expect(answer).toEqual({ ok: false, error: { type: 'cannotWrite' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('[C12] a list’s conditions on fields hold in its file as on the screen, and wait until they are known', async () => {
    const world = exportWorld();
    const fields = { 'profile.csat': { type: 'range', from: null, to: 3 } } as const;
    const query = { ...REQUEST.query, filters: { priority: ['high'], fields } };
    const numberOf = (id: string) =>
      world.core.replica.db.pluck<number>('SELECT n FROM conversation WHERE id = ?', id) ?? 0;
    const low = new Set(['c000', 'c001', 'c006'].map(numberOf));
    const asked: ListQuery[] = [];
    const passing = (wanted: ListQuery) => {
      asked.push(wanted);
      return (n: number) => low.has(n);
    };
    const { column, about } = await sheetsOf({ ...world, deps: { ...world.deps, passing } }, { query });
    // `c001` is of another priority: queue and plain filters are decided beside it.
    expect(column('id')).toEqual(['c006', 'c000']);
    expect(asked).toEqual([query]);
    expect(about.get('filters')?.[2]).toBe(JSON.stringify(query.filters));
    expect((await made(world, { query })).answer).toEqual({ ok: false, error: { type: 'notReady' } });
  });

  test('what is behind a figure that is not counted yet waits', async () => {
    const among = { of: 'csat', from: '2026-06-01', to: '2026-06-07', zone: 'UTC' } as const;
    const { answer } = await made(exportWorld(), { query: { ...REQUEST.query, among } });
    expect(answer).toEqual({ ok: false, error: { type: 'notReady' } });
  });

  test('progress goes up to its total, over every table', async () => {
    const told: string[] = [];
    const world = exportWorld('lead', exportRows(250));
    await makeExport(world.deps, 'x1', REQUEST, path.join(tempDir(), 'out.xlsx'), {
      onProgress: (done, total) => told.push(`${done}/${total}`),
      isCancelled: () => false,
    });
    expect(told.at(-1)).toBe('750/750');
  });
});
