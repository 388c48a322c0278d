import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { TIMING_KEYS } from '../../src/domain/timings/timings.ts';
import { type CommandResult, runHandoff } from '../support/host-process.ts';
import { tempDir } from '../support/temp-dir.ts';

const LONG = 60_000;
const duration = z.number().int().nonnegative().nullable();
const timings = z.strictObject({
  waitingTime: duration,
  avgReplyTime: duration,
  resolutionTime: duration,
  operationWaitingTime: duration,
  operationAvgReplyTime: duration,
  operationResolutionTime: duration,
});
const span = z.object({
  from: z.string(),
  to: z.string(),
  startedBy: z.object({ type: z.string(), messageId: z.string().nullable() }),
  stoppedBy: z.object({ type: z.string(), messageId: z.string().nullable() }),
  counted: z.number(),
  counts: z.boolean(),
  inHours: z.enum(['all', 'part', 'none']).optional(),
});
const value = z.object({ value: duration, reason: z.string().nullable(), spans: z.array(span) });
const shown = z.object({
  id: z.string(),
  timings,
  cycles: z.array(z.object({ ordinal: z.number(), closedAt: z.string().nullable(), timings })),
  explain: z.object({
    policy: z.object({ name: z.string(), version: z.number() }),
    cycles: z.array(
      z.object({
        ordinal: z.number(),
        complete: z.literal(true),
        avgReplyTime: value,
        operationWaitingTime: value,
      }),
    ),
  }),
});

const HOURS = {
  hours: [
    {
      validFrom: '2026-01-01',
      zone: 'Europe/Stockholm',
      week: {
        mon: [
          ['09:00', '12:00'],
          ['13:00', '18:00'],
        ],
        fri: [['22:00', '06:00']],
      },
      holidays: ['2026-12-25'],
    },
  ],
};

/** Monday 2026-06-01, in Stockholm two hours ahead of these. */
const minute = (minutes: number): number => Date.UTC(2026, 5, 1, 9) + minutes * 60_000;

function line(id: string, at: number, type: string, more: object, conversationId = 'c1'): string {
  return JSON.stringify({ id: `${conversationId}-${id}`, at: minute(at), conversationId, type, ...more });
}

function says(id: string, at: number, kind: string): string {
  const author = kind === 'agent' ? { kind, id: 'ana' } : { kind };
  return line(id, at, 'message.posted', { messageId: id, author, text: id });
}

const EVENTS = [
  line('start', 0, 'conversation.started', { channel: 'web_chat', profile: { id: 'visitor' } }),
  says('question', 1, 'customer'),
  line('over', 50, 'conversation.escalated', { reason: 'unknown order' }),
  says('reply', 130, 'agent'),
  line('end', 150, 'conversation.closed', { by: 'customer' }),
  says('again', 200, 'customer'),
  line('start', 0, 'conversation.started', { channel: 'web_chat', profile: { id: 'visitor' } }, 'c2'),
];

async function office(): Promise<{ folder: string; run: (...words: string[]) => Promise<CommandResult> }> {
  const folder = tempDir();
  const data = path.join(folder, 'data');
  return { folder, run: (...words) => runHandoff(...words, '--data', data) };
}

function write(folder: string, name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test(
  '[C3][T9][T10] show prints the six timings, those of each cycle, and what explains them',
  async () => {
    const { folder, run } = await office();
    expect(await run('import', write(folder, 'events.ndjson', EVENTS.join('\n')))).toMatchObject({
      code: 0,
      errors: '',
    });
    expect((await run('settings', 'import', write(folder, 'settings.json', HOURS))).code).toBe(0);
    const one = await run('show', 'c1', '--json');
    expect(one.errors).toBe('');
    const c1 = shown.parse(JSON.parse(one.output));
    expect(Object.values(c1.timings)).toEqual(TIMING_KEYS.map(() => null));
    expect(c1.cycles.map((cycle) => cycle.timings)).toEqual([
      {
        waitingTime: 80 * 60_000,
        avgReplyTime: 80 * 60_000,
        resolutionTime: 100 * 60_000,
        // 11:50 to 13:10 local, less lunch from 12 to 13.
        operationWaitingTime: 20 * 60_000,
        operationAvgReplyTime: 20 * 60_000,
        operationResolutionTime: 40 * 60_000,
      },
      c1.timings,
    ]);
    expect(c1.explain.policy).toEqual({ name: 'handoff', version: 1 });
    expect(c1.explain.cycles[0]?.operationWaitingTime.spans).toMatchObject([
      {
        startedBy: { type: 'opening' },
        stoppedBy: { messageId: 'reply' },
        counted: 20 * 60_000,
        inHours: 'part',
      },
    ]);
    expect(c1.explain.cycles[1]?.avgReplyTime).toMatchObject({ value: null, reason: 'notYet' });
    const all = await run('show', '--all', '--json');
    const lines = all.output
      .trimEnd()
      .split('\n')
      .map((text) => shown.parse(JSON.parse(text)));
    expect(lines.map(({ id }) => id).sort()).toEqual(['c1', 'c2']);
    expect(lines.find(({ id }) => id === 'c1')).toEqual(c1);
    expect((await run('show', 'c1', '--all')).code).toBe(2);
  },
  LONG,
);

test(
  '[T5] settings come out as they went in; a wrong file is named by its places and changes nothing',
  async () => {
    const { folder, run } = await office();
    const bad = structuredClone<Record<string, unknown>>(HOURS);
    bad['hours'] = [
      {
        ...HOURS.hours[0],
        week: {
          mon: [
            ['09:00', '12:00'],
            ['late', '18:00'],
          ],
        },
      },
    ];
    const refused = await run('settings', 'import', write(folder, 'bad.json', bad));
    expect(refused.code).toBe(2);
    expect(refused.output).toBe('');
    expect(refused.errors).toMatch(/^hours\.0\.week\.mon\.1\.0: /m);
    expect(existsSync(path.join(folder, 'data'))).toBe(false);
    expect((await run('settings', 'import', write(folder, 'broken.json', '{'))).code).toBe(2);
    expect((await run('settings', 'import', path.join(folder, 'none.json'))).errors).toContain('none.json');

    expect((await run('settings', 'import', write(folder, 'good.json', HOURS))).code).toBe(0);
    const exported = await run('settings', 'export');
    expect(JSON.parse(exported.output)).toEqual({ ...HOURS, timingPolicy: 'handoff' });
    expect((await run('settings', 'import', write(folder, 'out.json', exported.output))).code).toBe(0);
    expect((await run('settings', 'import', path.join(folder, 'bad.json'))).code).toBe(2);
    expect((await run('settings', 'export')).output).toBe(exported.output);
  },
  LONG,
);
