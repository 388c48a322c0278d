import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Driver from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { must } from '../../src/base/must.ts';
import { seededRng } from '../../src/base/rng.ts';
import { manualClock } from '../../src/base/time.ts';
import { ok } from '../../src/base/result.ts';
import { dataDirPaths, writeConfig } from '../../src/host/data-dir.ts';
import { type Engine, startEngine } from '../../src/host/engine.ts';
import { WATCH_REST } from '../../src/desk/digests/watch.ts';
import { TOPICS } from '../../src/protocol/rpc/contract.ts';
import type { SyncStatus } from '../../src/protocol/rpc/status.ts';
import type { ThreadView } from '../../src/protocol/rpc/thread.ts';
import { damagePage, flipWord } from '../support/desk/damage-file.ts';
import { fakeScheduler, settle } from '../support/desk/fake-scheduler.ts';
import { type FlakyTransport, flakyTransport } from '../support/desk/flaky-transport.ts';
import { loseEntry } from '../support/desk/imposter.ts';
import { tempDir } from '../support/temp-dir.ts';
import { makeHouse, ME, openScreen, openWorkspaceIn, type Screen, START } from './house.ts';

const MINUTE = 60_000;
/** In this time of the desk's own everything is walked through once, whatever was before, and what is found is mended. */
const WALK = WATCH_REST + 4 * MINUTE;
const STEP = 5_000;

interface Running {
  readonly engine: Engine;
  readonly screen: Screen;
  /** Lines of the engine's log. */
  readonly said: readonly string[];
  readonly replica: string;
  setLink(isUp: boolean): void;
  /** Lets time go by, and everything that goes on in it. */
  pass(length: number): Promise<void>;
  status(): Promise<SyncStatus>;
  thread(id: string): Promise<ThreadView>;
  close(): Promise<void>;
}

