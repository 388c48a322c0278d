import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentId } from '../../../../src/base/ids.ts';
import { must } from '../../../../src/base/must.ts';
import { settle } from '../../../support/desk/fake-scheduler.ts';
import type { Fate } from '../../../support/desk/flaky-transport.ts';
import { baseOf, differences, foldOf, truthFor, viewOf } from '../../../support/desk/rows.ts';
import {
  conversationId,
  customerWrites,
  escalated,
  hire,
  openTestDesk,
  openWorld,
  type TestDesk,
  type World,
} from '../../../support/desk/world.ts';

const CONVERSATIONS = ['c1', 'c2', 'c3'];
const TAGS = ['refund', 'vip'];

type Step =
  | {
      readonly do: 'mutate';
      readonly desk: number;
      readonly what: number;
      readonly on: number;
      readonly pick: number;
    }
  | { readonly do: 'customer'; readonly on: number }
  | { readonly do: 'link'; readonly desk: number; readonly fate: Fate }
  | { readonly do: 'restart'; readonly desk: number }
  | { readonly do: 'recall'; readonly desk: number }
  | { readonly do: 'undo'; readonly desk: number }
  | { readonly do: 'resend'; readonly desk: number }
  | { readonly do: 'wait'; readonly seconds: number };

const desk = fc.integer({ min: 0, max: 1 });
const on = fc.integer({ min: 0, max: CONVERSATIONS.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('mutate' as const), desk, what: fc.nat(9), on, pick: fc.nat(1) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('customer' as const), on }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('link' as const),
      desk,
      fate: fc.constantFrom<Fate>('pass', 'drop', 'loseAnswer'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), desk }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recall' as const), desk }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), desk }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const), desk }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  },
);

const NO_CANCEL = { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined };

/** Two desks on one workspace, and a memory of everything they were told was saved. */
class Run {
  readonly world: World;
  readonly agents: readonly AgentId[];
  readonly desks: TestDesk[] = [];
  /** Message texts that `mutate` called saved, and what became of them when they were taken back. */
  readonly saved = new Map<string, 'saved' | 'recalled'>();
  #numbers = 0;

  private constructor(world: World, agents: readonly AgentId[]) {
    this.world = world;
    this.agents = agents;
  }

  static async start(): Promise<Run> {
    const world = await openWorld();
    const run = new Run(world, [await hire(world, 'ada'), await hire(world, 'ben')]);
    for (const id of CONVERSATIONS) await world.ingest(...escalated(id));
    for (const agent of run.agents) run.desks.push(await openTestDesk(world, agent));
    return run;
  }

  desk(index: number): TestDesk {
    return must(this.desks[index], `desk ${index}`);
  }

