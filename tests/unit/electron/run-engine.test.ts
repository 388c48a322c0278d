import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { type RunningEngine, runEngine, type StartEngine } from '../../../electron/engine/run-engine.ts';
import { err, ok } from '../../../src/base/result.ts';
import type { ElectronPort } from '../../../src/host/rpc/ports.ts';
import type { FromEngine } from '../../../src/protocol/shell/engine-messages.ts';

const START = { type: 'start', dataDir: 'd', version: '1.0.0', remote: null };

class FakeParent extends EventEmitter {
  readonly heard: FromEngine[] = [];
  postMessage(message: FromEngine): void {
    this.heard.push(message);
  }
  say(data: unknown, ports: readonly ElectronPort[] = []): void {
    this.emit('message', { data, ports });
  }
}

class FakePort extends EventEmitter implements ElectronPort {
  closed = false;
  readonly answers: unknown[] = [];
  postMessage(message: unknown): void {
    this.answers.push(message);
  }
  start(): void {}
  close(): void {
    this.closed = true;
  }
}

let parent: FakeParent;
let starts: unknown[];
let served: number;
let closed: number;
let woken: boolean[];
let exits: number;
let reported: unknown[];
let tellUnread: (count: number) => void;

function run(start: StartEngine): void {
  runEngine({
    parent,
    start: (message, save) => {
      starts.push(message);
      return start(message, save);
    },
    report: (thrown) => reported.push(thrown),
    exit: () => {
      exits += 1;
    },
  });
}

const ENGINE: RunningEngine = {
  serve: () => {
    served += 1;
  },
  close: async () => {
    closed += 1;
  },
  onUnread: (listener) => {
    tellUnread = listener;
  },
  woke: (online) => {
    woken.push(online);
  },
};

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

beforeEach(() => {
  parent = new FakeParent();
  starts = [];
  served = 0;
  closed = 0;
  woken = [];
  exits = 0;
  reported = [];
  tellUnread = () => {};
});

describe("the life of the engine's process", () => {
  test('starts once, says so, serves ports, tells what is unread, closes and ends', async () => {
    run(async () => ok(ENGINE));
    parent.say(START);
    parent.say(START);
    await settled();
    expect(starts).toEqual([START]);
    parent.say({ type: 'connect' }, [new FakePort()]);
    for (const count of [3, 3, 3, 0]) tellUnread(count);
    expect(served).toBe(1);
    expect(parent.heard).toEqual([
      { type: 'ready' },
      { type: 'unread', count: 3 },
      { type: 'unread', count: 0 },
    ]);
    parent.say({ type: 'stop' });
    await settled();
    expect([closed, exits]).toEqual([1, 1]);
  });

  test('[Y8] passes on that the machine woke up; before it is ready there is nobody to tell', async () => {
    run(async () => ok(ENGINE));
    parent.say({ type: 'woke', online: true });
    parent.say(START);
    await settled();
    parent.say({ type: 'woke', online: false });
    parent.say({ type: 'woke' });
    expect(woken).toEqual([false]);
  });

  test('[Y15] an engine that refuses to start is told by its code, and waits to be stopped', async () => {
    run(async () => err({ type: 'fromTheFuture' }));
    parent.say(START);
    await settled();
    expect(parent.heard).toEqual([{ type: 'failed', code: 'fromTheFuture' }]);
    expect(exits).toBe(0);
    parent.say({ type: 'stop' });
    await settled();
    expect(exits).toBe(1);
  });

  test('[Y15] pages are told why, everything else is unavailable; asked again it tries, and pages ask anew once it is up', async () => {
    const outcomes = [
      { type: 'inUse', pid: 7, since: null },
      { type: 'fromTheFuture', path: 'd/workspace.db' },
    ];
    run(async () => {
      const error = outcomes.shift();
      return error === undefined ? ok(ENGINE) : err(error);
    });
    parent.say(START);
    await settled();
    const port = new FakePort();
    parent.say({ type: 'connect' }, [port]);
    const ask = async (method: string): Promise<unknown> => {
      port.emit('message', { data: { t: 'call', id: port.answers.length + 1, method, input: {} } });
      for (let turn = 0; turn < 5; turn += 1) await settled();
      return port.answers.at(-1);
    };
    expect(await ask('app.start')).toMatchObject({
      output: { state: 'failed', code: 'inUse', pid: 7, path: null },
    });
    expect(await ask('app.info')).toMatchObject({ error: { type: 'unavailable' } });
    expect(await ask('app.restart')).toMatchObject({
      output: { state: 'failed', code: 'fromTheFuture', path: 'd/workspace.db', pid: null },
    });
    expect(port.closed).toBe(false);
    await ask('app.restart');
    expect(port.closed).toBe(true);
    const next = new FakePort();
    parent.say({ type: 'connect' }, [next]);
    expect([starts.length, served, next.closed]).toEqual([3, 1, false]);
  });

  test('a throw while starting is internal, and written down', async () => {
    run(async () => {
      throw new Error('a bug');
    });
    parent.say(START);
    await settled();
    expect(parent.heard).toEqual([{ type: 'failed', code: 'internal' }]);
    expect(reported).toHaveLength(1);
  });

  test('a port that comes before there is an engine is closed, so that its page asks again', () => {
    run(async () => ok(ENGINE));
    const port = new FakePort();
    parent.say({ type: 'connect' }, [port]);
    expect(port.closed).toBe(true);
    expect(served).toBe(0);
  });

  test('a connect without a port, and what is no message of ours, does no harm', async () => {
    run(async () => ok(ENGINE));
    parent.say(START);
    await settled();
    parent.say({ type: 'connect' });
    for (const message of [null, 'start', { type: 'erase' }, { ...START, dataDir: '' }]) parent.say(message);
    expect(served).toBe(0);
    expect(reported).toHaveLength(4);
  });

  test('a finished export is offered to the main process, and its answer goes back to who asked', async () => {
    let save: Parameters<StartEngine>[1] = async () => false;
    run(async (_, given) => {
      save = given;
      return ok(ENGINE);
    });
    parent.say(START);
    await settled();
    const first = save({ path: '/d/a.xlsx', fileName: 'a.xlsx' });
    const second = save({ path: '/d/b.xlsx', fileName: 'b.xlsx' });
    expect(parent.heard.slice(-2)).toEqual([
      { type: 'save', id: 1, path: '/d/a.xlsx', name: 'a.xlsx' },
      { type: 'save', id: 2, path: '/d/b.xlsx', name: 'b.xlsx' },
    ]);
    parent.say({ type: 'saved', id: 2, saved: false });
    parent.say({ type: 'saved', id: 1, saved: true });
    parent.say({ type: 'saved', id: 9, saved: true });
    expect([await first, await second]).toEqual([true, false]);
  });

  test('an engine that cannot close still ends', async () => {
    run(async () => ok({ ...ENGINE, close: async () => Promise.reject(new Error('disk gone')) }));
    parent.say(START);
    await settled();
    parent.say({ type: 'stop' });
    await settled();
    expect(exits).toBe(1);
    expect(reported).toHaveLength(1);
  });
});
