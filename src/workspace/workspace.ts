import type { z } from 'zod';
import type { AgentId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import type { AnswerProblem, GivenAnswer } from '../domain/csat/answer.ts';
import type { Policy } from '../domain/events.ts';
import type { Role } from '../domain/model.ts';
import { deleteField } from '../mutations/delete-field.ts';
import { hotParse } from '../mutations/hot-parse.ts';
import { prepareMutation } from '../mutations/registry.ts';
import type { WireError } from '../protocol/errors.ts';
import type { SettingsFile, SettingsInForce } from '../protocol/settings.ts';
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
  type WhoResponse,
  whoRequestSchema,
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
import { purgeDeletedFields } from './purge-fields.ts';
import { type Desk, type PushDeps, push } from './push.ts';
import type { PrepareMutation } from './push-run.ts';
import { rowWalk } from './row-walk.ts';
import { type Sequencer, sequencer } from './sequencer.ts';
import { withBlocking } from '../mutations/policy-args.ts';
import { type BadSettings, importSettings, policyChange, readPolicy, readSettings } from './settings.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Identity, Store, Totals } from './store/store.ts';
import { noteAddress } from './surveys/address.ts';
import { answerSurvey, type LinkProblem, type OpenSurvey, openSurvey } from './surveys/answer.ts';
import { letTimePass, type Swept, sweep } from './sweep.ts';
import { who } from './who.ts';
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
  /** Whose change stands in the way of a call that the desk's own copy refuses. */
  who(desk: Desk, body: unknown): Promise<Result<WhoResponse, WireError>>;
  /** `body` is `{ events: [...] }`. Lets time pass afterwards, so that its head may lie beyond the events' own. */
  ingest(source: string, body: unknown): Promise<Result<IngestResponse, WireError>>;
  /** Closes what is idle, wakes what has slept (Y13): at start, after each ingest (by itself), and every minute. */
  sweep(): Promise<Swept>;
  /** What the token of a customer's link opens (Q5). */
  survey(token: string): Promise<Result<OpenSurvey, LinkProblem>>;
  /** Stores a customer's answer (Q4), or nothing and why. */
  answerSurvey(token: string, given: GivenAnswer): Promise<Result<OpenSurvey, LinkProblem | AnswerProblem>>;
  /** Where customers reach this workspace, as the host knows it: what an admin said stands above it; null takes it back. */
  listensAt(url: string | null): Promise<void>;
  /** The log's end. */
  head(): Promise<number>;
  /** Events that wait for their conversation to start. */
  pendingCount(): Promise<number>;
  /** How much there is, for people. */
  totals(): Promise<Totals>;
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
  /** Whether replies are blocked counts for what is received from now on (S5); idle windows as if it had always been so. */
  setPolicy(policy: Policy): Promise<void>;
  /** The settings a settings file carries: business hours, the timings' policy, zone, language, fields, visibility. */
  settings(): Promise<SettingsInForce & SettingsFile>;
  /** Puts the content of a settings file in force, unchecked as it came: all of it, or nothing and every wrong place. */
  importSettings(content: unknown): Promise<Result<{ readonly keys: readonly string[] }, BadSettings>>;
  /** Looks at the next few thousand stored rows; a damaged one is told to the log. True: that was the end of a walk. */
  checkSome(): Promise<boolean>;
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

/** Requests are checked by the schemas of the protocol. */
const checks = {
  push: hotParse(pushRequestSchema),
  pull: hotParse(pullRequestSchema),
  bootstrap: hotParse(bootstrapRequestSchema),
  who: hotParse(whoRequestSchema),
  ingest: hotParse(ingestRequestSchema),
};

/** What the methods of a workspace share. */
interface Parts extends PushDeps {
  readonly options: WorkspaceOptions;
  readonly newSecret: () => string;
  readonly identity: Identity;
  readonly writes: Sequencer;
  readonly heads: HeadListeners;
}

/** One writer at a time, and the heads told before the next one starts. */
function write<T>({ writes, heads }: Parts, work: () => Promise<T>): Promise<T> {
  return writes.run(async () => {
    const value = await work();
    await heads.tell();
    return value;
  });
}

/** The workspace over any store of the contract; closes it at the end. */
export async function workspaceOver(store: Store, options: WorkspaceOptions): Promise<Workspace> {
  const parts: Parts = {
    store,
    clock: options.clock,
    log: options.log,
    prepare: options.prepare ?? prepareMutation,
    options,
    newSecret: options.newSecret,
    identity: await store.identity(),
    writes: sequencer(),
    heads: headListeners(store, (await store.head()).seq),
  };
  const sync = syncMethods(parts);
  const walk = rowWalk(store, options.log);
  return {
    identity: parts.identity,
    transportFor: async (agentId) => {
      const desk = await sync.deskOf(agentId);
      return desk === null ? null : inProcessTransport(sync, desk);
    },
    policy: () => readPolicy(store, options.log),
    setPolicy: (policy) => write(parts, () => setPolicy(store, policy, options)),
    settings: () => readSettings(store),
    importSettings: (content) => write(parts, () => importSettings(store, content, options.clock)),
    checkSome: () => walk.next(),
    check: (limits) => parts.writes.run(() => checkWorkspace(parts, limits?.conversations ?? Infinity)),
    close: () => parts.writes.run(() => store.close()),
    ...sync,
    ...eventMethods(parts),
    ...accountMethods(parts),
  };
}

/** Batches of a deleted field's values that go in the push that deletes it; the rest goes with the next sweep (F3). */
const PURGE_AT_ONCE = 5;

type SyncMethods = Pick<Workspace, 'hello' | 'push' | 'pull' | 'bootstrap' | 'who' | 'onHead' | 'deskOf'>;

function syncMethods(parts: Parts): SyncMethods {
  const { store, clock } = parts;
  const total = rowTotal(store, clock);
  return {
    hello: (desk) => ({
      ...parts.identity,
      agentId: desk.agentId,
      role: desk.role,
      version: WIRE_VERSION,
      now: clock.now(),
    }),
    push: (desk, body) =>
      withBody(checks.push, body, (request) =>
        write(parts, async () => {
          const answer = await push(parts, desk, request);
          if (request.mutations.some(({ name }) => name === deleteField.name))
            await purgeDeletedFields(parts, PURGE_AT_ONCE);
          return answer;
        }),
      ),
    pull: (desk, body) =>
      withBody(checks.pull, body, async (request) => ok(await pull(parts, desk, request))),
    bootstrap: (desk, body) =>
      withBody(checks.bootstrap, body, (request) => bootstrap({ store, clock, total }, desk, request)),
    who: (desk, body) => withBody(checks.who, body, async (request) => ok(await who(parts, desk, request))),
    onHead: parts.heads.listen,
    deskOf: (agentId) => deskOf(store, agentId),
  };
}

function eventMethods(
  parts: Parts,
): Pick<
  Workspace,
  'ingest' | 'sweep' | 'survey' | 'answerSurvey' | 'listensAt' | 'head' | 'pendingCount' | 'totals'
> {
  const { store } = parts;
  return {
    ingest: async (source, body) => {
      const request = checkBody(checks.ingest, body);
      if (!request.ok) return request;
      return write(parts, async () => {
        const answer = await ingest(parts, source, request.value.events);
        if (!answer.ok) return answer;
        await letTimePass(parts);
        return ok({ ...answer.value, head: (await store.head()).seq });
      });
    },
    sweep: async () => {
      // One turn a batch: what desks push meanwhile comes in between.
      let isPurged = false;
      while (!isPurged) isPurged = await write(parts, () => purgeDeletedFields(parts, 1));
      return write(parts, () => sweep(parts));
    },
    survey: (token) => openSurvey(parts, token),
    answerSurvey: (token, given) => write(parts, () => answerSurvey(parts, token, given)),
    listensAt: (url) => write(parts, () => noteAddress(store, url, parts.clock)),
    head: async () => (await store.head()).seq,
    pendingCount: () => store.pendingCount(),
    totals: () => store.totals(),
  };
}

function accountMethods(
  parts: Parts,
): Pick<Workspace, 'authenticate' | 'addAgent' | 'addDeskToken' | 'addSource'> {
  const { store, clock, options } = parts;
  return {
    authenticate: (token) => callerOf(store, token),
    addAgent: ({ name, role, id }) =>
      write(parts, async () => {
        const token = options.newSecret();
        const agentId = id ?? agentIdFor(name, options.newSecret());
        const added = await addAgent(store, { id: agentId, name, role, token }, clock.now());
        return added.ok ? ok({ agentId, token }) : added;
      }),
    addDeskToken: (agentId) =>
      write(parts, async () => {
        const token = options.newSecret();
        const added = await addDeskToken(store, agentId, token, clock.now());
        return added.ok ? ok({ token }) : added;
      }),
    addSource: (name) =>
      write(parts, async () => {
        const token = options.newSecret();
        const added = await addSource(store, { name, token }, clock.now());
        return added.ok ? ok({ token }) : added;
      }),
  };
}

async function withBody<Request, Answer>(
  parse: (body: unknown) => z.ZodSafeParseResult<Request>,
  body: unknown,
  work: (request: Request) => Promise<Result<Answer, WireError>>,
): Promise<Result<Answer, WireError>> {
  const version = checkVersion(body);
  if (!version.ok) return version;
  const request = checkBody(parse, body);
  return request.ok ? work(request.value) : request;
}

async function setPolicy(store: Store, policy: Policy, { clock, log }: WorkspaceOptions): Promise<void> {
  const head = await store.head();
  const { blockRepliesAfterClosing, earlierBlocking } = await readPolicy(store, log);
  const standing = { ...policy, blockRepliesAfterClosing, earlierBlocking };
  const committed = await store.commit({
    expectedHead: head.seq,
    at: clock.now(),
    changes: [policyChange(withBlocking(standing, policy.blockRepliesAfterClosing, head.arrival + 1))],
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
