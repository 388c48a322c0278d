import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asId } from '../../src/base/ids.ts';
import { must } from '../../src/base/must.ts';
import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../src/base/rng.ts';
import { type ManualClock, manualClock, MINUTE } from '../../src/base/time.ts';
import type { ThreadView } from '../../src/protocol/rpc/thread.ts';
import { WIRE_VERSION } from '../../src/protocol/version.ts';
import { createWorkspaceServer } from '../../src/workspace/server/server.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/workspace.ts';
import { type FaultProxy, startFaultProxy } from '../support/offline/fault-proxy.ts';
import { DeskProcess } from './desk-process.ts';

// Steps 2 to 7 of a day on a train: the link falls into a hole, work goes on through kills, others change the same
// conversation meanwhile, and the link comes back flapping.

const MORNING = Date.UTC(2026, 5, 1, 9, 58);
/** The laptop's clock is wrong. */
const SKEW = 7 * MINUTE;
const CONVERSATION = asId<'ConversationId'>('train');
const PATIENCE_MS = 60_000;
const FLAPS = 10;

export interface JourneyResult {
  readonly seed: number;
  /** What was lost, doubled or changed without a word; empty where the run passed. */
  readonly problems: readonly string[];
  readonly kills: number;
  readonly flaps: number;
}

class Train {
  readonly problems: string[] = [];
  readonly rng: Rng;
  readonly clock: ManualClock = manualClock(MORNING);
  kills = 0;
  flaps = 0;
  readonly #root = mkdtempSync(path.join(tmpdir(), 'handoff-train-'));
  readonly #seed: number;
  #workspace: Workspace | null = null;
  #proxy: FaultProxy | null = null;
  #close: () => Promise<void> = async () => undefined;
  #token = '';
  #starts = 0;
  #desk: DeskProcess | null = null;

  constructor(seed: number) {
    this.#seed = seed;
    this.rng = seededRng(seed);
  }

  get workspace(): Workspace {
    return must(this.#workspace, 'the workspace');
  }
  get proxy(): FaultProxy {
    return must(this.#proxy, 'the proxy');
  }
  get desk(): DeskProcess {
    return must(this.#desk, 'the desk');
  }

  expect(holds: boolean, what: string): void {
    if (!holds) this.problems.push(what);
  }

  async open(): Promise<void> {
    let secrets = 0;
    const opened = await openWorkspace({
      path: path.join(this.#root, 'workspace.db'),
      clock: this.clock,
      newSecret: () => {
        secrets += 1;
        return `secret-${this.#seed}-${String(secrets).padStart(36, '0')}`;
      },
      log: (event) => {
        if (event.type === 'mutationThrew') this.problems.push(event.error);
      },
    });
    if (!opened.ok) throw new Error(opened.error.type);
    this.#workspace = opened.value;
    this.#proxy = await startFaultProxy();
    const server = await createWorkspaceServer(opened.value, {
      log: () => undefined,
      hosts: [this.proxy.host],
      limits: { hello: 100_000, push: 100_000, pull: 100_000, bootstrap: 100_000 },
    });
    const { port } = await server.listen({ host: '127.0.0.1', port: 0 });
    this.proxy.setTarget(port);
    this.#close = () => server.close();
    for (const [name, role] of [
      ['jimin', 'agent'],
      ['minsu', 'agent'],
      ['lead', 'lead'],
    ] as const) {
      const added = await this.workspace.addAgent({ name, role, id: asId<'AgentId'>(name) });
      if (!added.ok) throw new Error(added.error.type);
      if (name === 'jimin') this.#token = added.value.token;
    }
    await this.#ingest([
      {
        id: 'e1',
        type: 'conversation.started',
        at: MORNING - MINUTE,
        channel: 'web_chat',
        profile: { id: 'kim' },
      },
      this.#said('m1', '배송이 안 왔어요', MORNING - MINUTE),
      { id: 'e2', type: 'conversation.escalated', at: MORNING - MINUTE / 2, reason: 'knowledge_gap' },
    ]);
    await this.boot();
    await this.until('the desk holds the conversation', async () => (await this.thread()) !== null);
    await this.calm();
  }

  async close(): Promise<void> {
    await this.#desk?.kill();
    await this.#proxy?.close();
    await this.#close();
    await this.#workspace?.close();
    rmSync(this.#root, { recursive: true, force: true });
  }

  async boot(): Promise<void> {
    this.#starts += 1;
    this.#desk = await DeskProcess.start(
      {
        dir: path.join(this.#root, 'desk'),
        origin: this.proxy.origin,
        token: this.#token,
        seed: this.#seed * 100 + this.#starts,
      },
      this.clock.now() + SKEW,
    );
  }

  async killed(): Promise<void> {
    this.kills += 1;
    this.problems.push(...this.desk.threw);
    await this.desk.kill();
    await this.boot();
  }

  advance(minutes: number): void {
    this.clock.advance(minutes * MINUTE);
    this.#desk?.setClock(this.clock.now() + SKEW);
  }

  thread(): Promise<ThreadView | null> {
    return this.desk.ask('thread.open', { conversationId: CONVERSATION, limit: 100 });
  }

  async shown(): Promise<ThreadView> {
    return must(await this.thread(), 'the conversation on the desk');
  }

  async make(name: string, args: Readonly<Record<string, unknown>>): Promise<void> {
    const made = await this.desk.ask('mutate', { name, args: { conversationId: CONVERSATION, ...args } });
    this.expect(made.ok, `${name} was refused`);
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const late = performance.now() + PATIENCE_MS;
    while (!(await holds())) {
      if (performance.now() > late) throw new Error(`in vain: ${what}`);
      await pause(15);
    }
  }

  /** Nothing waits any more, and the link is up. */
  async calm(): Promise<void> {
    await this.until('nothing waits', async () => {
      const { workspace, pending, bootstrap } = await this.desk.ask('sync.status', {});
      return workspace === 'connected' && pending === 0 && bootstrap === null;
    });
  }

  /** Someone else pushes, by a link of their own. */
  async other(agent: 'minsu' | 'lead', mid: number, name: string, args: object): Promise<void> {
    const desk = must(await this.workspace.deskOf(asId<'AgentId'>(agent)), agent);
    const answer = await this.workspace.push(desk, {
      version: WIRE_VERSION,
      clientId: `desk-${agent}`,
      mutations: [{ mid, name, args: { conversationId: CONVERSATION, ...args }, madeAt: this.clock.now() }],
    });
    this.expect(answer.ok && answer.value.outcomes[0]?.status === 'applied', `${agent}: ${name}`);
  }

  async customerWrites(id: string, text: string): Promise<void> {
    await this.#ingest([this.#said(id, text, this.clock.now())]);
  }

  #said(id: string, text: string, at: number) {
    return {
      id: `e-${id}`,
      type: 'message.posted',
      at,
      messageId: id,
      author: { kind: 'customer' },
      text,
    } as const;
  }

  async #ingest(events: readonly object[]): Promise<void> {
    const answer = await this.workspace.ingest('test', {
      events: events.map((event) => ({ conversationId: CONVERSATION, ...event })),
    });
    if (!answer.ok || answer.value.rejected.length > 0) throw new Error(JSON.stringify(answer));
  }
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, millis);
  });
}

