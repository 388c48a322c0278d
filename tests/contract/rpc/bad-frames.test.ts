import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectRpc } from '../../../renderer/desk/engine/rpc-client.ts';
import { MAX_FRAME_BYTES } from '../../../src/protocol/rpc/frames.ts';
import type { RpcPort } from '../../../src/protocol/rpc/port.ts';
import { rejection } from './rpc-contract.ts';
import { contract, memoryLine, rawSocket, served, until } from './rpc-support.ts';

/** A client that says what it likes, and what it heard back. */
function rawClient(): { port: RpcPort; heard: unknown[]; isClosed: () => boolean } & ReturnType<
  typeof served
> {
  const line = memoryLine();
  const server = served(line.server);
  const heard: unknown[] = [];
  let closed = false;
  line.client.onMessage((message) => heard.push(message));
  line.client.onClose(() => {
    closed = true;
  });
  return { port: line.client, heard, isClosed: () => closed, ...server };
}

/** Everything that was under way in memory has arrived. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('frames that are wrong', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'call'],
    ['a list', [1, 2]],
    ['no kind', { id: 0, method: 'echo' }],
    ['an id that is no number', { t: 'call', id: '1', method: 'echo', input: {} }],
    ['an id of zero', { t: 'call', id: 0, method: 'echo', input: {} }],
    ['a topic that is no text', { t: 'listen', topic: 7 }],
  ])('%s: there is no call to answer, so the port is closed', async (_name, message) => {
    const { port, heard, isClosed } = rawClient();
    port.post(message);
    await settled();
    expect(isClosed()).toBe(true);
    expect(heard).toEqual([]);
  });

  test.each([
    ['another kind', { t: 'shout', id: 5 }, 't'],
    ['a method that is no text', { t: 'call', id: 5, method: {}, input: {} }, 'method'],
    ['an answer instead of a call', { t: 'ok', id: 5, output: 1 }, 't'],
  ])('%s with an id is answered badRequest and the line goes on', async (_name, message, path) => {
    const { port, heard, isClosed } = rawClient();
    port.post(message);
    port.post({ t: 'call', id: 6, method: 'echo', input: { value: 1 } });
    await settled();
    expect(heard).toEqual([
      { t: 'err', id: 5, error: { type: 'badRequest', path } },
      { t: 'ok', id: 6, output: 1 },
    ]);
    expect(isClosed()).toBe(false);
  });

  test('an id that is in use is refused, and the call that has it is not disturbed', async () => {
    const { port, heard, waits } = rawClient();
    port.post({ t: 'call', id: 1, method: 'wait', input: {} });
    await until(waits, ({ started }) => started === 1);
    port.post({ t: 'call', id: 1, method: 'echo', input: { value: 1 } });
    await settled();
    expect(heard).toEqual([{ t: 'err', id: 1, error: { type: 'badRequest', path: 'id' } }]);
    expect(waits.cancelled).toBe(0);
  });

  test('cancelling twice, or what never ran, is harmless', async () => {
    const { port, heard, waits } = rawClient();
    port.post({ t: 'call', id: 1, method: 'wait', input: {} });
    await until(waits, ({ started }) => started === 1);
    for (const id of [1, 1, 99]) port.post({ t: 'cancel', id });
    port.post({ t: 'call', id: 2, method: 'echo', input: { value: 1 } });
    await settled();
    expect(heard).toEqual([{ t: 'ok', id: 2, output: 1 }]);
  });

  test('an answer that cannot be copied is internal', async () => {
    const line = memoryLine();
    const client = connectRpc(line.client, contract);
    const { reported } = served(line.server, {
      handlers: {
        echo: () => () => undefined,
        add: () => 0,
        wait: () => '',
        refuse: () => null,
        fail: () => null,
        nothing: () => null,
      },
    });
    expect(await rejection(client.call('echo', { value: 1 }))).toMatchObject({ type: 'internal' });
    expect(reported).toHaveLength(1);
  });

  test('an input that cannot be copied is badRequest at once', async () => {
    const line = memoryLine();
    served(line.server);
    const client = connectRpc(line.client, contract);
    expect(await rejection(client.call('echo', { value: () => undefined }))).toEqual({ type: 'badRequest' });
  });

  test('a client ignores what is no frame, and answers to no call', async () => {
    const line = memoryLine();
    const client = connectRpc(line.client, contract);
    served(line.server);
    for (const message of [
      null,
      7,
      'x',
      {},
      { t: 'ok' },
      { t: 'err', id: 1 },
      { t: 'ok', id: 99, output: 1 },
    ]) {
      line.server.post(message);
    }
    expect(await client.call('echo', { value: 'fine' })).toBe('fine');
  });
});

describe('anything at all', () => {
  const loose = fc.record(
    {
      t: fc.oneof(fc.constantFrom('call', 'cancel', 'listen', 'unlisten', 'ack'), fc.anything()),
      id: fc.oneof(fc.integer({ min: -1, max: 5 }), fc.anything()),
      method: fc.oneof(fc.constantFrom('echo', 'add', 'refuse', '__proto__', 'constructor'), fc.anything()),
      input: fc.oneof(fc.record({ value: fc.jsonValue() }), fc.anything()),
      topic: fc.oneof(fc.constantFrom('list', 'thread', '__proto__'), fc.anything()),
    },
    { requiredKeys: [] },
  );

  test('the server answers each call once or closes, and nothing is reported as a bug', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(loose, fc.jsonValue(), fc.anything()), { maxLength: 12 }),
        async (messages) => {
          const { port, heard, isClosed, reported } = rawClient();
          const calls = new Map<number, number>();
          for (const message of messages) {
            try {
              port.post(message);
            } catch {
              continue;
            }
            if (typeof message !== 'object' || message === null || !('t' in message) || !('id' in message))
              continue;
            const { t, id } = message;
            if (t === 'call' && typeof id === 'number') calls.set(id, (calls.get(id) ?? 0) + 1);
          }
          await settled();
          expect(reported).toEqual([]);
          if (isClosed()) return;
          for (const [id, count] of calls) {
            const answers = heard.filter((frame) => (frame as { id?: unknown }).id === id);
            expect(answers.length).toBeGreaterThanOrEqual(count);
          }
        },
      ),
      { numRuns: 1_000, seed: 20_261_121 },
    );
  });
});

describe('a WebSocket that is misused', () => {
  test('broken JSON, binary data and a frame over the limit each close it', async () => {
    for (const data of ['{"t":', 'not json', Buffer.from('{}'), `"${'x'.repeat(2_000)}"`]) {
      const { server, raw } = await rawSocket(1_000);
      served(server);
      raw.send(data);
      await once(raw, 'close');
      expect(raw.readyState).toBe(WebSocket.CLOSED);
    }
  });

  test('the longest text a message may have fits into a frame, in any script and escaped', () => {
    const longest = ['환'.repeat(100_000), '\u0000'.repeat(100_000), '"'.repeat(100_000)];
    for (const text of longest) {
      const frame = {
        t: 'call',
        id: Number.MAX_SAFE_INTEGER,
        method: 'mutate',
        input: { name: 'n', args: { text } },
      };
      expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(MAX_FRAME_BYTES);
    }
  });
});
