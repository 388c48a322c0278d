import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import path from 'node:path';
import process from 'node:process';
import Driver from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectRpc, type RpcClient } from '../../../renderer/desk/engine/rpc-client.ts';
import { dataDirPaths } from '../../../src/host/data-dir.ts';
import { type Engine, type EngineOptions, startEngine } from '../../../src/host/engine.ts';
import { nodePort } from '../../../src/host/rpc/ports.ts';
import { serveRpc } from '../../../src/host/rpc/rpc-server.ts';
import { connectByThread } from '../../../src/host/workspace/connect-thread.ts';
import { type DeskContract, deskContract } from '../../../src/protocol/rpc/contract.ts';
import { tempDir } from '../../support/temp-dir.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const report = (thrown: unknown): string => {
  throw new Error(`unexpected: ${String(thrown)}`);
};

function optionsFor(folder: string): EngineOptions {
  return {
    paths: dataDirPaths(folder),
    version: '0.0.0-test',
    sampleDir: path.join(root, 'resources', 'sample'),
    workspace: {
      kind: 'embedded',
      connect: connectByThread(new URL('../../../src/host/workspace/thread.ts', import.meta.url), report),
    },
    report,
  };
}

async function started(folder: string): Promise<Engine> {
  const engine = await startEngine(optionsFor(folder));
  if (!engine.ok) throw new Error(JSON.stringify(engine.error));
  return engine.value;
}

function clientOf(engine: Engine): RpcClient<DeskContract> {
  const { port1, port2 } = new MessageChannel();
  engine.serve(nodePort(port1));
  const client = connectRpc(nodePort(port2), deskContract);
  onTestFinished(() => client.close());
  return client;
}

/** Waits until `holds` answers true, asking again after each event of the engine. */
function until(client: RpcClient<DeskContract>, holds: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      holds().then((held) => {
        if (held) resolve();
      }, reject);
    };
    for (const topic of ['list', 'status', 'info'] as const) client.listen(topic, look);
    look();
  });
}

const inbox = { queue: 'inbox', filters: {}, sort: { by: 'waiting', direction: 'asc' } } as const;

async function whole(client: RpcClient<DeskContract>): Promise<void> {
  await until(client, async () => {
    const { bootstrap, lastSyncAt, indexing } = await client.call('sync.status', {});
    return bootstrap === null && lastSyncAt !== null && indexing === null;
  });
}

/** Overwrites the root page of a table, which is read only when the table is. */
function damageTable(file: string, table: string): void {
  const db = new Driver(file);
  const root = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, (root - 1) * 4_096, root * 4_096);
  writeFileSync(file, bytes);
}

