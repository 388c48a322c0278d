import type { AgentId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import type { DeskMethod, Invalidation } from '../../../src/protocol/rpc/contract.ts';
import type { AppInfo, SyncStatus } from '../../../src/protocol/rpc/status.ts';
import type { CallOutput, DeskClient } from '../../../renderer/desk/engine/desk-client.ts';

/** Answers of a desk that is not there; for looking at screens, never shipped. */
export type FakeAnswers = {
  readonly [M in DeskMethod]?: (input: unknown) => CallOutput<M>;
};

export const FAKE_INFO: AppInfo = {
  version: '0.0.0-harness',
  me: { id: 'agent-me' as AgentId, name: 'Kim Minji', role: 'lead', active: true },
  agents: [],
  workspace: 'embedded',
  sample: true,
  preferences: {},
};

export const FAKE_STATUS: SyncStatus = {
  network: 'up',
  workspace: 'connected',
  problem: null,
  since: epochMillis(Date.UTC(2026, 10, 21, 8, 0)),
  mended: null,
  lastSyncAt: epochMillis(Date.UTC(2026, 10, 21, 9, 0)),
  pending: 0,
  needsAttention: 0,
  bootstrap: null,
  indexing: null,
};

export interface FakeDesk extends DeskClient {
  /** What was asked, in order. */
  readonly calls: readonly { readonly method: DeskMethod; readonly input: unknown }[];
  say(event: Invalidation): void;
  setLink(up: boolean): void;
}

const BUILT_IN: FakeAnswers = {
  'app.info': () => FAKE_INFO,
  'app.start': () => ({ state: 'running' }),
  'app.setPreference': () => null,
  'sync.status': () => FAKE_STATUS,
  'sync.now': () => null,
  'sync.setOffline': () => null,
  'sync.network': () => null,
  'undo.list': () => [],
  'search.messages': () => ({ hits: [], next: null, scope: { indexed: 0, total: 0 } }),
};

/** Makes a desk that answers from a table; what the table has not is `unknownMethod`. */
export function fakeDesk(answers: FakeAnswers = {}): FakeDesk {
  const table = { ...BUILT_IN, ...answers };
  const calls: { method: DeskMethod; input: unknown }[] = [];
  const listeners = new Set<(event: Invalidation) => void>();
  const links = new Set<(up: boolean) => void>();
  let link = true;
  return {
    calls,
    call: <M extends DeskMethod>(method: M, input: unknown): Promise<CallOutput<M>> => {
      calls.push({ method, input });
      const answer: FakeAnswers[M] = table[method];
      if (answer === undefined) return Promise.reject(new Error(`the fake desk has no ${method}`));
      return Promise.resolve(answer(input));
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onLink: (listener) => {
      links.add(listener);
      listener(link);
      return () => links.delete(listener);
    },
    say: (event) => {
      for (const listener of listeners) listener(event);
    },
    setLink: (up) => {
      link = up;
      for (const listener of links) listener(up);
    },
  };
}
