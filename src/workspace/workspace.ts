import type { z } from 'zod';
import type { AgentId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import type { Policy } from '../domain/events.ts';
import type { Role } from '../domain/model.ts';
import { prepareMutation } from '../mutations/registry.ts';
import type { WireError } from '../protocol/errors.ts';
import { ingestRequestSchema, type IngestResponse } from '../protocol/ingest.ts';
import {
  type BootstrapResponse,
  bootstrapRequestSchema,
  type HelloResponse,
  type PullResponse,
  type PushResponse,
  pullRequestSchema,
  pushRequestSchema,
  type SyncTransport,
} from '../protocol/sync.ts';
import { WIRE_VERSION } from '../protocol/version.ts';
import type { OpenError } from '../sqlite/database.ts';
import {
  type AccessError,
  addAgent,
  addDeskToken,
  addSource,
  agentIdFor,
  type Caller,
  callerOf,
  deskOf,
} from './auth.ts';
import { bootstrap, rowTotal } from './bootstrap.ts';
import { type CheckReport, checkWorkspace } from './check.ts';
import { ingest } from './ingest.ts';
import { inProcessTransport } from './in-process-transport.ts';
import type { WorkspaceLog } from './log-events.ts';
import { pull } from './pull.ts';
import { type Desk, push } from './push.ts';
import type { PrepareMutation } from './push-run.ts';
import { sequencer } from './sequencer.ts';
import { policyChange, readPolicy } from './settings.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Identity, Store } from './store/store.ts';
import { type Swept, sweep } from './sweep.ts';
import { checkBody, checkVersion } from './wire.ts';

export interface WorkspaceOptions {
  readonly clock: Clock;
  /** A fresh secret of 256 bits as text: tokens, and the identity of a new workspace. */
  readonly newSecret: () => string;
  readonly log: WorkspaceLog;
  /** The mutations that desks may push; the registry's when absent. */
  readonly prepare?: PrepareMutation;
}

/** The shared truth of one team: what hosts call. Bodies of requests come unchecked and are checked here. */
export interface Workspace {
  readonly identity: Identity;
  hello(desk: Desk): HelloResponse;
  push(desk: Desk, body: unknown): Promise<Result<PushResponse, WireError>>;
  pull(desk: Desk, body: unknown): Promise<Result<PullResponse, WireError>>;
  bootstrap(desk: Desk, body: unknown): Promise<Result<BootstrapResponse, WireError>>;
  /** `body` is `{ events: [...] }`. Lets time pass afterwards, so that its head may lie beyond the events' own. */
  ingest(source: string, body: unknown): Promise<Result<IngestResponse, WireError>>;
  /** Closes what is idle, wakes what has slept (Y13): at start, after each ingest (by itself), and every minute. */
  sweep(): Promise<Swept>;
  /** The log's end. */
  head(): Promise<number>;
  /** Events that wait for their conversation to start. */
  pendingCount(): Promise<number>;
  /** Called with the new head after each commit that changed a row, until the returned function is called. */
  onHead(listen: (head: number) => void): () => void;

  /** Who a token belongs to, or null. */
  authenticate(token: string): Promise<Caller | null>;
  /** The desk of an active agent, for transports that need no token; null when there is none. */
  deskOf(agentId: AgentId): Promise<Desk | null>;
  /** The sync protocol without a wire, with the same checks; null when the agent is not an active one. */
  transportFor(agentId: AgentId): Promise<SyncTransport | null>;
  /** Adds an agent and answers their desk's token, which is shown once. An id is made from the name when none is given. */
  addAgent(agent: {
    readonly name: string;
    readonly role: Role;
    readonly id?: AgentId;
  }): Promise<Result<{ readonly agentId: AgentId; readonly token: string }, AccessError>>;
  /** Another token for an agent's next desk. */
  addDeskToken(agentId: AgentId): Promise<Result<{ readonly token: string }, { readonly type: string }>>;
  /** Adds a source of events and answers its token, which is shown once. */
  addSource(name: string): Promise<Result<{ readonly token: string }, AccessError>>;

  policy(): Promise<Policy>;
  setPolicy(policy: Policy): Promise<void>;
  /** Looks for damage: the file, rows, the log's chain, and conversations that do not follow from their history. */
  check(options?: { readonly conversations?: number }): Promise<CheckReport>;
  close(): Promise<void>;
}

/** Opens a workspace kept in a SQLite file (`:memory:` for none), making it when absent. */
export async function openWorkspace(
  options: WorkspaceOptions & { readonly path: string },
): Promise<Result<Workspace, OpenError>> {
  const fresh = { workspaceId: options.newSecret().slice(0, 22), epoch: options.newSecret().slice(0, 22) };
  const store = openSqliteStore(options.path, fresh, options.clock.now());
  return store.ok ? ok(await workspaceOver(store.value, options)) : store;
}

/** The workspace over any store of the contract; closes it at the end. */
export async function workspaceOver(store: Store, options: WorkspaceOptions): Promise<Workspace> {
  const identity = await store.identity();
  const deps = {
    store,
    clock: options.clock,
    log: options.log,
    prepare: options.prepare ?? prepareMutation,
  };
  const total = rowTotal(store, options.clock);
  const writes = sequencer();
  const heads = headListeners(store, (await store.head()).seq);
  // One writer at a time, and the heads told before the next one starts.
  const write = <T>(work: () => Promise<T>): Promise<T> =>
    writes.run(async () => {
      const value = await work();
      await heads.tell();
      return value;
    });

  const workspace: Workspace = {
    identity,
    hello: (desk) => ({
      ...identity,
      agentId: desk.agentId,
      role: desk.role,
      version: WIRE_VERSION,
      now: options.clock.now(),
    }),
    push: (desk, body) =>
      withBody(pushRequestSchema, body, (request) => write(() => push(deps, desk, request))),
    pull: (desk, body) =>
      withBody(pullRequestSchema, body, async (request) => ok(await pull(deps, desk, request))),
    bootstrap: (desk, body) =>
      withBody(bootstrapRequestSchema, body, async (request) =>
        ok(await bootstrap({ ...deps, total }, desk, request)),
      ),
    ingest: async (source, body) => {
      const request = checkBody(ingestRequestSchema, body);
      if (!request.ok) return request;
      return write(async () => {
        const answer = await ingest(deps, source, request.value.events);
        if (!answer.ok) return answer;
        await sweep(deps);
        return ok({ ...answer.value, head: (await store.head()).seq });
      });
    },
    sweep: () => write(() => sweep(deps)),
    head: async () => (await store.head()).seq,
    pendingCount: () => store.pendingCount(),
    onHead: heads.listen,

    authenticate: (token) => callerOf(store, token),
    deskOf: (agentId) => deskOf(store, agentId),
    transportFor: async (agentId) => {
      const desk = await deskOf(store, agentId);
      return desk === null ? null : inProcessTransport(workspace, desk);
    },
    addAgent: ({ name, role, id }) =>
      write(async () => {
        const token = options.newSecret();
        const agentId = id ?? agentIdFor(name, options.newSecret());
        const added = await addAgent(store, { id: agentId, name, role, token }, options.clock.now());
        return added.ok ? ok({ agentId, token }) : added;
      }),
    addDeskToken: (agentId) =>
      write(async () => {
        const token = options.newSecret();
        const added = await addDeskToken(store, agentId, token, options.clock.now());
        return added.ok ? ok({ token }) : added;
      }),
    addSource: (name) =>
      write(async () => {
        const token = options.newSecret();
        const added = await addSource(store, { name, token }, options.clock.now());
        return added.ok ? ok({ token }) : added;
      }),

    policy: () => readPolicy(store, options.log),
    setPolicy: (policy) => write(() => setPolicy(store, policy, options.clock)),
    check: (limits) => writes.run(() => checkWorkspace(deps, limits?.conversations ?? Infinity)),
    close: () => writes.run(() => store.close()),
  };
  return workspace;
}

async function withBody<Request, Answer>(
  schema: z.ZodType<Request>,
  body: unknown,
  work: (request: Request) => Promise<Result<Answer, WireError>>,
): Promise<Result<Answer, WireError>> {
  const version = checkVersion(body);
  if (!version.ok) return version;
  const request = checkBody(schema, body);
  return request.ok ? work(request.value) : request;
}

async function setPolicy(store: Store, policy: Policy, clock: Clock): Promise<void> {
  const head = await store.head();
  const committed = await store.commit({
    expectedHead: head.seq,
    at: clock.now(),
    changes: [policyChange(policy)],
    audit: [{ actor: 'host', action: 'policy.set', detail: null }],
  });
  if (!committed.ok) throw new Error('the log moved while the policy was set');
}

interface HeadListeners {
  listen(listener: (head: number) => void): () => void;
  tell(): Promise<void>;
}

function headListeners(store: Store, start: number): HeadListeners {
  const listeners = new Set<(head: number) => void>();
  let told = start;
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: async () => {
      const { seq } = await store.head();
      if (seq === told) return;
      told = seq;
      for (const listener of listeners) listener(seq);
    },
  };
}
