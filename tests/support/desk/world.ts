import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type AgentId, asId, type ConversationId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { seededRng } from '../../../src/base/rng.ts';
import { type ManualClock, manualClock } from '../../../src/base/time.ts';
import { uuidV7Source } from '../../../src/base/uuid.ts';
import { type Desk, openDesk } from '../../../src/desk/open-desk.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { Answer, Invalidation } from '../../../src/protocol/rpc/contract.ts';
import type { Saved } from '../../../src/protocol/rpc/status.ts';
import type { ThreadView } from '../../../src/protocol/rpc/thread.ts';
import { openWorkspace, type Workspace } from '../../../src/workspace/workspace.ts';
import { tempDir } from '../temp-dir.ts';
import { fakeLists } from './fake-lists.ts';
import { type FakeScheduler, fakeScheduler, settle } from './fake-scheduler.ts';
import { type FlakyTransport, flakyTransport } from './flaky-transport.ts';

export const START = Date.UTC(2026, 5, 1, 9);
/** A caller that waits to the end. */
export const NEVER = {
  aborted: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
};

/** A workspace and its clock; desks are opened on it. */
export interface World {
  readonly clock: ManualClock;
  readonly workspace: Workspace;
  readonly dir: string;
  ingest(...events: readonly IngestEventInput[]): Promise<void>;
}

/** One desk of a world, with its link and its timers in the test's hands. */
export interface TestDesk {
  readonly desk: Desk;
  readonly link: FlakyTransport;
  readonly scheduler: FakeScheduler;
  readonly invalidations: Invalidation[];
  readonly dir: string;
  mutate(name: string, args: unknown): Promise<Answer<Saved>>;
  thread(id: ConversationId): ThreadView;
  /** Closes the files as a crash would leave them for the next process: nothing more is sent. */
  close(): Promise<void>;
}

/** Opens a workspace in memory, another one for another seed; `workspaceId` makes it one that is known already, at the start of another history. */
export async function openWorld(seed = 7, workspaceId?: string): Promise<World> {
  const clock = manualClock(START);
  const secrets = uuidV7Source(clock, seededRng(seed));
  let made = 0;
  const opened = await openWorkspace({
    path: ':memory:',
    clock,
    newSecret: () => {
      const secret = secrets.next();
      made += 1;
      return made === 1 && workspaceId !== undefined ? workspaceId : secret;
    },
    log: (event) => {
      if (event.type === 'mutationThrew') throw new Error(event.error);
    },
  });
  if (!opened.ok) throw new Error(opened.error.type);
  const workspace = opened.value;
  onTestFinished(() => workspace.close());
  return {
    clock,
    workspace,
    dir: tempDir(),
    ingest: async (...events) => {
      const answer = await workspace.ingest('test', { events });
      if (!answer.ok || answer.value.rejected.length > 0) throw new Error(JSON.stringify(answer));
    },
  };
}

/** Makes an agent known to the workspace. */
export async function hire(
  world: World,
  name: string,
  role: 'agent' | 'lead' | 'admin' = 'agent',
): Promise<AgentId> {
  const id = asId<'AgentId'>(name);
  const added = await world.workspace.addAgent({ name, role, id });
  if (!added.ok) throw new Error(added.error.type);
  return id;
}

/** A seed of its own for each agent: two desks with one client id would be one desk. */
function seedOf(name: string): number {
  return [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
}

export interface DeskSettings {
  /** A folder of its own by name, the same one for a restart. */
  readonly name?: string;
  readonly start?: boolean;
  readonly seed?: number;
  /** On another machine than its workspace: the workspace's scope counts (Y9). */
  readonly remote?: boolean;
  /** Damage was met before: the files are looked through. */
  readonly examine?: boolean;
  /** Conversations and data points from which on insights are kept between two runs. */
  readonly worthKeeping?: number;
  /** Hears what work in the background threw; without it that fails the test. */
  readonly report?: (thrown: unknown) => void;
}

/** Opens an agent's desk and lets it catch up. */
export async function openTestDesk(
  world: World,
  agentId: AgentId,
  settings: DeskSettings = {},
): Promise<TestDesk> {
  const dir = path.join(world.dir, settings.name ?? agentId);
  const transport = must(await world.workspace.transportFor(agentId), `agent ${agentId}`);
  const link = flakyTransport(transport);
  const scheduler = fakeScheduler(world.clock);
  const rng = seededRng(settings.seed ?? seedOf(agentId));
  const opened = openDesk({
    dir,
    transport: link,
    clock: world.clock,
    ids: uuidV7Source(world.clock, rng),
    rng,
    scheduler,
    agentId,
    lists: fakeLists().factory,
    app: { version: '0.0.0', workspace: settings.remote === true ? 'remote' : 'embedded', sample: false },
    examine: settings.examine === true,
    ...(settings.worthKeeping === undefined ? {} : { worthKeeping: settings.worthKeeping }),
    report:
      settings.report ??
      ((thrown) => {
        throw thrown;
      }),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const desk = opened.value;
  const invalidations: Invalidation[] = [];
  desk.onInvalidate((invalidation) => {
    invalidations.push(invalidation);
  });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await desk.close();
  };
  onTestFinished(close);
  if (settings.start !== false) {
    desk.start();
    await settle();
  }
  return {
    desk,
    link,
    scheduler,
    invalidations,
    dir,
    mutate: async (name, args) => {
      const answer = await desk.handlers.mutate({ name, args }, NEVER);
      if (!('ok' in answer)) throw new Error(answer.error.type);
      return answer;
    },
    thread: (id) => {
      const view = desk.handlers['thread.open']({ conversationId: id, limit: 100 }, NEVER);
      if (view === null || view instanceof Promise || !('conversation' in view))
        throw new Error(`no thread ${id}`);
      return view;
    },
    close,
  };
}

/** The events of one escalated conversation: a customer asks, the AI answers and hands over. */
export function escalated(id: string, at = START - 600_000): readonly IngestEventInput[] {
  return [
    {
      id: `${id}-1`,
      at,
      conversationId: id,
      type: 'conversation.started',
      channel: 'web_chat',
      profile: { id: `customer-${id}`, name: `Customer ${id}` },
    },
    {
      id: `${id}-2`,
      at: at + 1_000,
      conversationId: id,
      type: 'message.posted',
      messageId: `${id}-m1`,
      author: { kind: 'customer' },
      text: `Where is my order ${id}?`,
    },
    {
      id: `${id}-3`,
      at: at + 2_000,
      conversationId: id,
      type: 'message.posted',
      messageId: `${id}-m2`,
      author: { kind: 'ai' },
      text: 'I will ask a colleague.',
    },
    {
      id: `${id}-4`,
      at: at + 3_000,
      conversationId: id,
      type: 'conversation.escalated',
      reason: 'unknown order',
    },
  ];
}

/** A customer's message. */
export function customerWrites(
  id: string,
  messageId: string,
  at: number,
  text = 'Anyone?',
): IngestEventInput {
  return {
    id: `event-${messageId}`,
    at,
    conversationId: id,
    type: 'message.posted',
    messageId,
    author: { kind: 'customer' },
    text,
  };
}

export function conversationId(id: string): ConversationId {
  return asId<'ConversationId'>(id);
}
