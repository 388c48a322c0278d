import { existsSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../src/base/must.ts';
import { checkRows, nameOfRow } from '../../src/desk/digests/row-digests.ts';
import { compareReplica } from '../../src/desk/replica/compare.ts';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { lockDataDir } from '../../src/desk/store/data-dir-lock.ts';
import { isDistrusted } from '../../src/desk/store/distrust.ts';
import { makeEmpty, makeSample, readEmbedded } from '../../src/host/prepare-data.ts';
import { type BootstrapPosition, BOOTSTRAP_LIMIT } from '../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../src/protocol/version.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { integrityCheck } from '../../src/sqlite/integrity.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { CONVERSATIONS, customerSays, type House, ME, openHouse, openWorkspaceIn, START } from './house.ts';
import { type Ledger, texts } from './ledger.ts';
import { SAMPLE_AT, SAMPLE_DIR, type Scenario } from './scenarios.ts';

/** What is wrong with a directory after a fault, in words; empty: everything acknowledged is there, once. */
export type Problems = string[];

/** The times a text is in the workspace's messages. */
async function countsOf(workspace: Workspace): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const seen = new Set<unknown>();
  const transport = must(await workspace.transportFor(ME), 'the transport');
  let position: BootstrapPosition | null = null;
  do {
    const request = { version: WIRE_VERSION, clientId: 'auditor', position, limit: BOOTSTRAP_LIMIT };
    const page = await transport.bootstrap(request);
    if (!page.ok) throw new Error(page.error.type);
    for (const { table, puts } of page.value.tables) {
      if (table !== 'message') continue;
      for (const row of puts) {
        // Pages overlap: open conversations come first, then everything.
        if (seen.has(row[0])) continue;
        seen.add(row[0]);
        // A text may be in more than one column of a row.
        for (const value of new Set(row))
          if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    position = page.value.next;
  } while (position !== null);
  return counts;
}

/** Doctor's comparison of replica and workspace. */
export async function compareHouse(house: House): Promise<Problems> {
  const comparison = compareReplica(house.desk.core.replica.db);
  const transport = must(await house.workspace.transportFor(ME), 'the transport');
  let position: BootstrapPosition | null = null;
  do {
    const request = { version: WIRE_VERSION, clientId: 'auditor', position, limit: BOOTSTRAP_LIMIT };
    const page = await transport.bootstrap(request);
    if (!page.ok) return [`bootstrap answered ${page.error.type}`];
    comparison.add(page.value.tables);
    position = page.value.next;
  } while (position !== null);
  return comparison.finish().map(({ table, key, kind }) => `replica ${kind} ${table} ${JSON.stringify(key)}`);
}

/** SQLite's own check of every database file, before production code touches it. */
export function checkFiles(dir: string): Problems {
  const paths = dataDirPaths(dir);
  const files = [paths.workspace, path.join(paths.desk, 'outbox.db'), path.join(paths.desk, 'replica.db')];
  return files.flatMap((file) => {
    if (!existsSync(file)) return [];
    const opened = openDatabase(file, { synchronous: 'FULL' });
    if (!opened.ok) return [`${path.basename(file)} cannot be opened: ${opened.error.type}`];
    const found = integrityCheck(opened.value).map((line) => `${path.basename(file)}: ${line}`);
    opened.value.close();
    return found;
  });
}

/** Opens the directory as the next start would, and looks for everything that was acknowledged. */
export async function verify(scenario: Scenario, dir: string, ledger: Ledger): Promise<Problems> {
  if (scenario.check === 'data') return verifyData(scenario, dir, ledger);
  const problems = [...checkFiles(dir), ...wrongAnswers(ledger)];
  if (problems.length > 0) return problems;
  return [
    ...problems,
    ...(await (scenario.check === 'workspace' ? verifyWorkspace : verifyHouse)(dir, ledger)),
  ];
}

/** A failing disk has a name of its own; nothing is answered as a bug. */
function wrongAnswers(ledger: Ledger): Problems {
  return ledger
    .filter((line) => line.state === 'err' && line.code === 'internal')
    .map((line) => `${line.what} ${line.text} was answered "internal"`);
}

async function verifyHouse(dir: string, ledger: Ledger, session = 5): Promise<Problems> {
  // Only a replica that was marked before is set aside.
  const isMarked = isDistrusted(path.join(dataDirPaths(dir).desk, 'replica.db'));
  const opened = await openHouse(dir, session);
  if (!opened.ok) return [`${opened.where} cannot be opened: ${opened.error.type}`];
  const house = opened.value;
  try {
    return await inspectHouse(house, ledger, isMarked);
  } finally {
    await house.close();
  }
}

async function inspectHouse(house: House, ledger: Ledger, isMarked: boolean): Promise<Problems> {
  const problems: Problems = [];
  const { desk, workspace } = house;
  const { outbox } = desk.core;
  if (desk.setAside !== null && !isMarked)
    problems.push(`the replica was set aside: ${desk.setAside.reason}`);
  if (outbox.damaged.length > 0) problems.push(`damaged entries: ${outbox.damaged.join(', ')}`);
  for (const { type, place } of (await workspace.check()).damage) problems.push(`workspace ${type} ${place}`);
  const before = await countsOf(workspace);
  const saved = new Set(texts(ledger, ['reply', 'note'], 'ack'));
  for (const text of texts(ledger, ['delivered'], 'ack'))
    if (saved.has(text) && before.get(text) !== 1)
      problems.push(`"${text}" was delivered and is not in the workspace`);
  problems.push(...draftProblems(house, ledger));
  await house.sync();
  const counts = await countsOf(workspace);
  const attention = JSON.stringify(outbox.attention());
  const taken = new Set(texts(ledger, ['recall'], 'try'));
  for (const text of texts(ledger, ['reply', 'note'], 'try')) {
    const count = counts.get(text) ?? 0;
    const said = texts(ledger, ['reply', 'note'], 'ack').includes(text);
    if (count > 1) problems.push(`"${text}" is there ${count} times`);
    if (said && count === 0 && !attention.includes(text) && !taken.has(text))
      problems.push(`"${text}" is lost`);
    if (count > 0 && attention.includes(text)) problems.push(`"${text}" is both held and delivered`);
  }
  problems.push(...recallProblems(house, ledger, counts));
  problems.push(...(await ingestProblems(workspace, ledger)));
  await house.sync();
  problems.push(...(await compareHouse(house)));
  problems.push(
    ...checkRows(desk.core.replica.db).damaged.map((row) => `the replica's ${nameOfRow(row)} is damaged`),
  );
  const { pending, bootstrap } = desk.status();
  if (pending > 0 || bootstrap !== null) problems.push(`not in step: ${pending} pending`);
  return problems;
}

function draftsOf(house: House): readonly string[] {
  return CONVERSATIONS.flatMap((id) => house.desk.core.outbox.drafts.of(id).map((draft) => draft.text));
}

/** The draft is the last one acknowledged, or one that was tried after it. */
function draftProblems(house: House, ledger: Ledger): Problems {
  const lines = ledger.filter((line) => line.what === 'draft' || (line.what === 'reply' && line.id === 'c1'));
  if (lines.length === 0) return [];
  const lastAck = lines.findLastIndex((line) => line.state === 'ack');
  const allowed = new Set(
    lines.slice(Math.max(lastAck, 0)).map((line) => (line.what === 'draft' ? line.text : '')),
  );
  if (lastAck < 0) allowed.add('');
  const found = house.desk.core.outbox.drafts.of(must(CONVERSATIONS[0], 'a conversation'))[0]?.text ?? '';
  return allowed.has(found) ? [] : [`the draft is "${found}", not one of ${JSON.stringify([...allowed])}`];
}

function recallProblems(house: House, ledger: Ledger, counts: ReadonlyMap<string, number>): Problems {
  const saved = new Set(texts(ledger, ['reply'], 'ack'));
  return ledger
    .filter(({ what, state, text }) => what === 'recall' && state !== 'err' && saved.has(text))
    .flatMap(({ text, state }) => {
      const isDraft = draftsOf(house).includes(text);
      const count = counts.get(text) ?? 0;
      if (count + Number(isDraft) !== 1)
        return [`recalled "${text}" is there ${count} times, draft: ${isDraft}`];
      return state === 'ack' && !isDraft ? [`recalled "${text}" was sent`] : [];
    });
}

/** Offers every batch that was tried again: each event counts once, whatever happened before. */
async function ingestProblems(workspace: Workspace, ledger: Ledger): Promise<Problems> {
  const problems: Problems = [];
  const before = await countsOf(workspace);
  for (const text of texts(ledger, ['ingest'], 'ack'))
    for (const one of text.split(' ')) if (before.get(one) !== 1) problems.push(`event "${one}" is lost`);
  for (const text of texts(ledger, ['ingest'], 'try')) {
    const batch = text.split(' ');
    const present = batch.filter((one) => before.get(one) === 1).length;
    if (present !== 0 && present !== batch.length) problems.push(`half of a batch went in: ${text}`);
    const events = batch.map((one, index) =>
      customerSays(CONVERSATIONS[index % 4] ?? '', one, START + index),
    );
    await workspace.ingest('faults', { events });
    const after = await countsOf(workspace);
    for (const one of batch)
      if (after.get(one) !== 1) problems.push(`event "${one}" counts ${after.get(one) ?? 0}`);
  }
  return problems;
}

/** Minutes after the sweep's: the clock of a workspace does not go back. */
const LATER = 100_000;

async function verifyWorkspace(dir: string, ledger: Ledger): Promise<Problems> {
  const opened = await openWorkspaceIn(dir, LATER);
  if (!opened.ok) return [`the workspace cannot be opened: ${opened.error.type}`];
  const workspace = opened.value;
  const problems = (await workspace.check()).damage.map(({ type, place }) => `workspace ${type} ${place}`);
  for (const token of texts(ledger, ['agent'], 'ack'))
    if ((await workspace.authenticate(token)) === null) problems.push('an agent’s token is lost');
  problems.push(...(await pushProblems(workspace, ledger)));
  problems.push(...(await ingestProblems(workspace, ledger)));
  await workspace.close();
  // The desk of that directory still comes in step with it.
  return [...problems, ...(await verifyHouse(dir, [], LATER + 1))];
}

async function pushProblems(workspace: Workspace, ledger: Ledger): Promise<Problems> {
  const tried = texts(ledger, ['push'], 'try');
  const acked = new Set(texts(ledger, ['push'], 'ack'));
  const before = await countsOf(workspace);
  const problems = [...acked]
    .filter((text) => before.get(text) !== 1)
    .map((text) => `pushed "${text}" is lost`);
  if (tried.length === 0) return problems;
  const mutations = tried.map((text, index) => {
    const args = {
      conversationId: CONVERSATIONS[index % 3],
      messageId: `message-${text}`,
      text,
      writtenAt: START,
    };
    return { mid: index + 1, name: 'note.add', args, madeAt: START };
  });
  const body = { version: WIRE_VERSION, clientId: 'client-of-a-test', mutations };
  const answer = await workspace.push({ agentId: ME, role: 'agent' }, body);
  if (!answer.ok || answer.value.outcomes.some(({ status }) => status !== 'applied'))
    problems.push(`the push sent again was answered ${JSON.stringify(answer)}`);
  const after = await countsOf(workspace);
  for (const text of tried)
    if (after.get(text) !== 1) problems.push(`pushed "${text}" counts ${after.get(text) ?? 0}`);
  return problems;
}

/** What a whole sample holds, counted once on a directory that nothing happened to. */
let wholeSample: { readonly conversations: number; readonly messages: number } | null = null;

/** A half-made directory is never taken for a whole one, and the next start makes it whole. */
async function verifyData(scenario: Scenario, dir: string, ledger: Ledger): Promise<Problems> {
  const paths = dataDirPaths(dir);
  const sample = scenario.name !== 'host empty';
  const made = texts(ledger, ['made'], 'ack').length > 0;
  const lock = lockDataDir(dir);
  if (!lock.ok) return [`the directory cannot be held: ${lock.error.type}`];
  try {
    const first = readEmbedded(paths);
    if (!first.ok) return [`the directory is refused: ${JSON.stringify(first.error)}`];
    if (first.value === null && made) return ['made, and gone'];
    const ignore = (): void => undefined;
    const again =
      first.value !== null
        ? first
        : sample
          ? await makeSample(paths, SAMPLE_DIR, ignore, SAMPLE_AT)
          : await makeEmpty(paths, ignore);
    if (!again.ok) return [`the next start is refused: ${JSON.stringify(again.error)}`];
    const opened = await openWorkspaceIn(dir, 100_000_000);
    if (!opened.ok) return [`the workspace cannot be opened: ${opened.error.type}`];
    const problems = (await opened.value.check({ conversations: 20 })).damage.map((one) =>
      JSON.stringify(one),
    );
    const { conversations, messages } = await opened.value.totals();
    const agent =
      again.value === null
        ? null
        : await opened.value.deskOf(must(again.value.config.agentId, 'an agent') as never);
    if (agent === null) problems.push('the agent of the config does not work here');
    if (sample) {
      if (made && ledger.at(-1)?.what === 'end') wholeSample ??= { conversations, messages };
      const whole = wholeSample ?? { conversations, messages };
      if (conversations !== whole.conversations || messages !== whole.messages)
        problems.push(`a sample of ${conversations} conversations, ${messages} messages`);
    }
    await opened.value.close();
    return problems;
  } finally {
    lock.value.release();
  }
}
