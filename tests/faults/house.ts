import { asId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { seededRng } from '../../src/base/rng.ts';
import { type ManualClock, manualClock } from '../../src/base/time.ts';
import { uuidV7Source } from '../../src/base/uuid.ts';
import { createListService } from '../../src/desk/lists/list-service.ts';
import { DamagedReplica } from '../../src/desk/digests/damage.ts';
import { type Desk, openDesk } from '../../src/desk/open-desk.ts';
import { type DataDirPaths, dataDirPaths } from '../../src/host/data-dir.ts';
import { type RpcSession, serveRpc } from '../../src/host/rpc/rpc-server.ts';
import type { IngestEventInput } from '../../src/protocol/ingest.ts';
import { deskContract, TOPICS } from '../../src/protocol/rpc/contract.ts';
import type { RpcPort } from '../../src/protocol/rpc/port.ts';
import type { OpenError } from '../../src/sqlite/database.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/workspace.ts';
import { type FakeScheduler, fakeScheduler, settle } from '../support/desk/fake-scheduler.ts';

export const START = Date.UTC(2026, 5, 1, 9);
export const ME = asId<'AgentId'>('ada');
export const CONVERSATIONS = ['c1', 'c2', 'c3', 'c4'].map((id) => asId<'ConversationId'>(id));
const MINUTE = 60_000;

/** A workspace and its desk in one data directory, opened by production code with the clock in our hands. */
export interface House {
  readonly clock: ManualClock;
  readonly paths: DataDirPaths;
  readonly workspace: Workspace;
  readonly desk: Desk;
  /** A call as a screen makes it, over the RPC: its output, or the code of the error. */
  call(method: string, input: unknown): Promise<Reply>;
  ingest(events: readonly IngestEventInput[]): Promise<void>;
  /** Starts the desk's loop and lets it come in step. */
  sync(): Promise<void>;
  /** What work in the background threw. */
  readonly thrown: readonly unknown[];
  /** Milliseconds of the desk's time from its start until it found damage; null: it found none. */
  foundAfter(): number | null;
  close(): Promise<void>;
}

export type Reply =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: string };

export type Opened<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly where: string; readonly error: OpenError };

/** Opens the workspace of a directory; `session` numbers the processes that had it, so that no two make the same ids. */
export async function openWorkspaceIn(
  dir: string,
  session: number,
  clock = manualClock(START + session * MINUTE),
): Promise<Opened<Workspace>> {
  const secrets = uuidV7Source(clock, seededRng(1_000 + session));
  const opened = await openWorkspace({
    path: dataDirPaths(dir).workspace,
    clock,
    newSecret: () => secrets.next(),
    log: () => undefined,
  });
  return opened.ok ? opened : { ok: false, where: 'workspace', error: opened.error };
}

/** Opens both; `session` as above. */
export async function openHouse(dir: string, session: number, examine = false): Promise<Opened<House>> {
  const thrown: unknown[] = [];
  let foundAt: number | null = null;
  const paths = dataDirPaths(dir);
  const clock = manualClock(START + session * MINUTE);
  const workspace = await openWorkspaceIn(dir, session, clock);
  if (!workspace.ok) return workspace;
  const transport = must(await workspace.value.transportFor(ME), 'the transport of the agent');
  const scheduler = fakeScheduler(clock);
  const rng = seededRng(2_000 + session);
  const desk = openDesk({
    dir: paths.desk,
    transport,
    clock,
    ids: uuidV7Source(clock, rng),
    rng,
    scheduler,
    agentId: ME,
    lists: createListService,
    app: { version: 'faults', workspace: 'embedded', sample: false },
    examine,
    report: (one) => {
      thrown.push(one);
      if (one instanceof DamagedReplica) foundAt ??= clock.now();
    },
  });
  if (!desk.ok) {
    await workspace.value.close();
    return { ok: false, where: 'desk', error: desk.error };
  }
  const foundAfter = (): number | null => (foundAt === null ? null : foundAt - START - session * MINUTE);
  const base = { paths, clock, thrown, foundAfter };
  return { ok: true, value: house(base, scheduler, workspace.value, desk.value) };
}

