import { afterEach, describe, expect, test, vi } from 'vitest';
import { connectRpc, type RpcClient } from '../../../renderer/desk/engine/rpc-client.ts';
import { RpcError } from '../../../renderer/desk/engine/rpc-line.ts';
import type { WireError } from '../../../src/protocol/errors.ts';
import { contract, type Line, type Served, served, type TestContract, until } from './rpc-support.ts';

/** The error a promise was rejected with, as it crossed the wire. */
export async function rejection(call: Promise<unknown>): Promise<WireError> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof RpcError) return thrown.wire;
    throw thrown;
  }
  throw new Error('the call was answered');
}

/** A loose view of a client, to call what the types forbid. */
function loosely(client: RpcClient<TestContract>): {
  call(method: string, input: unknown): Promise<unknown>;
} {
  return client as never;
}

/** What every transport must keep. */
export function rpcContract(name: string, makeLine: () => Line | Promise<Line>): void {
  const setUp = async (
    options: Parameters<typeof served>[1] = {},
  ): Promise<Served & { client: RpcClient<TestContract> }> => {
    const line = await makeLine();
    const server = served(line.server, options);
    return { ...server, client: connectRpc(line.client, contract) };
  };
  afterEach(() => {
    vi.useRealTimers();
  });

  describe(`RPC over ${name}: calls`, () => {
    test('a call is answered with its own output, many at once in any order', async () => {
      const { client } = await setUp();
      const sums = Array.from({ length: 100 }, (_, n) => client.call('add', { a: n, b: { c: 1 } }));
      expect(await Promise.all(sums)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
    });

    test('text in any script, nested values and null arrive as they were', async () => {
      const { client } = await setUp();
      const value = {
        환불: ['devolução', 'återbetalning', '👩🏽‍🚀', '\u0000\u2028"\\'],
        n: [1.5, -0.25, null, true],
      };
      expect(await client.call('echo', { value })).toEqual(value);
    });

    test('an output that is undefined arrives as null, not as silence', async () => {
      const { client } = await setUp();
      expect(await client.call('nothing', {})).toBeNull();
    });

    test('wrong input is badRequest and names the place', async () => {
      const { client } = await setUp();
      const wrong = loosely(client);
      expect(await rejection(wrong.call('add', { a: 1, b: { c: 'x' } }))).toEqual({
        type: 'badRequest',
        path: 'b.c',
      });
      expect(await rejection(wrong.call('add', null))).toEqual({ type: 'badRequest', path: '' });
      expect(await client.call('add', { a: 1, b: { c: 2 } })).toBe(3);
    });

    test.each(['__proto__', 'constructor', 'then', 'toString', 'hasOwnProperty', 'nope', 'add ', 'ADD'])(
      'the name %s is unknownMethod',
      async (method) => {
        const { client } = await setUp();
        expect(await rejection(loosely(client).call(method, {}))).toEqual({ type: 'unknownMethod' });
      },
    );

    test('a name that is empty or too long is badRequest', async () => {
      const { client } = await setUp();
      for (const method of ['', 'x'.repeat(101)]) {
        expect(await rejection(loosely(client).call(method, {}))).toEqual({
          type: 'badRequest',
          path: 'method',
        });
      }
    });

    test('an expected failure arrives as its code with its details', async () => {
      const { client } = await setUp();
      expect(await rejection(client.call('refuse', {}))).toEqual({
        type: 'notFound',
        path: 'conversationId',
        detail: { id: 'c1' },
      });
    });

    test('a throw is internal with the id it was reported under, and nothing else leaves', async () => {
      const { client, reported } = await setUp();
      const error = await rejection(client.call('fail', {}));
      expect(error).toEqual({ type: 'internal', detail: { errorId: 'e1' } });
      expect(reported).toMatchObject([{ method: 'fail', thrown: { message: /secret/ } }]);
      expect(await client.call('add', { a: 1, b: { c: 2 } })).toBe(3);
    });

    test('a client has no then: awaiting it gives it back', async () => {
      const { client } = await setUp();
      expect(await Promise.resolve(client)).toBe(client);
    });
  });

  describe(`RPC over ${name}: ends`, () => {
    test("a call that takes longer than its method's limit is a timeout, and the server stops", async () => {
      const { client, waits } = await setUp();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const call = rejection(client.call('wait', {}));
      await until(waits, ({ started }) => started === 1);
      vi.advanceTimersByTime(4_999);
      expect(waits.cancelled).toBe(0);
      vi.advanceTimersByTime(1);
      expect(await call).toEqual({ type: 'timeout' });
      await until(waits, ({ cancelled }) => cancelled === 1);
    });

    test("a caller's own limit goes before the method's", async () => {
      const { client } = await setUp();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const call = rejection(client.call('wait', {}, { timeoutMs: 10 }));
      vi.advanceTimersByTime(10);
      expect(await call).toEqual({ type: 'timeout' });
    });

    test('an aborted call is cancelled on both sides, and its late answer changes nothing', async () => {
      const { client, waits } = await setUp();
      const controller = new AbortController();
      const call = rejection(client.call('wait', {}, { signal: controller.signal }));
      await until(waits, ({ started }) => started === 1);
      controller.abort();
      expect(await call).toEqual({ type: 'cancelled' });
      await until(waits, ({ cancelled }) => cancelled === 1);
      expect(await client.call('echo', { value: 'still here' })).toBe('still here');
    });

    test('a signal that was aborted before sends nothing', async () => {
      const { client, waits } = await setUp();
      expect(await rejection(client.call('wait', {}, { signal: AbortSignal.abort() }))).toEqual({
        type: 'cancelled',
      });
      await client.call('echo', { value: 1 });
      expect(waits.started).toBe(0);
    });

    test('a server that goes away rejects every pending call with portLost, and every later one', async () => {
      const { client, session, waits } = await setUp();
      const calls = [1, 2, 3].map(() => rejection(client.call('wait', {})));
      await until(waits, ({ started }) => started === 3);
      session.close();
      expect(await Promise.all(calls)).toEqual([1, 2, 3].map(() => ({ type: 'portLost' })));
      expect(await rejection(client.call('echo', { value: 1 }))).toEqual({ type: 'portLost' });
    });

    test('a client that goes away cancels what runs for it', async () => {
      const { client, waits } = await setUp();
      const call = rejection(client.call('wait', {}));
      await until(waits, ({ started }) => started === 1);
      client.close();
      expect(await call).toEqual({ type: 'portLost' });
      await until(waits, ({ cancelled }) => cancelled === 1);
    });

    test('more calls at once than allowed are rateLimited; when one ends there is room again', async () => {
      const { client, waits } = await setUp({ maxInFlight: 2 });
      const controller = new AbortController();
      const calls = [
        rejection(client.call('wait', {}, { signal: controller.signal })),
        rejection(client.call('wait', {})),
      ];
      await until(waits, ({ started }) => started === 2);
      expect(await rejection(client.call('echo', { value: 1 }))).toEqual({ type: 'rateLimited' });
      controller.abort();
      await calls[0];
      await until(waits, ({ cancelled }) => cancelled === 1);
      expect(await client.call('echo', { value: 1 })).toBe(1);
      client.close();
      await calls[1];
    });
  });

  describe(`RPC over ${name}: events`, () => {
    test('a listener is told which conversations changed', async () => {
      const { client, session } = await setUp();
      const told = new Promise((resolve) => client.listen('list', resolve));
      await client.call('echo', { value: 'the line is in order, so the listening was heard' });
      session.publish('list', ['c1']);
      session.publish('list', ['c2', 'c1']);
      session.publish('thread', ['unheard']);
      expect(await told).toEqual(['c1', 'c2']);
    });

    test('10,000 changes cost a slow reader two events, and it misses nothing', async () => {
      const { client, session } = await setUp({ maxIds: 20_000 });
      const batches: (readonly string[] | null)[] = [];
      let release = (): void => {};
      let second = (): void => {};
      const secondEvent = new Promise<void>((resolve) => {
        second = resolve;
      });
      const busy = new Promise<void>((resolve) => {
        release = resolve;
      });
      const firstEvent = new Promise<void>((resolve) => {
        client.listen('list', (ids) => {
          batches.push(ids);
          if (batches.length > 1) {
            second();
            return undefined;
          }
          resolve();
          return busy;
        });
      });
      await client.call('echo', { value: null });
      session.publish('list', ['0']);
      await firstEvent;
      for (let n = 1; n < 10_000; n += 1) {
        session.publish('list', [String(n)]);
        if (n % 1_000 === 0) await client.call('echo', { value: n });
      }
      release();
      await secondEvent;
      expect(batches).toHaveLength(2);
      expect(new Set(batches.flat()).size).toBe(10_000);
    });

    test('more ids than an event may name become any', async () => {
      const { client, session } = await setUp({ maxIds: 3 });
      const told = new Promise((resolve) => client.listen('list', resolve));
      await client.call('echo', { value: null });
      session.publish('list', ['1', '2']);
      session.publish('list', ['3', '4']);
      expect(await told).toBeNull();
    });

    test('after the last listener is gone nothing is sent, and listening again works', async () => {
      const { client, session } = await setUp();
      const heard: unknown[] = [];
      const stop = client.listen('list', (ids) => void heard.push(['a', ids]));
      stop();
      stop();
      await client.call('echo', { value: null });
      session.publish('list', ['c1']);
      await client.call('echo', { value: null });
      expect(heard).toEqual([]);
      const told = new Promise((resolve) => client.listen('list', resolve));
      await client.call('echo', { value: null });
      session.publish('list', ['c2']);
      expect(await told).toEqual(['c2']);
    });

    test("one listener's throw does not keep the event from another, nor the next event", async () => {
      const { client, session } = await setUp();
      client.listen('list', () => {
        throw new Error('a bug in a screen');
      });
      let tell = (_ids: unknown): void => {};
      client.listen('list', (ids) => tell(ids));
      await client.call('echo', { value: null });
      for (const id of ['c1', 'c2']) {
        const told = new Promise((resolve) => {
          tell = resolve;
        });
        session.publish('list', [id]);
        expect(await told).toEqual([id]);
      }
    });

    test('listening to a topic that does not exist is harmless', async () => {
      const { client } = await setUp();
      client.listen('__proto__', () => undefined);
      expect(await client.call('echo', { value: 1 })).toBe(1);
    });
  });
}
