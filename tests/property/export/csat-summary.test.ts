import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { responseRate, summariseByScale } from '../../../src/domain/csat/averages.ts';
import { SCORES_OF } from '../../../src/domain/csat/scale.ts';
import { epochMillis } from '../../../src/base/time.ts';
import type { CsatScale } from '../../../src/domain/model.ts';
import { NO_TIMINGS } from '../../../src/domain/timings/timings.ts';
import { CsatSummary, summaryColumns } from '../../../src/export/report/csat-summary.ts';
import type { ExportedConversation } from '../../../src/export/report/source.ts';
import { AT, conversationRow, tagRow } from '../../support/desk/sample-rows.ts';
import { Labels } from '../../../src/export/report/labels.ts';
import { csatRow, RESOURCES } from '../../support/export/export-world.ts';

const EVERY_DAY = { by: 'started', from: null, to: null } as const;

const scale = fc.constantFrom<CsatScale | null>(2, 3, 5, null);

const survey = scale.chain((of) =>
  fc.record({
    scale: fc.constant(of),
    score: fc.option(of === null ? fc.integer({ min: 0, max: 100 }) : fc.constantFrom(...SCORES_OF[of])),
    imported: fc.boolean(),
    day: fc.integer({ min: 0, max: 400 }),
    tags: fc.subarray(['vip', 'complaint', 'refund']),
  }),
);

function chatOf(
  index: number,
  one: { scale: CsatScale | null; score: number | null; imported: boolean; day: number; tags: string[] },
): ExportedConversation {
  const id = `c${index}`;
  return {
    conversation: conversationRow(id),
    customer: null,
    tags: one.tags.map((tag) => tagRow(id, tag)),
    fields: [],
    cycles: [],
    timings: NO_TIMINGS,
    csat: [
      csatRow(id, 1, {
        scale: one.scale,
        score: one.score,
        surveyId: one.imported ? null : 's1',
        answeredAt: one.score === null ? null : AT,
        sentAt: (AT + one.day * 86_400_000) as typeof AT,
        ownerId: asId<'AgentId'>(`a${index % 3}`),
      }),
    ],
  };
}

test('[Q2] [Q6] the sheet’s figures are those of the screens’ functions, whole and by each dimension', () => {
  fc.assert(
    fc.property(fc.array(survey, { maxLength: 60 }), (surveys) => {
      const chats = surveys.map((one, index) => chatOf(index, one));
      const summary = new CsatSummary('Asia/Seoul', EVERY_DAY);
      for (const chat of chats) summary.add(chat);
      const csat = chats.flatMap((chat) => chat.csat);
      const { sent, answered } = responseRate(csat);
      expect(summary.totals()).toEqual({ sent, answered, imported: csat.length - sent });
      const rows = summary.rows();
      const byScale = summariseByScale(csat);
      for (const { scale: of, count, average } of byScale) {
        const row = rows.find((one) => one.dimension === 'all' && one.scale === (of ?? 'unknown'));
        expect(row?.scored).toBe(count);
        expect((row?.sum ?? 0) / (row?.scored ?? 1)).toBeCloseTo(average, 9);
      }
      // Every dimension but tags, of which a conversation has several, adds up to the whole.
      for (const dimension of ['assignee', 'channel', 'outcome', 'reason', 'language', 'month'] as const) {
        const of = rows.filter((row) => row.dimension === dimension && row.scale === 'all');
        expect(of.reduce((sum, row) => sum + row.sent, 0)).toBe(sent);
      }
    }),
  );
});

test('months are those of the zone, in their order; a tag counts for each conversation that has it', () => {
  const summary = new CsatSummary('Asia/Seoul', EVERY_DAY);
  const lateMay = (Date.UTC(2025, 4, 31, 16) - AT) / 86_400_000;
  summary.add(chatOf(0, { scale: 5, score: 5, imported: false, day: 40, tags: ['vip', 'refund'] }));
  summary.add(chatOf(1, { scale: 5, score: null, imported: false, day: lateMay, tags: ['vip'] }));
  summary.add(chatOf(2, { scale: null, score: 70, imported: true, day: 0, tags: [] }));
  const rows = summary.rows().filter((row) => row.scale === 'all');
  expect(rows.filter((row) => row.dimension === 'month').map((row) => row.value)).toEqual([
    '2025-06',
    '2025-07',
  ]);
  expect(rows.filter((row) => row.dimension === 'tag').map((row) => [row.value, row.sent])).toEqual([
    ['vip', 2],
    ['refund', 1],
    [null, 0],
  ]);
});

test('[Q6] by the days on which surveys went out, only those of the range count: from its first moment, before its end', () => {
  fc.assert(
    fc.property(fc.array(survey, { maxLength: 40 }), fc.nat(400), fc.nat(60), (surveys, first, days) => {
      const [from, to] = [first, first + days].map((day) => epochMillis(AT + day * 86_400_000));
      const summary = new CsatSummary('UTC', { by: 'asked', from: from ?? null, to: to ?? null });
      surveys.forEach((one, index) => summary.add(chatOf(index, one)));
      const within = surveys.filter(({ day, imported }) => !imported && day >= first && day < first + days);
      expect(summary.totals().sent).toBe(within.length);
    }),
  );
});

test('[Q2] the mean made comparable stands for each known scale, never for all together or an unknown one', () => {
  const summary = new CsatSummary('UTC', EVERY_DAY);
  summary.add(chatOf(0, { scale: 5, score: 4, imported: false, day: 0, tags: [] }));
  summary.add(chatOf(1, { scale: 2, score: 5, imported: false, day: 0, tags: [] }));
  summary.add(chatOf(2, { scale: null, score: 70, imported: true, day: 0, tags: [] }));
  const [normalised] = summaryColumns({
    labels: new Labels(RESOURCES, ['sv'], 'en'),
    agentNames: new Map(),
  }).filter(({ key }) => key === 'normalised');
  const whole = summary.rows().filter(({ dimension }) => dimension === 'all');
  expect(whole.map((row) => [row.scale, normalised?.read(row)])).toEqual([
    ['all', null],
    [5, 0.75],
    [2, 1],
    ['unknown', null],
  ]);
});