const TEXT = '안녕하세요, 배송 상황을 바로 확인해 드리겠습니다.';
const EDITED = '다행입니다! 더 필요하신 것이 있으면 말씀해 주세요.';

/** Step 4: taken, set, tagged and half a reply, then killed. */
async function workOffline(train: Train): Promise<void> {
  train.proxy.setMode('blackHole');
  train.advance(4);
  await train.make('conversation.take', {});
  await train.make('conversation.setPriority', { priority: 'high' });
  await train.make('tag.add', { tag: '배송지연' });
  await train.desk.ask('draft.put', { conversationId: CONVERSATION, kind: 'reply', text: TEXT });
  await train.killed();
  const view = await train.shown();
  train.expect(view.conversation.assigneeId === 'jimin', 'the claim is gone after a kill');
  train.expect(view.conversation.priority === 'high', 'the priority is gone after a kill');
  train.expect(
    view.tags.some(({ tag }) => tag === '배송지연'),
    'the tag is gone after a kill',
  );
  train.expect(
    view.drafts.some(({ text }) => text === TEXT),
    'the draft is gone after a kill',
  );
  train.expect(view.pending === 3, `${view.pending} changes wait after a kill, not 3`);
}

function queued(view: ThreadView): number {
  return view.messages.filter(({ delivery, text }) => delivery?.state === 'queued' && text === TEXT).length;
}

/** A reply as the screen sends it. */
function reply(view: ThreadView, id: string) {
  return {
    name: 'message.send',
    args: {
      conversationId: CONVERSATION,
      messageId: id,
      text: TEXT,
      writtenAt: 0,
      lastSeenMessageId: view.conversation.lastPublicId,
      offline: false,
    },
  };
}