function house(
  base: Pick<House, 'paths' | 'clock' | 'thrown' | 'foundAfter'>,
  scheduler: FakeScheduler,
  workspace: Workspace,
  desk: Desk,
): House {
  const screen = screenOf(desk);
  return {
    ...base,
    workspace,
    desk,
    call: screen.call,
    ingest: async (events) => {
      const answer = await workspace.ingest('faults', { events });
      if (!answer.ok || answer.value.rejected.length > 0) throw new Error(JSON.stringify(answer));
    },
    sync: async () => {
      desk.start();
      for (let round = 0; round < 8; round += 1) await scheduler.advance(20_000);
    },
    close: async () => {
      screen.session.close();
      await desk.close();
      await settle();
      await workspace.close();
    },
  };
}

/** A screen's end of the RPC: what it asks, and what it is told without asking. */
export interface Screen {
  readonly call: House['call'];
  /** Topics that were told, in order. */
  readonly told: readonly string[];
}

/** Opens a screen on whatever serves the desk's contract on a port; it listens to `topics`. */
export function openScreen(serve: (port: RpcPort) => void, topics: readonly string[] = []): Screen {
  const waiting = new Map<number, (reply: Reply) => void>();
  const told: string[] = [];
  let receive: (message: unknown) => void = () => undefined;
  serve({
    post: (message) => {
      const { id, topic, reply } = replyOf(message);
      if (topic !== undefined) {
        told.push(topic);
        receive({ t: 'ack', topic });
      }
      waiting.get(id)?.(reply);
      waiting.delete(id);
    },
    onMessage: (listener) => {
      receive = listener;
    },
    onClose: () => undefined,
    close: () => undefined,
  });
  for (const topic of topics) receive({ t: 'listen', topic });
  let last = 0;
  return {
    told,
    call: (method, input) =>
      new Promise((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        receive({ t: 'call', id: last, method, input });
      }),
  };
}

function screenOf(desk: Desk): { readonly session: RpcSession; readonly call: House['call'] } {
  const sessions: RpcSession[] = [];
  const { call } = openScreen((port) => {
    const session = serveRpc(port, {
      contract: deskContract,
      handlers: desk.handlers,
      topics: TOPICS,
      report: (thrown) => String(thrown),
    });
    sessions.push(session);
  });
  return { session: must(sessions[0], 'a session'), call };
}

function replyOf(message: unknown) {
  const { t, id, topic, output, error } = message as {
    t: string;
    id: number;
    /** Of an event. */
    topic?: string;
    output?: unknown;
    error?: { type: string };
  };
  const reply: Reply = t === 'ok' ? { ok: true, output } : { ok: false, code: error?.type ?? 'none' };
  return { id, topic, reply };
}

/** A message of the customer; `text` is unique in a run. */
export function customerSays(conversationId: string, text: string, at: number): IngestEventInput {
  return {
    id: `event-${text}`,
    type: 'message.posted',
    at,
    conversationId,
    messageId: `message-${text}`,
    author: { kind: 'customer' },
    text,
  };
}

/** A conversation that the AI handed over. */
export function handedOver(conversationId: string, at: number): readonly IngestEventInput[] {
  return [
    {
      id: `${conversationId}-start`,
      type: 'conversation.started',
      at,
      conversationId,
      channel: 'web_chat',
      profile: { id: `${conversationId}-customer` },
    },
    customerSays(conversationId, `${conversationId}-first`, at + 1_000),
    {
      id: `${conversationId}-escalated`,
      type: 'conversation.escalated',
      at: at + 2_000,
      conversationId,
      reason: 'needs a human',
    },
  ];
}

/** Makes the directory that most scenarios start from: a few conversations, workspace and desk in step. */
export async function makeHouse(dir: string): Promise<void> {
  const workspace = await openWorkspaceIn(dir, 0);
  if (!workspace.ok) throw new Error(workspace.error.type);
  const added = await workspace.value.addAgent({ id: ME, name: 'Ada', role: 'agent' });
  if (!added.ok) throw new Error(added.error.type);
  await workspace.value.close();
  const opened = await openHouse(dir, 1);
  if (!opened.ok) throw new Error(opened.error.type);
  const { ingest, sync, close } = opened.value;
  for (const [index, id] of CONVERSATIONS.entries())
    await ingest(handedOver(id, START - (10 - index) * MINUTE));
  // One that the AI has still: time closes it.
  await ingest(handedOver('ai', START - MINUTE).slice(0, 2));
  await sync();
  await close();
}
