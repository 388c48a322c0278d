import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pauseBefore, reconnectingRpc } from '../../../../renderer/desk/engine/rpc-reconnect.ts';
import type { RpcClient } from '../../../../renderer/desk/engine/rpc-client.ts';
import { must } from '../../../../src/base/must.ts';
import { seededRng } from '../../../../src/base/rng.ts';
import {
  contract,
  memoryLine,
  type Served,
  served,
  type TestContract,
} from '../../../contract/rpc/rpc-support.ts';

const servers: Served[] = [];
const states: string[] = [];
let reachable = true;
let attempts = 0;

function connect(): RpcClient<TestContract> {
  return reconnectingRpc({
    contract,
    rng: seededRng(7),
    onState: (state) => states.push(state),
    open: async () => {
      attempts += 1;
      if (!reachable) throw new Error('refused');
      const line = memoryLine();
      servers.push(served(line.server));
      return line.client;
    },
  });
}

function server(index: number): Served {
  return must(servers[index], `server ${index}`);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  servers.length = 0;
  states.length = 0;
  reachable = true;
  attempts = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a client that reconnects', () => {
  test('a call before the first connection waits for it', async () => {
    const client = connect();
    expect(await client.call('echo', { value: 1 })).toBe(1);
    expect(states).toEqual(['connecting', 'connected']);
  });

  test('[Y8] a lost line is opened again, and what was sent on the old one is portLost', async () => {
    const client = connect();
    await client.call('echo', { value: 1 });
    const sent = client.call('wait', {}).catch((error: unknown) => error);
    server(0).session.close();
    expect(await sent).toMatchObject({ code: 'portLost' });
    const later = client.call('echo', { value: 2 });
    await vi.advanceTimersByTimeAsync(250);
    expect(await later).toBe(2);
    expect(states).toEqual(['connecting', 'connected', 'connecting', 'connected']);
  });

  test('after a reconnection listeners are told that anything may have changed, and hear on', async () => {
    const client = connect();
    const heard: unknown[] = [];
    client.listen('list', (ids) => void heard.push(ids));
    await client.call('echo', { value: 1 });
    expect(heard).toEqual([]);
    server(0).session.publish('list', ['c1']);
    await client.call('echo', { value: 1 });
    server(0).session.close();
    await vi.advanceTimersByTimeAsync(250);
    await client.call('echo', { value: 1 });
    server(1).session.publish('list', ['c2']);
    await client.call('echo', { value: 1 });
    expect(heard).toEqual([['c1'], null, ['c2']]);
  });

  test('a call made while nobody answers ends with its own time limit', async () => {
    reachable = false;
    const client = connect();
    const call = client.call('echo', { value: 1 }, { timeoutMs: 3_000 }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await call).toMatchObject({ code: 'timeout' });
  });

  test('a waiting call can be cancelled', async () => {
    reachable = false;
    const client = connect();
    const controller = new AbortController();
    const call = client
      .call('echo', { value: 1 }, { signal: controller.signal })
      .catch((error: unknown) => error);
    controller.abort();
    expect(await call).toMatchObject({ code: 'cancelled' });
    const aborted = client.call('echo', { value: 1 }, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('[Y8] attempts become rarer: at most 12 in the first minute without an answer', async () => {
    reachable = false;
    const client = connect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(attempts).toBeGreaterThan(5);
    expect(attempts).toBeLessThanOrEqual(12);
    reachable = true;
    const call = client.call('echo', { value: 1 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await call).toBe(1);
  });

  test('[Y8] after an answer the pauses start anew', async () => {
    reachable = false;
    const client = connect();
    await vi.advanceTimersByTimeAsync(60_000);
    reachable = true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(states.at(-1)).toBe('connected');
    server(0).session.close();
    await vi.advanceTimersByTimeAsync(250);
    expect(states.at(-1)).toBe('connected');
    expect(await client.call('echo', { value: 1 })).toBe(1);
  });

  test('closing ends the attempts, waiting calls and the line', async () => {
    reachable = false;
    const client = connect();
    const call = client.call('echo', { value: 1 }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(300);
    client.close();
    client.close();
    expect(await call).toMatchObject({ code: 'portLost' });
    const before = attempts;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(attempts).toBe(before);
    await expect(client.call('echo', { value: 1 })).rejects.toMatchObject({ code: 'portLost' });
    expect(states.at(-1)).toBe('closed');
  });

  test('a port that opens after closing is closed again', async () => {
    const client = connect();
    client.close();
    await vi.advanceTimersByTimeAsync(1);
    expect(states).toEqual(['connecting', 'closed']);
  });
});

test('[Y8] pauses double up to a limit and are spread over half of it', () => {
  const rng = seededRng(1);
  for (const [attempt, full] of [
    [0, 250],
    [3, 2_000],
    [6, 15_000],
    [60, 15_000],
  ] as const) {
    const pauses = Array.from({ length: 200 }, () => pauseBefore(attempt, rng));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(full / 2);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(full);
    expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(full * 0.4);
  }
});