/** Step 5: sent, recalled, sent again; the process is killed within the write, and once more. */
async function sendOffline(train: Train): Promise<void> {
  const view = await train.shown();
  const first = await train.desk.ask('mutate', reply(view, 'reply-1'));
  if (!first.ok) {
    train.problems.push('the reply was refused offline');
    return;
  }
  train.expect(queued(await train.shown()) === 1, 'the reply does not show as queued');
  const { recalled } = await train.desk.ask('outbox.recall', { mid: first.value.mid });
  train.expect(recalled, 'a reply that no push carried could not be recalled');
  const back = await train.shown();
  train.expect(
    back.drafts.some(({ text }) => text === TEXT),
    'the recalled text is not in the composer',
  );
  train.expect(queued(back) === 0, 'a recalled reply shows as queued');

  let sent = 2;
  train.desk.askBlindly('mutate', reply(back, `reply-${sent}`));
  await pause(nextInt(train.rng, 0, 12));
  await train.killed();
  for (let tries = 0; tries < 20; tries += 1) {
    const now = await train.shown();
    if (queued(now) > 0) break;
    // The kill came before the commit: the text is where it was written.
    train.expect(
      now.drafts.some(({ text }) => text === TEXT),
      'a reply was cut off and its draft is gone',
    );
    sent += 1;
    await train.desk.ask('mutate', reply(now, `reply-${sent}`));
  }
  await train.killed();
  train.expect(queued(await train.shown()) === 1, 'not exactly one reply waits');
}

/** Step 7: the link comes and goes, in all the ways that links go. */
async function flap(train: Train): Promise<void> {
  train.advance(21);
  for (let time = 0; time < FLAPS; time += 1) {
    train.flaps += 1;
    train.proxy.setMode('pass');
    if (nextFloat(train.rng) < 0.3) train.proxy.tearNextAnswer(nextInt(train.rng, 0, 600));
    train.proxy.setDelay(nextFloat(train.rng) < 0.3 ? nextInt(train.rng, 1, 12) : 0);
    await pause(nextInt(train.rng, 5, 60));
    if (nextFloat(train.rng) < 0.15) await train.killed();
    train.proxy.setMode(pick(train.rng, ['blackHole', 'cut']));
    await pause(nextInt(train.rng, 1, 15));
  }
  train.proxy.setDelay(0);
  train.proxy.setMode('pass');
  await train.calm();
}

/** What the workspace holds in the end, read by a desk of its own. */
async function messagesOf(train: Train): Promise<readonly string[]> {
  const { workspace } = train;
  const desk = must(await workspace.deskOf(asId<'AgentId'>('lead')), 'the lead');
  const texts: string[] = [];
  const body = { version: WIRE_VERSION, clientId: 'reader', limit: 5_000 };
  const page = await workspace.bootstrap(desk, { ...body, position: { phase: 'message', after: null } });
  if (!page.ok) throw new Error(page.error.type);
  for (const { table, puts } of page.value.tables)
    if (table === 'message') texts.push(...puts.map((values) => String(values[6])));
  return texts;
}

async function checkEnd(train: Train): Promise<void> {
  const view = await train.shown();
  const tags = view.tags.map(({ tag }) => tag).sort();
  train.expect(tags.join() === ['VIP', '배송지연'].join(), `tags are ${tags.join()}`);
  train.expect(view.conversation.assigneeId === 'jimin', 'the claim did not arrive');
  // The lead's word came later: it stands, and the agent is told that theirs does not.
  const told = (await train.desk.ask('outbox.list', {})).find(
    ({ name }) => name === 'conversation.setPriority',
  );
  train.expect(
    view.conversation.priority === 'low',
    `the priority is ${view.conversation.priority ?? 'none'}`,
  );
  train.expect(told?.code === 'changedSince', 'the priority changed without a word');

  train.expect(view.held.length === 1, `${view.held.length} replies are held, not 1`);
  const held = view.held[0];
  train.expect(held?.text === TEXT, 'the held text is another');
  train.expect(held?.becauseOf === 'm2', 'the held reply does not name what stands in its way');
  train.expect(
    !(await messagesOf(train)).includes(TEXT),
    'a reply to what the customer no longer asked was sent',
  );
  if (held === undefined) return;
  const sent = await train.desk.ask('outbox.resend', { mid: held.mid, text: EDITED });
  train.expect(sent.ok, 'the held reply could not be sent');
  await train.calm();
  if (nextFloat(train.rng) < 0.3) await train.killed();
  await train.calm();
  const texts = await messagesOf(train);
  train.expect(texts.filter((text) => text === EDITED).length === 1, 'the reply is not there exactly once');
  train.expect(texts.length === 3, `${texts.length} messages, not 3: ${texts.join(' | ')}`);
  train.expect((await train.shown()).held.length === 0, 'the held reply is still held');
}

/** Plays one run by its seed. */
export async function playJourney(seed: number): Promise<JourneyResult> {
  const train = new Train(seed);
  try {
    await train.open();
    await workOffline(train);
    await sendOffline(train);
    await train.other('minsu', 1, 'tag.add', { tag: 'VIP' });
    await train.customerWrites('m2', '해결됐어요');
    train.advance(18);
    await train.other('lead', 1, 'conversation.setPriority', { priority: 'low' });
    await flap(train);
    await checkEnd(train);
    train.problems.push(...train.desk.threw);
  } catch (thrown) {
    train.problems.push(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
  } finally {
    await train.close();
  }
  return { seed, problems: train.problems, kills: train.kills, flaps: train.flaps };
}
