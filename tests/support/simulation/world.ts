import { nextFloat, type Rng, seededRng } from '../../../src/base/rng.ts';
import { DAY, HOUR, type ManualClock, manualClock } from '../../../src/base/time.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { WireError } from '../../../src/protocol/errors.ts';
import { act, draft, recallOne, settleOne, undo } from './acts.ts';
import { countAnswer, countPush, RESET } from './counting.ts';
import type { Counts } from './counts.ts';
import { checkAnswered, checkAtRest, checkDesk, checkSaved, checkTexts } from './desk-checks.ts';
import { CONVERSATIONS, customerWrites, laterEvents, opening } from './events.ts';
import { type DeskFiles, realFiles } from './files.ts';
import type { Packet } from './network.ts';
import { DESKS, type Step } from './schedule.ts';
import { SimDesk, survives } from './sim-desk.ts';
import { SimWorkspace } from './sim-workspace.ts';
import type { SimOptions } from './simulate.ts';
import { Crash } from './power.ts';

const START = Date.UTC(2026, 5, 1, 9);
const NAMES = ['ada', 'ben', 'cleo'];
const YEAR = 365 * DAY;

/** Lets every promise that can go on go on: all of them are microtasks here. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Three desks, a workspace and the wire between them; nothing happens in it but by a step. */
export class World {
  readonly counts: Counts;
  readonly desks: SimDesk[] = [];
  readonly #options: SimOptions;
  readonly #clock: ManualClock;
  readonly #rng: Rng;
  readonly #packets: Packet[] = [];
  /** The last answers to each desk's pulls, which a proxy may give out again. */
  readonly #stale = new Map<number, string[]>();
  readonly #events: IngestEventInput[];
  readonly #faults = new Set<string>();
  #workspace: SimWorkspace | null = null;
  #files: DeskFiles[] = [];
  #backup: number | null = null;
  #atStart = 0;
  #numbers = 0;
  #isCalm = false;

  constructor(seed: number, options: SimOptions, counts: Counts) {
    this.#options = options;
    this.counts = counts;
    this.#clock = manualClock(START);
    this.#rng = seededRng(seed ^ 0x5eed);
    this.#events = laterEvents(this.#rng, START, 40);
  }

