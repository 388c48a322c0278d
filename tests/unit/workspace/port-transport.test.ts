import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import type { RpcPort } from '../../../src/protocol/rpc/port.ts';
import type { SyncTransport } from '../../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { portTransport, servePort } from '../../../src/workspace/port-transport.ts';
import type { Workspace } from '../../../src/workspace/workspace.ts';
import { handedOver } from '../../support/workspace/events.ts';
import { type House, openHouse, pushBody } from '../../support/workspace/house.ts';

/** Two ends of a line in one process: messages are copied and arrive later, in order. */
function line(): readonly [RpcPort, RpcPort] {
  const receivers: (((message: unknown) => void) | null)[] = [null, null];
  const closers: (() => void)[] = [];
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    for (const closed of closers) closed();
  };
  const end = (mine: 0 | 1): RpcPort => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        if (open) receivers[1 - mine]?.(copy);
      });
    },
    onMessage: (receive) => {
      receivers[mine] = receive;
    },
    onClose: (closed) => closers.push(closed),
    close,
  });
  return [end(0), end(1)];
}

interface Linked {
  readonly house: House;
  readonly transport: SyncTransport;
  readonly ends: readonly [RpcPort, RpcPort];
  readonly stop: () => void;
}

async function linked(
  change: (workspace: Workspace) => Workspace = (workspace) => workspace,
): Promise<Linked> {
  const house = await openHouse();
  const mina = await house.hire('mina');
  const ends = line();
  const stop = servePort(ends[0], change(house.workspace), mina, (event) => house.log.push(event));
  const transport = portTransport(ends[1], { timeout: 1_000 });
  onTestFinished(() => transport.close());
  return { house, transport, ends, stop };
}

/** Both transports without a socket hold to the same: one suite. */
const TRANSPORTS: readonly [string, (house: House) => Promise<SyncTransport>][] = [
  [
    'over a port',
    async (house) => {
      const mina = await house.hire('mina');
      const [near, far] = line();
      servePort(near, house.workspace, mina, () => undefined);
      return portTransport(far);
    },
  ],
  [
    'in the process',
    async (house) => {
      const mina = await house.hire('mina');
      const transport = await house.workspace.transportFor(mina.agentId);
      if (transport === null) throw new Error('no transport');
      return transport;
    },
  ],
];

describe.each(TRANSPORTS)('the protocol %s', (_, open) => {
  test('[Y2] hello, bootstrap, push and pull', async () => {
    const house = await openHouse();
    const transport = await open(house);
    await house.ingest(...handedOver('c1'));
    expect(await transport.hello()).toMatchObject({
      ok: true,
      value: { agentId: 'mina', version: WIRE_VERSION },
    });
    const base = { version: WIRE_VERSION, clientId: 'k' };
    const page = await transport.bootstrap({ ...base, position: null, limit: 100 });
    if (!page.ok) throw new Error(page.error.type);
    const pushed = await transport.push(pushBody('k', 1, ['conversation.take', { conversationId: 'c1' }]));
    expect(pushed).toMatchObject({ ok: true, value: { lastMid: 1 } });
    const pulled = await transport.pull({ ...base, cursor: page.value.cursor });
    expect(pulled).toMatchObject({ ok: true, value: { kind: 'changes', lastMid: 1 } });
    const take = { name: 'conversation.take', args: { conversationId: 'c1' } };
    expect(await transport.who?.({ ...base, ...take })).toMatchObject({
      ok: true,
      value: { by: { agentId: 'mina' } },
    });
  });

  test('[Y8] pokes come with the head, until nobody listens', async () => {
    const house = await openHouse();
    const transport = await open(house);
    const heads: number[] = [];
    const links: boolean[] = [];
    const stop = transport.listen(
      (poke) => heads.push(poke.head),
      (up) => links.push(up),
    );
    await house.ingest(...handedOver('c1'));
    await transport.hello();
    stop();
    await house.ingest(...handedOver('c2'));
    await transport.hello();
    expect(heads).toEqual([2]);
    expect(links).toEqual([true]);
  });

  test('a request in a wrong form is an error value', async () => {
    const house = await openHouse();
    const transport = await open(house);
    const wrong = { version: WIRE_VERSION, clientId: '', mutations: [] };
    expect(await transport.push(wrong)).toEqual({
      ok: false,
      error: { type: 'badRequest', path: 'clientId' },
    });
    const old = { ...pushBody('k', 1), version: 0 };
    expect(await transport.push(old)).toMatchObject({ ok: false, error: { type: 'deskTooOld' } });
  });

  test('an agent who is no longer active is turned away at the next call', async () => {
    const house = await openHouse();
    const transport = await open(house);
    const head = await house.store.head();
    const row = { id: asId<'AgentId'>('mina'), name: 'mina', role: 'agent' as const, active: false };
    await house.store.commit({
      expectedHead: head.seq,
      at: house.clock.now(),
      changes: [{ table: 'agent', op: 'put', row }],
    });
    expect(await transport.hello()).toEqual({ ok: false, error: { type: 'unauthorized' } });
  });

  test('after closing every call is `unavailable`', async () => {
    const house = await openHouse();
    const transport = await open(house);
    transport.close();
    transport.close();
    expect(await transport.hello()).toEqual({ ok: false, error: { type: 'unavailable' } });
  });
});