describe('an engine with its workspace in a thread', () => {
  test('[D1] a new directory opens as the sample, over ports alone', async () => {
    const engine = await started(tempDir());
    const client = clientOf(engine);
    await whole(client);
    const info = await client.call('app.info', {});
    expect(info).toMatchObject({ sample: true, workspace: 'embedded', version: '0.0.0-test' });
    expect(info.agents.length).toBeGreaterThanOrEqual(5);
    const { total, rows } = await client.call('list.open', { query: inbox, limit: 10 });
    expect(total).toBeGreaterThan(40);
    expect(rows).toHaveLength(10);
    await engine.close();
  }, 60_000);

  test('[Y1] what was saved is there after the engine is started again', async () => {
    const folder = tempDir();
    const first = await started(folder);
    const client = clientOf(first);
    await whole(client);
    const { rows } = await client.call('list.open', { query: inbox, limit: 1 });
    const conversationId = rows[0]?.id ?? '';
    const saved = await client.call('mutate', {
      name: 'tag.add',
      args: { conversationId, tag: 'engine-test' },
    });
    expect(saved.ok).toBe(true);
    await first.close();
    const second = await started(folder);
    const again = clientOf(second);
    await whole(again);
    const view = await again.call('thread.open', { conversationId, limit: 10 });
    expect(view?.tags.map(({ tag }) => tag)).toContain('engine-test');
    await second.close();
  }, 60_000);

  test('[Y1] damage met while running is mended: the replica is set aside and built again, the call answered', async () => {
    const folder = tempDir();
    const first = await started(folder);
    const client = clientOf(first);
    await whole(client);
    const { rows } = await client.call('list.open', { query: inbox, limit: 1 });
    const conversationId = rows[0]?.id ?? '';
    await first.close();
    const file = path.join(dataDirPaths(folder).desk, 'replica.db');
    damageTable(file, 'message');
    const said: string[] = [];
    const options = optionsFor(folder);
    const engine = await startEngine({
      ...options,
      report: (thrown, where) => String(said.push(where + String(thrown))),
    });
    if (!engine.ok) throw new Error(engine.error.type);
    const again = clientOf(engine.value);
    await again.call('thread.open', { conversationId, limit: 10 });
    await whole(again);
    const view = await again.call('thread.open', { conversationId, limit: 10 });
    expect(view?.messages.length).toBeGreaterThan(0);
    expect(engine.value.setAside).not.toBeNull();
    expect(said.some((line) => line.startsWith('damagereplica corrupt'))).toBe(true);
    await engine.value.close();
  }, 60_000);

  describe('that cannot open its files again', () => {
    /** A running engine whose replica is damaged: the next look into a thread has it opened again. */
    async function damaged(folder: string) {
      const first = await started(folder);
      const client = clientOf(first);
      await whole(client);
      const { rows } = await client.call('list.open', { query: inbox, limit: 1 });
      const conversationId = rows[0]?.id ?? '';
      await client.call('draft.put', { conversationId, kind: 'reply', text: 'kept' });
      await first.close();
      damageTable(path.join(dataDirPaths(folder).desk, 'replica.db'), 'message');
      const engine = await startEngine({ ...optionsFor(folder), report: () => '' });
      if (!engine.ok) throw new Error(engine.error.type);
      onTestFinished(() => engine.value.close());
      const page = clientOf(engine.value);
      return {
        engine: engine.value,
        conversationId,
        open: () => page.call('thread.open', { conversationId, limit: 10 }),
      };
    }

    test('[Y1] [Y15] says which is gone, makes nothing in its place, and goes on once it is back', async () => {
      const folder = tempDir();
      const { desk } = dataDirPaths(folder);
      const { engine, open, conversationId } = await damaged(folder);
      renameSync(desk, `${desk}.away`);
      await expect(open()).rejects.toMatchObject({ code: 'portLost' });
      const page = clientOf(engine);
      const failed = { state: 'failed', code: 'cannotOpen', path: desk, pid: null };
      expect(await page.call('app.start', {})).toEqual(failed);
      await expect(page.call('list.open', { query: inbox, limit: 1 })).rejects.toMatchObject({
        code: 'unavailable',
      });
      expect(await page.call('app.restart', {})).toEqual(failed);
      expect(existsSync(desk)).toBe(false);
      expect(await startEngine(optionsFor(folder))).toMatchObject({ ok: false, error: { type: 'inUse' } });
      engine.woke(true);

      renameSync(`${desk}.away`, desk);
      // The line closes when the engine came up: pages ask everything anew.
      await expect(page.call('app.restart', {})).rejects.toMatchObject({ code: 'portLost' });
      const again = clientOf(engine);
      expect(await again.call('app.start', {})).toEqual({ state: 'running' });
      await whole(again);
      const view = await again.call('thread.open', { conversationId, limit: 10 });
      expect(view?.messages.length).toBeGreaterThan(0);
      expect(view?.drafts).toMatchObject([{ text: 'kept' }]);
      expect(engine.setAside).not.toBeNull();
    }, 60_000);

    test('[Y15] with its whole folder gone none is made anew, and another one’s is left alone', async () => {
      const folder = path.join(tempDir(), 'data');
      const { engine, open } = await damaged(folder);
      renameSync(folder, `${folder}.away`);
      await expect(open()).rejects.toMatchObject({ code: 'portLost' });
      const page = clientOf(engine);
      expect(await page.call('app.restart', {})).toMatchObject({ code: 'cannotOpen', path: folder });
      expect(existsSync(folder)).toBe(false);

      renameSync(`${folder}.away`, folder);
      const other = await started(folder);
      expect(await page.call('app.restart', {})).toMatchObject({ code: 'inUse', pid: process.pid });
      await other.close();
      await expect(page.call('app.restart', {})).rejects.toMatchObject({ code: 'portLost' });
      expect(await clientOf(engine).call('app.start', {})).toEqual({ state: 'running' });
    }, 60_000);
  });

  test('[Y1] a second engine on the same directory is told that it is in use', async () => {
    const folder = tempDir();
    const engine = await started(folder);
    expect(await startEngine(optionsFor(folder))).toMatchObject({ ok: false, error: { type: 'inUse' } });
    await engine.close();
    const after = await started(folder);
    await after.close();
  }, 60_000);

  test.each(['workspace.db', 'desk/outbox.db', 'desk/replica.db'])(
    '[Y15] %s from a newer build is refused by its name, unwritten, also across the workspace’s thread',
    async (name) => {
      const folder = tempDir();
      await (await started(folder)).close();
      const file = path.join(folder, name);
      const raw = new Driver(file);
      const known = Number(raw.pragma('user_version', { simple: true }));
      raw.pragma('user_version = 990');
      raw.close();
      const before = readFileSync(file);
      expect(await startEngine(optionsFor(folder))).toMatchObject({
        ok: false,
        error: { type: 'fromTheFuture', path: file, version: 990, known },
      });
      expect(readFileSync(file).equals(before)).toBe(true);
    },
    60_000,
  );

  test('[D1] the sample is put back under a screen that stays connected', async () => {
    const engine = await started(tempDir());
    const client = clientOf(engine);
    await whole(client);
    const { rows } = await client.call('list.open', { query: inbox, limit: 1 });
    const conversationId = rows[0]?.id ?? '';
    await client.call('mutate', { name: 'tag.add', args: { conversationId, tag: 'gone-after-reset' } });
    await client.call('sample.reset', {});
    await whole(client);
    const view = await client.call('thread.open', { conversationId, limit: 10 });
    expect(view).not.toBeNull();
    expect(view?.tags.map(({ tag }) => tag)).not.toContain('gone-after-reset');
    expect(await client.call('outbox.list', {})).toEqual([]);
    await engine.close();
  }, 60_000);

  test('[D2] tells how many hand-offs nobody has read', async () => {
    const engine = await started(tempDir());
    const client = clientOf(engine);
    await whole(client);
    const { queues } = await client.call('list.facets', { query: inbox });
    const counts: number[] = [];
    await new Promise<void>((resolve) => {
      engine.onUnread((count) => {
        counts.push(count);
        resolve();
      });
    });
    expect(counts[0]).toBe(queues.unread);
    await engine.close();
  }, 60_000);
});

test('a session whose client is gone takes no more events', () => {
  const { port1 } = new MessageChannel();
  const session = serveRpc(nodePort(port1), { contract: {}, handlers: {}, topics: ['list'], report });
  session.close();
  expect(() => session.publish('list', null)).not.toThrow();
});
