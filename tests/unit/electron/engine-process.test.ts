import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EngineProcess, runEngineProcess } from '../../../electron/main/engine-process.ts';
import { must } from '../../../src/base/must.ts';
import type { StartEngineMessage } from '../../../src/protocol/shell/engine-messages.ts';

const START: StartEngineMessage = { type: 'start', dataDir: 'd', version: '1.0.0', remote: null };

class FakeChild extends EventEmitter {
  readonly heard: { message: unknown; ports: string[] }[] = [];
  killed = false;
  postMessage(message: unknown, ports: string[] = []): void {
    this.heard.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 1);
    return true;
  }
  say(message: unknown): void {
    this.emit('message', message);
  }
  connected(): string[] {
    return this.heard.flatMap(({ ports }) => ports);
  }
}

let children: FakeChild[];
let failures: string[];
let unread: number[];
let saves: string[];
let onSave: (path: string, name: string) => Promise<boolean>;
let now: number;
let engine: EngineProcess<string>;

function child(index: number): FakeChild {
  return must(children[index], `child ${index}`);
}

beforeEach(() => {
  children = [];
  failures = [];
  unread = [];
  saves = [];
  onSave = async () => true;
  now = 0;
  engine = runEngineProcess<string>({
    fork: () => {
      const forked = new FakeChild();
      children.push(forked);
      return forked;
    },
    start: START,
    now: () => now,
    onUnread: (count) => unread.push(count),
    onSave: (path, name) => {
      saves.push(`${path} ${name}`);
      return onSave(path, name);
    },
    onFailed: (code) => failures.push(code),
  });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the engine's process", () => {
  test('is told where its data is, and gets ports once it is ready', () => {
    engine.connect('early');
    expect(child(0).heard).toEqual([{ message: START, ports: [] }]);
    child(0).say({ type: 'ready' });
    engine.connect('later');
    expect(child(0).connected()).toEqual(['early', 'later']);
  });

  test('starts again when it dies, and ports asked for meanwhile reach the new one', () => {
    child(0).say({ type: 'ready' });
    child(0).emit('exit', 139);
    expect(children).toHaveLength(2);
    engine.connect('again');
    expect(child(1).connected()).toEqual([]);
    child(1).say({ type: 'ready' });
    expect(child(1).connected()).toEqual(['again']);
    expect(failures).toEqual([]);
  });

  test('that dies four times in a minute is given up', () => {
    for (let stop = 0; stop < 4; stop += 1) child(stop).emit('exit', 1);
    expect(children).toHaveLength(4);
    expect(failures).toEqual(['engineStopped']);
  });

  test('that dies now and then is not', () => {
    for (let stop = 0; stop < 10; stop += 1) {
      now += 30_000;
      child(stop).emit('exit', 1);
    }
    expect(children).toHaveLength(11);
    expect(failures).toEqual([]);
  });

  test('[Y15] that cannot start is there to say why: it gets the ports, and the app goes on', () => {
    engine.connect('early');
    child(0).say({ type: 'failed', code: 'fromTheFuture' });
    engine.connect('later');
    expect(child(0).connected()).toEqual(['early', 'later']);
    expect(failures).toEqual([]);
    expect(children).toHaveLength(1);
  });

  test('tells how much is unread; what is no message of ours is ignored', () => {
    child(0).say({ type: 'unread', count: 7 });
    for (const message of [
      { type: 'unread', count: -1 },
      { type: 'unread' },
      null,
      'ready',
      { type: 'format' },
    ]) {
      child(0).say(message);
    }
    expect(unread).toEqual([7]);
  });

  test('hears of a waking once it is ready', () => {
    engine.woke(true);
    child(0).say({ type: 'ready' });
    engine.woke(true);
    expect(child(0).heard.slice(1)).toEqual([{ message: { type: 'woke', online: true }, ports: [] }]);
  });

  test('is asked to stop, and its end is not taken for a death', async () => {
    child(0).say({ type: 'ready' });
    const stopped = engine.stop();
    expect(child(0).heard.at(-1)).toEqual({ message: { type: 'stop' }, ports: [] });
    child(0).emit('exit', 0);
    await stopped;
    expect(children).toHaveLength(1);
    await engine.stop();
  });

  test('that does not stop is made to', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const stopped = engine.stop();
    vi.advanceTimersByTime(4_999);
    expect(child(0).killed).toBe(false);
    vi.advanceTimersByTime(1);
    await stopped;
    expect(child(0).killed).toBe(true);
  });

  test('that was given up can still be stopped', async () => {
    for (let stop = 0; stop < 4; stop += 1) child(stop).emit('exit', 1);
    await engine.stop();
    expect(failures).toEqual(['engineStopped']);
    expect(children).toHaveLength(4);
  });

  test('is told whether a finished export was put somewhere, also when that fails', async () => {
    child(0).say({ type: 'ready' });
    child(0).say({ type: 'save', id: 1, path: '/d/x.xlsx', name: 'handoff.xlsx' });
    await vi.waitFor(() =>
      expect(child(0).heard.at(-1)?.message).toEqual({ type: 'saved', id: 1, saved: true }),
    );
    expect(saves).toEqual(['/d/x.xlsx handoff.xlsx']);
    onSave = async () => Promise.reject(new Error('the disk is full'));
    child(0).say({ type: 'save', id: 2, path: '/d/x.xlsx', name: 'handoff.xlsx' });
    await vi.waitFor(() =>
      expect(child(0).heard.at(-1)?.message).toEqual({ type: 'saved', id: 2, saved: false }),
    );
  });
});