  get workspace(): SimWorkspace {
    if (this.#workspace === null) throw new Error('the world is not open');
    return this.#workspace;
  }

  async open(): Promise<void> {
    const { pool, plant = null, realFiles: isReal = false } = this.#options;
    this.#workspace = await SimWorkspace.open({
      clock: this.#clock,
      sqlite: isReal,
      plant,
      counts: this.counts,
      onHead: (head) => this.#poke(head),
    });
    for (const [index, name] of NAMES.slice(0, DESKS).entries()) {
      const agentId = await this.workspace.hire(name);
      const files = isReal ? realFiles() : pool.take();
      this.#files.push(files);
      this.desks.push(
        new SimDesk({
          index,
          agentId,
          isRemote: index === 2,
          files,
          packets: this.#packets,
          world: this.#clock,
          rng: seededRng(this.#rng.u32()),
          plant,
          counts: this.counts,
        }),
      );
    }
    await this.workspace.ingest(opening(START - HOUR));
    this.#atStart = this.workspace.backups;
    for (const desk of this.desks) desk.boot();
    await this.#quiet(40);
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.kill().catch(() => undefined);
    for (const files of this.#files) files.release();
    await this.workspace.close();
    for (const fault of this.#faults) this.counts.faults[fault] = 1;
  }

  line(): string {
    const desks = this.desks.map((desk) => {
      const { cursor, lastMid, bootstrap } = desk.core.replica.state();
      const entries = desk.core.outbox.entries();
      return `${desk.deps.index}: ${bootstrap.state} seq ${cursor?.seq ?? '-'} mid ${lastMid} out ${entries.map((e) => `${e.mid}${e.name === 'noop' ? 'n' : ''}${e.outcome?.[0] ?? ''}`).join(' ')}`;
    });
    return `${desks.join(' | ')} | packets ${this.#packets.map((p) => `${p.desk}${p.verb}${p.answer === null ? '-' : ''}`).join(' ')}`;
  }

  async play(step: Step): Promise<void> {
    this.#clock.advance(step.a % 7 === 0 ? (step.b % 600) * 1_000 : step.a % 900);
    const desk = this.desks[step.desk];
    if (desk === undefined) return;
    await this.#happen(step, desk);
    await settle();
    for (const one of this.desks) if (one.power.dead) await this.#restart(one);
  }

  async #happen(step: Step, desk: SimDesk): Promise<void> {
    const { a, b, c } = step;
    switch (step.kind) {
      case 'act':
        act(desk, this.counts, a, b, c);
        return;
      case 'undo':
        undo(desk, this.counts);
        return;
      case 'recall':
        recallOne(desk, this.counts, a);
        return;
      case 'settle':
        settleOne(desk, this.counts, a);
        return;
      case 'draft':
        draft(desk, a, b);
        return;
      case 'tick':
        survives(desk, () => void desk.tick());
        return;
      case 'ingest':
        await this.workspace.ingest(this.#some(a, b));
        return;
      case 'customer':
        this.#numbers += 1;
        await this.workspace.ingest([
          customerWrites(
            CONVERSATIONS[a % 4] ?? 'c0',
            `now-${this.#numbers}`,
            this.#clock.now() - (b % 5_000),
          ),
        ]);
        return;
      case 'sweep':
        await this.workspace.sweep();
        return;
      case 'policy':
        await this.workspace.setPolicy(a % 2 === 0);
        return;
      default:
        if (await this.#wire(step)) this.#faults.add(step.kind);
        else if (await this.#disaster(step, desk)) this.#faults.add(step.kind);
    }
  }

  /** What becomes of a request on its way. */
  async #wire({ kind, a, b }: Step): Promise<boolean> {
    const packet = this.#packets[a % Math.max(1, this.#packets.length)];
    if (packet === undefined) return false;
    switch (kind) {
      case 'deliver':
        await this.#deliver(packet, 'whole');
        return true;
      case 'drop':
        this.#take(packet);
        packet.answer?.({ type: 'timeout' });
        return true;
      case 'tearRequest':
        this.#take(packet);
        packet.answer?.({ type: 'unavailable' });
        return true;
      case 'duplicate':
        // Another copy stays on the wire and may arrive at any later time.
        this.#packets.push({ ...packet, answer: null });
        await this.#deliver(packet, 'whole');
        return true;
      case 'loseAnswer':
        await this.#deliver(packet, 'lost');
        return true;
      case 'tearAnswer':
        await this.#deliver(packet, 'torn');
        return true;
      case 'staleAnswer': {
        const old = this.#stale.get(packet.desk) ?? [];
        const text = old[b % Math.max(1, old.length)];
        if (packet.verb !== 'pull' || text === undefined || packet.answer === null) return false;
        this.#take(packet);
        packet.answer(text);
        this.counts.staleIgnored += 1;
        return true;
      }
      default:
        return false;
    }
  }

  async #disaster({ kind, a, b, c }: Step, desk: SimDesk): Promise<boolean> {
    switch (kind) {
      case 'killDesk':
        desk.power.dead = true;
        return true;
      case 'killDeskMidway':
        desk.power.left = 1 + (a % 4);
        desk.power.cut = b % 2 === 0 ? 'before' : 'after';
        return true;
      case 'killWorkspace':
        await this.workspace.boot();
        this.counts.workspaceCrashes += 1;
        return true;
      case 'killWorkspaceMidway':
        this.workspace.power.left = 1 + (a % 2);
        this.workspace.power.cut = b % 2 === 0 ? 'before' : 'after';
        return true;
      case 'linkDown':
      case 'linkUp':
        survives(desk, () => desk.link.setUp(kind === 'linkUp'));
        return true;
      case 'offline':
      case 'online':
        survives(desk, () => desk.setOffline(kind === 'offline'));
        return true;
      case 'deskClockJumps':
        desk.skew = Math.round((a / 5_000 - 1) * 10 * YEAR);
        return true;
      case 'timePasses':
        this.#clock.advance(a % 10 === 0 ? YEAR : (b % 60) * HOUR);
        return true;
      case 'backup':
        this.#backup = this.workspace.backups;
        return true;
      case 'restore': {
        const to = this.#backup ?? Math.max(this.#atStart, this.workspace.backups - (a % 20));
        await this.workspace.restore(to, c % 3 === 0);
        this.#stale.clear();
        this.#backup = null;
        this.counts.restores += 1;
        return true;
      }
      case 'upgradeDemanded':
        this.workspace.demandsUpgrade = true;
        return true;
      case 'oldWorkspace':
        this.workspace.isOld = true;
        return true;
      case 'replicaDestroyed':
        await desk.kill();
        desk.deps.files.destroyReplica();
        desk.resets += 1;
        this.#boot(desk);
        return true;
      default:
        return false;
    }
  }

  async #restart(desk: SimDesk): Promise<void> {
    await desk.kill();
    checkSaved(desk);
    this.#boot(desk);
    await settle();
    if (desk.power.dead) await this.#restart(desk);
  }

  /** Now and then it dies again while it starts. */
  #boot(desk: SimDesk): void {
    const dieAt =
      this.#isCalm || nextFloat(this.#rng) > 0.1
        ? Number.POSITIVE_INFINITY
        : 1 + Math.floor(nextFloat(this.#rng) * 4);
    try {
      desk.boot(dieAt);
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      desk.boot();
    }
  }

  #take(packet: Packet): void {
    const at = this.#packets.indexOf(packet);
    if (at >= 0) this.#packets.splice(at, 1);
  }

  async #deliver(packet: Packet, answer: 'whole' | 'lost' | 'torn'): Promise<void> {
    this.#take(packet);
    const desk = this.desks[packet.desk];
    if (desk === undefined) return;
    if (packet.verb === 'push') countPush(this.counts, packet, this.workspace.lastMids);
    const text = await this.workspace.serve(packet, desk.deps.agentId).catch((thrown: unknown) => {
      // Its sender must not wait for ever: the schedule ends here.
      packet.answer?.({ type: 'unavailable' });
      throw thrown;
    });
    if (typeof text === 'string') this.#seen(packet, text);
    if (packet.answer === null) return;
    const lost: WireError = { type: answer === 'lost' ? 'timeout' : 'unavailable' };
    if (text === null || answer === 'lost') packet.answer(lost);
    else if (answer === 'torn' && typeof text === 'string') packet.answer(text.slice(0, text.length >> 1));
    else packet.answer(text);
  }

