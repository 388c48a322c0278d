import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { airlineFile, hasAirlineData } from '../support/airline.ts';
import { runHandoff } from '../support/host-process.ts';

const LONG = 60_000;
const line = z.object({
  type: z.string(),
  at: z.string(),
  conversationId: z.string(),
  channel: z.string().optional(),
  method: z.string().optional(),
  by: z.string().optional(),
  tags: z.array(z.string()).default([]),
  note: z.boolean().default(false),
  author: z.object({ kind: z.string() }).optional(),
});
type Line = z.infer<typeof line>;

/** What the file itself says of one conversation, read line by line (O5–O7, 48 h after its last message). */
function endOf(lines: readonly Line[]): string {
  let last: Line | null = null;
  for (const one of lines) {
    if (one.type === 'conversation.escalated') return 'notResolvedByAi';
    if (one.type === 'conversation.resolved') return 'resolvedByAi';
    if (one.type === 'message.posted' && !one.note && one.author?.kind !== 'system') last = one;
  }
  return last?.author?.kind === 'ai' ? 'resolvedByAi' : 'closedUnresolved';
}

function readFile() {
  const conversations = new Map<string, Line[]>();
  for (const text of readFileSync(airlineFile, 'utf8').split('\n')) {
    if (text.trim() === '') continue;
    const one = line.parse(JSON.parse(text));
    const known = conversations.get(one.conversationId);
    if (known === undefined) conversations.set(one.conversationId, [one]);
    else known.push(one);
  }
  return [...conversations.values()].map((lines) => {
    const start = lines.find((one) => one.type === 'conversation.started');
    if (start === undefined) throw new Error('a conversation without a start');
    return { day: start.at.slice(0, 10), channel: start.channel ?? '', end: endOf(lines), lines };
  });
}

const rate = z.object({ value: z.number().nullable(), numerator: z.number(), denominator: z.number() });
const printed = z.object({
  from: z.string(),
  to: z.string(),
  zone: z.string(),
  group: z.string(),
  totalVolume: z.object({ value: z.number() }),
  resolvedByAi: rate,
  notResolvedByAi: rate,
  sales: z.object({ value: z.array(z.unknown()) }),
  series: z.array(z.object({ day: z.string(), total: z.number(), counts: z.record(z.string(), z.number()) })),
});
const FROM = '2026-09-01';
const TO = '2026-11-30';

describe.skipIf(!hasAirlineData)('how well the AI does, on the airline data', () => {
  let data = '';
  const overview = async (...more: readonly string[]) => {
    const ran = await runHandoff('overview', '--zone', 'UTC', '--json', '--data', data, ...more);
    expect(ran.errors).toBe('');
    return printed.parse(JSON.parse(ran.output));
  };

  beforeAll(async () => {
    data = mkdtempSync(path.join(tmpdir(), 'handoff-insight-'));
    const imported = await runHandoff('import', airlineFile, '--data', data);
    expect(imported.code).toBe(0);
    return () => rmSync(data, { recursive: true, force: true });
  }, LONG);

  test(
    '[O1][O3][O5][O6] the overview’s figures are those that the file itself gives',
    async () => {
      const told = readFile();
      const count = (end: string): number => told.filter((one) => one.end === end).length;
      const answer = await overview('--from', FROM, '--to', TO, '--group', 'channel');
      const { length } = told;
      expect(length).toBe(200);
      expect(answer).toMatchObject({ from: FROM, to: TO, zone: 'UTC', group: 'channel' });
      expect(answer.totalVolume.value).toBe(length);
      const [resolved, not] = [count('resolvedByAi'), count('notResolvedByAi')];
      expect(answer.resolvedByAi).toEqual({
        value: resolved / length,
        numerator: resolved,
        denominator: length,
      });
      expect(answer.notResolvedByAi).toEqual({ value: not / length, numerator: not, denominator: length });
      expect([not, resolved]).toEqual([48, 67]);
      expect(answer.sales.value).toEqual([]);
      for (const { day, total, counts } of answer.series) {
        const started = told.filter((one) => one.day === day);
        expect(total).toBe(started.length);
        for (const [channel, of] of Object.entries(counts))
          expect(of).toBe(started.filter((one) => one.channel === channel).length);
      }
      expect(answer.series).toHaveLength(91);
    },
    LONG,
  );

  test(
    '[O2] part of the range, both days included, stacked by status',
    async () => {
      const told = readFile().filter(({ day }) => day >= '2026-09-10' && day <= '2026-09-20');
      const answer = await overview('--from', '2026-09-10', '--to', '2026-09-20', '--group', 'status');
      expect(answer.totalVolume.value).toBe(told.length);
      expect(answer.series.map(({ day }) => day)).toHaveLength(11);
      for (const { day, counts } of answer.series)
        for (const [end, of] of Object.entries(counts))
          expect(of).toBe(told.filter((one) => one.day === day && one.end === end).length);
    },
    LONG,
  );

  test(
    '[K3][K5] the feed of escalations is the file’s, newest first',
    async () => {
      const ran = await runHandoff('activity', 'escalated', '--json', '--data', data);
      const items = z
        .array(z.object({ at: z.string(), conversationId: z.string() }))
        .parse(JSON.parse(ran.output));
      const expected = readFile()
        .flatMap(({ lines }) => lines.filter((one) => one.type === 'conversation.escalated'))
        .map((one) => `${new Date(one.at).toISOString()} ${one.conversationId}`);
      expect(items.map((item) => `${item.at} ${item.conversationId}`).toSorted()).toEqual(
        expected.toSorted(),
      );
      expect(items.map(({ at }) => at)).toEqual(
        items
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      );
    },
    LONG,
  );

  test(
    '[K6] a segment by its id: who started a conversation',
    async () => {
      const ran = await runHandoff('segment', 'started-conversation', '--json', '--data', data);
      const segment = z
        .object({
          known: z.number(),
          anonymous: z.number(),
          members: z.array(z.object({ customerId: z.string() })),
        })
        .parse(JSON.parse(ran.output));
      expect(segment.members).toHaveLength(segment.known);
      expect(new Set(segment.members.map(({ customerId }) => customerId)).size).toBe(segment.known);
    },
    LONG,
  );

  test(
    'a wrong call names what is wrong and ends with 2',
    async () => {
      const wrong = [
        ['overview', '--from', '2026-09-10'],
        ['overview', '--from', '2026-09-10', '--to', '2026-09-01'],
        ['overview', '--zone', 'Mars/Olympus'],
        ['overview', '--group', 'mood'],
        ['activity', 'nothing'],
        ['segment'],
        ['segment', 'nobody'],
      ];
      for (const words of wrong) {
        const ran = await runHandoff(...words, '--data', data);
        expect(ran.code, words.join(' ')).toBe(2);
        expect(ran.output).toBe('');
      }
    },
    LONG,
  );
});
