import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import type { Conversation } from '../../../../src/domain/model.ts';
import { responseRate, summariseByScale } from '../../../../src/domain/csat/averages.ts';
import { createSample } from '../../../../src/host/sample/create-sample.ts';
import { loadSampleData } from '../../../../src/host/sample/load-sample.ts';
import { surveysOfSettings } from '../../../../src/protocol/surveys.ts';
import { wireToRow } from '../../../../src/protocol/tables.ts';
import { openHouse } from '../../../support/workspace/house.ts';

const NOW = epochMillis(Date.UTC(2026, 10, 21, 9, 30));
const data = loadSampleData(fileURLToPath(new URL('../../../../resources/sample', import.meta.url)));

async function conversationsOfSample() {
  const house = await openHouse({ now: NOW });
  const me = await createSample(house.workspace, data, NOW);
  const rowsOf = (table: 'conversation' | 'readMarker') =>
    house.store.page({ table, after: null, limit: 10_000, agentId: me });
  const conversations = (await rowsOf('conversation')).map((row) => wireToRow('conversation', row));
  const reads = (await rowsOf('readMarker')).map((row) => wireToRow('readMarker', row));
  return { house, me, reads, conversations };
}

function expectBetween(value: number, from: number, to: number): void {
  expect(value).toBeGreaterThanOrEqual(from);
  expect(value).toBeLessThanOrEqual(to);
}

test('[S1] [S2] [S3] the state machine reads the sample as it was meant', async () => {
  const { house, me, conversations } = await conversationsOfSample();
  expect(me).toBe(data.people.agents[0]?.id);
  expect(await house.workspace.pendingCount()).toBe(0);
  const count = (fits: (one: Conversation) => boolean): number => conversations.filter(fits).length;
  expectBetween(conversations.length, 290, 320);
  expectBetween(
    count(({ aiOutcome }) => aiOutcome === 'notResolvedByAi'),
    110,
    130,
  );
  expectBetween(
    count(({ aiOutcome }) => aiOutcome === 'resolvedByAi'),
    112,
    128,
  );
  expectBetween(
    count(({ aiOutcome }) => aiOutcome === 'closedUnresolved'),
    40,
    50,
  );
  expectBetween(
    count(({ aiOutcome }) => aiOutcome === 'open'),
    10,
    14,
  );
  expectBetween(
    count(({ aiOutcome }) => aiOutcome === null),
    4,
    10,
  );
  expectBetween(
    count(({ humanState }) => humanState === 'open'),
    45,
    60,
  );
  expectBetween(
    count(({ humanState }) => humanState === 'snoozed'),
    8,
    12,
  );
  expectBetween(
    count(({ cycleCount }) => cycleCount >= 2),
    12,
    40,
  );
});

test('[S2] offered tickets: some accepted, some declined', async () => {
  const { conversations } = await conversationsOfSample();
  const declined = conversations.filter(({ handoffOffer }) => handoffOffer === 'declined');
  expect(declined.length).toBeGreaterThan(0);
  expect(declined.map(({ aiOutcome }) => aiOutcome)).toEqual(declined.map(() => 'closedUnresolved'));
});

test('[T1] the inbox has those who wait and those who were answered, and the read ones are told apart', async () => {
  const { reads, conversations } = await conversationsOfSample();
  const open = conversations.filter(({ humanState }) => humanState === 'open');
  expect(open.filter(({ waitingSince }) => waitingSince !== null).length).toBeGreaterThan(15);
  expect(open.filter(({ waitingSince }) => waitingSince === null).length).toBeGreaterThan(3);
  const markers = new Map(reads.map((one) => [one.conversationId, one.readThroughAt]));
  const unread = open.filter(
    ({ id, lastCustomerMessageAt }) => (markers.get(id) ?? 0) < (lastCustomerMessageAt ?? 0),
  );
  expectBetween(unread.length, 10, 45);
});

test('[C7] [C13] [T5] it has fields of every type with names in four languages, values of each, and business hours', async () => {
  const { house } = await conversationsOfSample();
  const settings = await house.workspace.settings();
  expect(settings.hours[0]?.zone).toBe('Europe/Stockholm');
  const own = (settings.fields ?? []).filter(({ key }) => !key.startsWith('profile.csat'));
  expect(new Set(own.map(({ type }) => type))).toEqual(
    new Set(['Boolean', 'String', 'Number', 'Date', 'Datetime', 'List']),
  );
  for (const { names } of own) expect(Object.keys(names).sort()).toEqual(['en', 'ko', 'pt-BR', 'sv']);
  for (const { key } of own)
    expect((await house.store.fieldHolders(key, 100)).length, key).toBeGreaterThanOrEqual(5);
  expect((await house.workspace.check()).damage).toEqual([]);
});

test('[C9] [Q2] [Q6] it has surveys that are on, and answers on every scale in four languages', async () => {
  const { house, me, conversations } = await conversationsOfSample();
  const rows = await house.store.page({ table: 'csat', after: null, limit: 10_000, agentId: me });
  const csat = rows.map((row) => wireToRow('csat', row));
  const surveys = surveysOfSettings(await house.store.settings());
  expect(surveys.map(({ id, onSince }) => [id, onSince])).toEqual([
    ['phone', NOW],
    ['mail', NOW],
    ['chat', NOW],
  ]);
  const { sent, answered } = responseRate(csat);
  expectBetween(sent, 60, 120);
  expectBetween(answered / sent, 0.45, 0.75);
  expect(summariseByScale(csat).map(({ scale }) => scale)).toEqual([5, 3, 2]);
  const languageOf = new Map(conversations.map(({ id, language }) => [id, language]));
  const spoken = csat.flatMap(({ comment, conversationId }) =>
    comment === null ? [] : [languageOf.get(conversationId) ?? ''],
  );
  for (const language of ['en', 'ko', 'pt-BR', 'sv']) expect(spoken).toContain(language);
  for (const { sentAt, answeredAt } of csat) expect(Math.max(sentAt, answeredAt ?? 0)).toBeLessThan(NOW);
  expect((await house.workspace.sweep()).sent).toBe(0);
});