  next(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case 'mutate':
        await this.mutate(step.desk, step.what, must(CONVERSATIONS[step.on], 'a conversation'), step.pick);
        break;
      case 'customer':
        await this.world.ingest(
          customerWrites(
            must(CONVERSATIONS[step.on], 'a conversation'),
            `cm${this.next()}`,
            this.world.clock.now(),
          ),
        );
        break;
      case 'link':
        this.desk(step.desk).link.fate = () => step.fate;
        break;
      case 'restart':
        await this.restart(step.desk);
        break;
      case 'recall':
        await this.recall(step.desk);
        break;
      case 'undo':
        await this.desk(step.desk).desk.handlers['undo.apply']({}, NO_CANCEL);
        break;
      case 'resend':
        await this.resend(step.desk);
        break;
      case 'wait':
        for (const { scheduler } of this.desks) await scheduler.advance(step.seconds * 500);
        break;
    }
    await settle();
  }

  async mutate(index: number, what: number, id: string, pick: number): Promise<void> {
    const one = this.desk(index);
    const { conversation } = one.thread(conversationId(id));
    const calls: readonly (readonly [string, Record<string, unknown>])[] = [
      ['conversation.take', {}],
      ['conversation.assign', { assigneeId: this.agents[pick], expect: conversation.assigneeId }],
      ['conversation.setPriority', { priority: pick === 0 ? 'high' : 'low' }],
      ['tag.add', { tag: TAGS[pick] }],
      ['tag.remove', { tag: TAGS[pick] }],
      ['conversation.close', { seenCustomerMessageId: conversation.lastCustomerMessageId }],
      ['conversation.reopen', {}],
      ['conversation.setDescription', { description: `description ${this.next()}` }],
      ['message.send', this.text(conversation.lastPublicId)],
      ['note.add', this.text(null)],
    ];
    const [name, args] = must(calls[what], 'a call');
    const answer = await one.mutate(name, { conversationId: id, ...args });
    if (answer.ok && typeof args['text'] === 'string') this.saved.set(args['text'], 'saved');
  }

  text(lastSeenMessageId: string | null) {
    const number = this.next();
    return {
      messageId: `own-${number}`,
      text: `text ${number}`,
      lastSeenMessageId,
      offline: false,
      writtenAt: 0,
    };
  }

  async restart(index: number): Promise<void> {
    const old = this.desk(index);
    const fate = old.link.fate;
    await old.close();
    const again = await openTestDesk(this.world, must(this.agents[index], 'an agent'), { start: false });
    again.link.fate = fate;
    again.desk.start();
    this.desks[index] = again;
  }

  async recall(index: number): Promise<void> {
    const { desk } = this.desk(index);
    const items = desk.core.outbox.entries().filter((entry) => !entry.attempted && entry.name !== 'noop');
    const last = items.at(-1);
    if (last === undefined) return;
    const recalled = await desk.handlers['outbox.recall']({ mid: last.mid }, NO_CANCEL);
    expect(recalled).toEqual({ recalled: true });
    const args = last.args as { text?: string };
    if (args.text !== undefined) this.saved.set(args.text, 'recalled');
  }

  async resend(index: number): Promise<void> {
    const { desk } = this.desk(index);
    const first = desk.core.outbox.attention()[0];
    if (first !== undefined) await desk.handlers['outbox.resend']({ mid: first.mid }, NO_CANCEL);
  }

  /** What must hold after every step. */
  check(): void {
    for (const { desk } of this.desks) {
      const { replica, outbox } = desk.core;
      expect(differences(viewOf(replica), foldOf(replica)), 'view = fold(pending, base)').toEqual([]);
      const mids = outbox.entries().map((entry) => entry.mid);
      const first = mids[0] ?? 1;
      expect(mids, 'numbers have no gaps').toEqual(mids.map((_, place) => first + place));
    }
  }

  /** What must hold where a desk stands at the workspace's head. */
  async checkPrefix(): Promise<void> {
    const head = await this.world.workspace.head();
    for (const [index, { desk }] of this.desks.entries()) {
      const { cursor, bootstrap } = desk.core.replica.state();
      if (bootstrap.state !== 'done' || cursor?.seq !== head) continue;
      const truth = await truthFor(
        must(await this.world.workspace.transportFor(must(this.agents[index], 'an agent')), 'a link'),
      );
      expect(
        differences(baseOf(desk.core.replica), truth),
        'the base is the workspace at the cursor',
      ).toEqual([]);
    }
  }

  /** Lets everything arrive, then accounts for every text that was called saved. */
  async finish(): Promise<void> {
    for (const one of this.desks) one.link.fate = () => 'pass';
    for (let round = 0; round < 3; round += 1) {
      for (const { scheduler } of this.desks) await scheduler.advance(60_000);
    }
    this.check();
    const texts: string[] = [];
    for (const [index, { desk }] of this.desks.entries()) {
      expect(desk.status()).toMatchObject({ workspace: 'connected', pending: 0 });
      const truth = await truthFor(
        must(await this.world.workspace.transportFor(must(this.agents[index], 'an agent')), 'a link'),
      );
      expect(differences(viewOf(desk.core.replica), truth), 'every desk shows the truth').toEqual([]);
      if (index === 0)
        for (const [key, values] of truth) if (key.startsWith('message\n')) texts.push(String(values[6]));
      for (const item of desk.core.outbox.attention())
        texts.push((item.args as { text?: string }).text ?? '');
    }
    for (const [text, fate] of this.saved) {
      const times = texts.filter((other) => other === text).length;
      expect(times, `${fate}: ${text}`).toBe(fate === 'saved' ? 1 : 0);
    }
  }
}

test('[Y1] [Y3] [Y4] [Y7] [Y12] whatever the link, restarts and colleagues do: view = fold(pending, base), nothing saved is lost or doubled, desks converge', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const run = await Run.start();
      for (const one of steps) {
        await run.play(one);
        run.check();
        await run.checkPrefix();
      }
      await run.finish();
      for (const one of run.desks) await one.close();
    }),
    { numRuns: 40, seed: 20_260_601, endOnFailure: false },
  );
}, 120_000);