  #seen(packet: Packet, text: string): void {
    countAnswer(this.counts, packet, text);
    if (packet.verb !== 'pull' || text.startsWith(RESET)) return;
    this.#stale.set(packet.desk, [text, ...(this.#stale.get(packet.desk) ?? [])].slice(0, 4));
  }

  #some(a: number, b: number): readonly IngestEventInput[] {
    const from = a % this.#events.length;
    return this.#events.slice(from, from + 1 + (b % 4));
  }

  /** Half of all pokes are lost (Y8). */
  #poke(head: number): void {
    for (const desk of this.desks) {
      if (!desk.isUp || (!this.#isCalm && nextFloat(this.#rng) < 0.5)) continue;
      survives(desk, () => desk.link.poke(head));
    }
  }

  /** Delivers and waits until nothing is left to do. */
  async #quiet(rounds: number): Promise<boolean> {
    for (let round = 0; round < rounds; round += 1) {
      await settle();
      for (let packet = this.#packets[0]; packet !== undefined; packet = this.#packets[0]) {
        await this.#deliver(packet, 'whole');
        await settle();
      }
      const { chain } = await this.workspace.head();
      const done = this.desks.every(
        ({ core, loop }) =>
          loop.status().workspace === 'connected' &&
          core.replica.state().cursor?.chain === chain &&
          core.replica.state().bootstrap.state === 'done' &&
          core.outbox.entries().length === 0,
      );
      if (done) return true;
      this.#clock.advance(1_000);
      for (const desk of this.desks) desk.tick();
      await settle();
    }
    return false;
  }

  /** Every fault ends; what was on its way arrives; then everything must be accounted for. */
  async rest(): Promise<void> {
    this.#isCalm = true;
    const { workspace } = this;
    workspace.power.left = Number.POSITIVE_INFINITY;
    workspace.demandsUpgrade = false;
    workspace.isOld = false;
    for (const desk of this.desks) {
      if (desk.power.dead) await this.#restart(desk);
      desk.power.left = Number.POSITIVE_INFINITY;
      desk.skew = 0;
      desk.setOffline(false);
      desk.link.setUp(true);
    }
    await this.workspace.ingest(this.#events);
    await this.#quiet(40);
    // One more restart: what is shown at rest must also be what is stored.
    for (const desk of this.desks) await this.#restart(desk);
    await this.#quiet(40);
    await checkAll(this);
    const { chain } = await workspace.head();
    for (const desk of this.desks) {
      checkSaved(desk);
      checkAtRest(desk, workspace, chain);
    }
    await workspace.checkAll();
    await checkTexts(this.desks, workspace);
  }
}

/** Everything that must hold after every step. */
export async function checkAll(world: World): Promise<void> {
  for (const desk of world.desks) {
    checkDesk(desk, world.workspace);
    checkAnswered(desk, world.workspace);
  }
  await world.workspace.check();
}