describe('a port', () => {
  test('that is lost fails what waits, and says so to listeners', async () => {
    const { transport, ends } = await linked((workspace) => ({
      ...workspace,
      push: () => new Promise(() => undefined),
    }));
    const links: boolean[] = [];
    transport.listen(
      () => undefined,
      (up) => links.push(up),
    );
    const waiting = transport.push(pushBody('k', 1, ['noop', {}]));
    ends[0].close();
    expect(await waiting).toEqual({ ok: false, error: { type: 'unavailable' } });
    expect(await transport.hello()).toEqual({ ok: false, error: { type: 'unavailable' } });
    expect(links).toEqual([true, false]);
  });

  test('that does not answer in time is a timeout; the late answer counts for nothing', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let answer: () => void = () => undefined;
    const { transport } = await linked((workspace) => ({
      ...workspace,
      push: (desk, body) =>
        new Promise((resolve) => {
          answer = () => resolve(workspace.push(desk, body));
        }),
    }));
    const waiting = transport.push(pushBody('k', 1, ['noop', {}]));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toEqual({ ok: false, error: { type: 'timeout' } });
    answer();
    expect(await transport.hello()).toMatchObject({ ok: true });
  });

  test('answers out of order find their calls', async () => {
    const order: (() => void)[] = [];
    const { transport } = await linked((workspace) => ({
      ...workspace,
      pull: (_desk, body) =>
        new Promise((resolve) => {
          const { clientId } = body as { clientId: string };
          order.unshift(() => resolve({ ok: false, error: { type: 'notFound', path: clientId } }));
        }),
    }));
    const cursor = { epoch: 'e', seq: 0, chain: 'c' };
    const calls = ['a', 'b', 'c'].map((clientId) =>
      transport.pull({ version: WIRE_VERSION, clientId, cursor }),
    );
    await vi.waitUntil(() => order.length === 3);
    for (const release of order) release();
    const answers = await Promise.all(calls);
    expect(answers.map((one) => (one.ok ? null : one.error.path))).toEqual(['a', 'b', 'c']);
  });

  test('a failure of the workspace is `internal`, and logged', async () => {
    const { transport, house } = await linked((workspace) => ({
      ...workspace,
      push: () => Promise.reject(new Error('the disk is gone')),
    }));
    expect(await transport.push(pushBody('k', 1))).toEqual({ ok: false, error: { type: 'internal' } });
    expect(house.log).toMatchObject([{ type: 'requestFailed', route: 'push' }]);
  });

  test('an answer in a wrong form is not believed', async () => {
    const { transport } = await linked((workspace) => ({
      ...workspace,
      push: async () => ({ ok: true, value: { outcomes: [], lastMid: -1, head: 0, now: 0 } }),
    }));
    expect(await transport.push(pushBody('k', 1))).toEqual({
      ok: false,
      error: { type: 'internal', path: 'lastMid' },
    });
  });

  test.each([
    [null],
    ['text'],
    [{ id: 1 }],
    [{ id: 1, method: 'close', body: {} }],
    [{ id: 1, method: '__proto__' }],
  ])('the message %j is passed over', async (message) => {
    const { transport, ends, house } = await linked();
    ends[1].post(message);
    ends[0].post(message);
    expect(await transport.hello()).toMatchObject({ ok: true });
    expect(house.log).toEqual([]);
  });

  test('its workspace end stops when told', async () => {
    const { transport, stop } = await linked();
    stop();
    expect(await transport.hello()).toEqual({ ok: false, error: { type: 'unavailable' } });
  });
});
