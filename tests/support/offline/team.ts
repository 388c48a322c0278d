import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { type HostProcess, runHandoff, startHost, startServe } from '../host-process.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** A served workspace with two colleagues and a shop, and the link that one of them works over. */
export interface Team {
  readonly root: string;
  readonly proxy: FaultProxy;
  /** Sends events of the shop. */
  ingest(...events: readonly object[]): Promise<void>;
  /** The colleague changes something, over a link of their own. */
  push(name: string, args: object): Promise<void>;
  /** Starts the desk of the one who is on the train. */
  startDesk(): Promise<HostProcess>;
  close(): Promise<void>;
}

/** Most events in one request. */
const BATCH = 500;

async function tokenOf(data: string, ...words: readonly string[]): Promise<string> {
  const added = await runHandoff(...words, '--data', data);
  if (added.code !== 0) throw new Error(added.errors);
  return added.output.trim();
}

async function post(address: string, token: string, body: unknown): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
}

/** Starts the workspace in a folder of `root`, behind a proxy that can do to the link what networks do. */
export async function startTeam(root: string): Promise<Team> {
  const data = path.join(root, 'workspace');
  const running: HostProcess[] = [];
  const me = await tokenOf(data, 'agents', 'add', 'Jimin', '--role', 'admin');
  const anna = await tokenOf(data, 'agents', 'add', 'Anna');
  const shop = await tokenOf(data, 'sources', 'add', 'shop');
  const proxy = await startFaultProxy();
  const served = await startServe(data, ['--public-host', proxy.host]);
  running.push(served);
  proxy.setTarget(Number(new URL(served.address).port));
  const tokenFile = path.join(root, 'me.token');
  writeFileSync(tokenFile, me);
  let mid = 0;
  return {
    root,
    proxy,
    ingest: async (...events) => {
      for (let from = 0; from < events.length; from += BATCH)
        await post(`${served.address}/ingest`, shop, { events: events.slice(from, from + BATCH) });
    },
    push: (name, args) => {
      mid += 1;
      const mutations = [{ mid, name, args, madeAt: Date.now() }];
      return post(`${served.address}/sync/push`, anna, {
        version: WIRE_VERSION,
        clientId: 'desk-anna',
        mutations,
      });
    },
    startDesk: async () => {
      const desk = path.join(root, 'desk');
      const host = await startHost(desk, ['--workspace', proxy.origin, '--token-file', tokenFile]);
      running.push(host);
      return host;
    },
    close: async () => {
      await Promise.all(running.splice(0).map((one) => one.kill()));
      await proxy.close();
    },
  };
}

/** The events of a conversation that the AI handed over: who, and what they said. */
export function handedOver(
  id: string,
  name: string,
  text: string,
  at = Date.now() - 600_000,
): readonly object[] {
  const of = (n: number, event: object): object => ({
    id: `${id}-${n}`,
    conversationId: id,
    at: new Date(at + n * 1_000).toISOString(),
    ...event,
  });
  return [
    of(1, { type: 'conversation.started', channel: 'web_chat', profile: { id: `of-${id}`, name } }),
    of(2, { type: 'message.posted', messageId: `${id}-m1`, author: { kind: 'customer' }, text }),
    of(3, { type: 'conversation.escalated', reason: 'knowledge_gap' }),
  ];
}

/** Makes a change on the page's own desk, as its screens do: by name and arguments, over the page's line. */
export function change(page: Page, name: string, args: object): Promise<unknown> {
  return page.evaluate(
    ([mutation, given]) =>
      new Promise((resolve, reject) => {
        const url = new URL('/rpc', location.href);
        url.protocol = 'ws:';
        const socket = new WebSocket(url);
        socket.addEventListener('error', () => reject(new Error('no line')));
        socket.addEventListener('open', () =>
          socket.send(
            JSON.stringify({ t: 'call', id: 1, method: 'mutate', input: { name: mutation, args: given } }),
          ),
        );
        socket.addEventListener('message', ({ data }) => {
          resolve(JSON.parse(String(data)));
          socket.close();
        });
      }),
    [name, args] as const,
  );
}