/** A house on real files with an engine in it: production code throughout, its time in our hands. */
async function startedIn(dir: string, session: number): Promise<Running> {
  const clock = manualClock(START + session * MINUTE);
  const scheduler = fakeScheduler(clock);
  const said: string[] = [];
  let link: FlakyTransport | null = null;
  const started = await startEngine({
    paths: dataDirPaths(dir),
    version: 'faults',
    sampleDir: '',
    workspace: {
      kind: 'embedded',
      connect: async () => {
        const workspace = await openWorkspaceIn(dir, session, clock);
        if (!workspace.ok) throw new Error(workspace.error.type);
        const transport = must(await workspace.value.transportFor(ME), 'the transport');
        link = flakyTransport(transport);
        return ok({ transport: link, close: () => workspace.value.close() });
      },
    },
    machine: { clock, scheduler, rng: seededRng(3_000 + session), network: () => 'up' },
    report: (thrown, where) => String(said.push(`${where}: ${String(thrown)}`)),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const engine = started.value;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await engine.close();
    isOpen = false;
  };
  onTestFinished(close);
  const screen = openScreen((port) => engine.serve(port), TOPICS);
  const ask = async <T>(method: string, input: unknown): Promise<T> => {
    const reply = await screen.call(method, input);
    if (!reply.ok) throw new Error(`${method}: ${reply.code}`);
    return reply.output as T;
  };
  const pass = async (length: number): Promise<void> => {
    for (let at = 0; at < length; at += STEP) {
      await scheduler.advance(STEP);
      // A call waits until what is being mended is mended: files take their own time.
      await screen.call('app.start', {});
    }
    await settle();
  };
  // In step, and not yet watched.
  await pass(3 * STEP);
  return {
    engine,
    screen,
    said,
    replica: path.join(dataDirPaths(dir).desk, 'replica.db'),
    setLink: (isUp) => link?.setLink(isUp),
    pass,
    status: () => ask('sync.status', {}),
    thread: (id) => ask('thread.open', { conversationId: id, limit: 100 }),
    close,
  };
}

async function houseOf(): Promise<string> {
  const dir = tempDir();
  await makeHouse(dir);
  writeConfig(dataDirPaths(dir), { format: 1, mode: 'embedded', agentId: ME, sample: false });
  return dir;
}

/** Changes a row past every check of SQLite's, as another hand in the file would. */
function changeRow(file: string): void {
  const db = new Driver(file);
  const sql = `UPDATE message SET text = 'c1-furst' WHERE id = 'message-c1-first'`;
  expect(db.prepare(sql).run().changes).toBe(1);
  db.close();
}

const note = (text: string) => ({
  name: 'note.add',
  args: { conversationId: 'c1', messageId: `message-${text}`, text, writtenAt: START },
});

/** What a call is answered whose change is in the outbox. */
const SAVED = { ok: true, output: { ok: true } };

function setAsideIn(replica: string): readonly string[] {
  const name = path.basename(replica);
  return readdirSync(path.dirname(replica)).filter((one) => new RegExp(`^${name}\\.damaged-\\d+$`).test(one));
}

describe('an engine whose replica is damaged behind its back', () => {
  test.each([
    ['a row', changeRow, 'damaged rows: message ["message-c1-first"]'],
    [
      'an entry of an index',
      (file: string) => loseEntry(file, 'customer_name', () => true),
      'damaged indexes: customer_name [1] (missing)',
    ],
    [
      'a word of the full text',
      (file: string) => flipWord(file, 'c1', 'c7'),
      'damaged full text: search "message-c1-first"',
    ],
  ])(
    '[Y1] %s: the watch finds it, sets the copy aside and builds another under the screens; what was saved is there once',
    async (_, damage, line) => {
      const { engine, screen, said, replica, pass, status, thread } = await startedIn(await houseOf(), 2);
      expect(await status()).toMatchObject({ workspace: 'connected', mended: null, bootstrap: null });
      expect(await screen.call('mutate', note('before'))).toMatchObject(SAVED);
      await pass(5_000);

      damage(replica);
      // Saved after the damage and before it is found, and a draft that nothing but the outbox has.
      expect(await screen.call('mutate', note('between'))).toMatchObject(SAVED);
      const draft = { conversationId: 'c2', kind: 'reply', text: 'half a thought' };
      expect(await screen.call('draft.put', draft)).toMatchObject({ ok: true });
      expect(engine.setAside).toBeNull();
      const told = screen.told.length;
      await pass(WALK);

      const aside = must(engine.setAside, 'what was set aside');
      expect(existsSync(aside)).toBe(true);
      expect(setAsideIn(replica)).toEqual([path.basename(aside)]);
      expect(said[0]).toContain(line);
      expect(said[1]).toBe(`damage: replica contents: set aside as ${aside}`);
      expect(said).toHaveLength(2);
      // The screens ask for everything again, on the line that they have, and show the notice.
      expect(new Set(screen.told.slice(told))).toEqual(new Set(TOPICS));
      expect(await status()).toMatchObject({
        workspace: 'connected',
        pending: 0,
        needsAttention: 0,
        bootstrap: null,
        indexing: null,
        mended: { replica: { path: aside }, outbox: null },
      });
      const { messages } = await thread('c1');
      const texts = messages.map(({ text }) => text);
      for (const text of ['c1-first', 'before', 'between'])
        expect(texts.filter((one) => one === text)).toHaveLength(1);
      expect((await thread('c2')).drafts).toMatchObject([{ text: 'half a thought' }]);
      const inbox = { queue: 'inbox', filters: {}, sort: { by: 'waiting', direction: 'asc' } };
      expect(await screen.call('list.open', { query: inbox, limit: 10 })).toMatchObject({
        ok: true,
        output: { total: 4, ready: true },
      });
      expect(
        await screen.call('search.messages', { text: 'c1-first', after: null, limit: 10 }),
      ).toMatchObject({
        ok: true,
        output: { hits: [{ messageId: 'message-c1-first' }] },
      });
      expect(existsSync(`${replica}.distrusted`)).toBe(false);
      await pass(WALK);
      expect(setAsideIn(replica)).toHaveLength(1);
    },
  );

  test('[Y1] found once more after it was mended, it is mended once more: two copies lie aside', async () => {
    const { replica, pass, status } = await startedIn(await houseOf(), 2);
    for (const count of [1, 2]) {
      changeRow(replica);
      await pass(WALK);
      expect(setAsideIn(replica)).toHaveLength(count);
      expect(await status()).toMatchObject({ bootstrap: null });
    }
  });

  test('[Y1] met while a change is shown that is saved already: the change is answered once, and is there once', async () => {
    const dir = await houseOf();
    damagePage(path.join(dataDirPaths(dir).desk, 'replica.db'), 'list_activity');
    const { engine, screen, pass, status, thread } = await startedIn(dir, 2);
    expect(await screen.call('mutate', note('met'))).toMatchObject(SAVED);
    await pass(20_000);
    expect(engine.setAside).not.toBeNull();
    const { messages } = await thread('c1');
    expect(messages.filter(({ text }) => text === 'met')).toHaveLength(1);
    expect(await status()).toMatchObject({ pending: 0, needsAttention: 0 });
  });

  test('[Y1][Y9] without a link it stays in use, and what waits is kept; it is built anew once there is one', async () => {
    const { engine, screen, replica, setLink, pass, status, thread } = await startedIn(await houseOf(), 2);
    setLink(false);
    await pass(40_000);
    expect(await screen.call('mutate', note('on the train'))).toMatchObject(SAVED);
    changeRow(replica);
    await pass(WALK);
    expect(engine.setAside).toBeNull();
    expect(await status()).toMatchObject({ pending: 1, bootstrap: null });
    setLink(true);
    await pass(WALK);
    expect(engine.setAside).not.toBeNull();
    const { messages } = await thread('c1');
    expect(messages.map(({ text }) => text)).toEqual(expect.arrayContaining(['c1-first', 'on the train']));
    expect(await status()).toMatchObject({ pending: 0, needsAttention: 0 });
  });

  test('[Y1][Y12] who works offline by choice still does after it was mended: nothing has gone out meanwhile', async () => {
    const dir = await houseOf();
    damagePage(path.join(dataDirPaths(dir).desk, 'replica.db'), 'list_activity');
    const { engine, screen, pass, status, thread } = await startedIn(dir, 2);
    expect(await screen.call('sync.setOffline', { offline: true })).toMatchObject({ ok: true });
    expect(await screen.call('mutate', note('not yet'))).toMatchObject(SAVED);
    await pass(MINUTE);
    expect(engine.setAside).not.toBeNull();
    expect(await status()).toMatchObject({ workspace: 'offlineByChoice', pending: 1 });
    expect(await screen.call('sync.setOffline', { offline: false })).toMatchObject({ ok: true });
    await pass(MINUTE);
    expect(await status()).toMatchObject({ workspace: 'connected', pending: 0, bootstrap: null });
    const { messages } = await thread('c1');
    expect(messages.filter(({ text }) => text === 'not yet')).toHaveLength(1);
  });
});
