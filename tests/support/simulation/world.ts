import process from 'node:process';
import { asId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { nextFloat, type Rng, seededRng } from '../../../src/base/rng.ts';
import { DAY, type EpochMillis, HOUR, type ManualClock, manualClock } from '../../../src/base/time.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import { act, draft, recallOne, settleOne, undo } from './acts.ts';
import type { Counts } from './counts.ts';
import { checkAnswered, checkAtRest, checkDesk, checkSaved, checkTexts } from './desk-checks.ts';
import { customerWrites, laterEvents, opening } from './events.ts';
import { type DeskFiles, realFiles } from './files.ts';
import type { Opening } from './opening.ts';
import { DESKS, type OpeningKind, openingKindOf, type Step } from './schedule.ts';
import { oldEvents, SIM_SCOPE, wantEverything, wantOlder, writtenIn } from './scope-checks.ts';
import { SimDesk, survives } from './sim-desk.ts';
import { SimWorkspace } from './sim-workspace.ts';
import type { SimOptions } from './simulate.ts';
import { broken } from './violation.ts';
import { Wire } from './wire.ts';
import { Crash } from './power.ts';

const START = Date.UTC(2026, 5, 1, 9);
const OPENING = opening(START - HOUR);
/** Requests in a row, each answered whole, after which the desks will never come to rest. */
const RESTLESS = 500;
/** What sources tell beside the opening: a step brings some of it. */
const LATER_EVENTS = 16;
const NAMES = ['ada', 'ben', 'cleo'];
const YEAR = 365 * DAY;

/**
 * Lets every promise that can go on go on: all of them are microtasks here, and Node's next tick comes when none is left.
 * A turn of the event loop would come then too, and cost a twentieth of a schedule.
 */
function settle(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** Three desks, a workspace and the wire between them; nothing happens in it but by a step. */
export class World {
  readonly counts: Counts;
  readonly desks: SimDesk[] = [];
  readonly #options: SimOptions;
  readonly #clock: ManualClock;
  readonly #rng: Rng;
  readonly #wire: Wire;
  readonly #events: IngestEventInput[];
  readonly #opening: Opening | null;
  readonly #faults = new Set<string>();
  /** In a quarter of the schedules sources tell everything once more at rest: what came before counts once (Y13). */
  readonly #tellsAll: boolean;
  readonly #kind: OpeningKind;
  #workspace: SimWorkspace | null = null;
  #files: DeskFiles[] = [];
  #backup: number | null = null;
  #atStart = 0;
  #numbers = 0;
  #isCalm = false;

  constructor(seed: number, options: SimOptions, counts: Counts, opening: Opening | null = null) {
    this.#options = options;
    this.counts = counts;
    this.#opening = opening;
    this.#clock = manualClock(opening?.at ?? START);
    this.#rng = seededRng(seed ^ 0x5eed);
    this.#events = laterEvents(this.#rng, START, LATER_EVENTS);
    this.#tellsAll = seed % 4 === 0;
    this.#kind = openingKindOf(seed);
    this.#wire = new Wire(counts, () => this.workspace);
  }

  now(): EpochMillis {
    return this.#clock.now();
  }

  get workspace(): SimWorkspace {
    if (this.#workspace === null) throw new Error('the world is not open');
    return this.#workspace;
  }

  /** Puts the opening in place, or plays it, and starts the desks. */
  async open(): Promise<void> {
    await this.prepare();
    this.#atStart = this.workspace.backups;
    for (const desk of this.desks) desk.boot();
    await this.#quiet(40);
  }

  /** What stands before the first desk starts: agents are hired, events came. */
  async prepare(): Promise<void> {
    const { pool, plant = null, realFiles: isReal = false } = this.#options;
    const opening = this.#opening;
    const deps = {
      clock: this.#clock,
      sqlite: isReal,
      plant,
      counts: this.counts,
      onHead: (head: number) => this.#poke(head),
    };
    this.#workspace = await SimWorkspace.open(deps, opening);
    for (const [index, name] of NAMES.slice(0, DESKS).entries()) {
      const agentId = opening === null ? await this.workspace.hire(name) : asId<'AgentId'>(name);
      const begun = isReal ? undefined : opening?.desks[index];
      const files = isReal ? realFiles() : pool.take(begun?.stored);
      this.#files.push(files);
      this.desks.push(
        new SimDesk({
          index,
          agentId,
          isRemote: index === 2,
          files,
          packets: this.#wire.packets,
          world: this.#clock,
          rng: seededRng(this.#rng.u32()),
          plant,
          counts: this.counts,
          begins: begun?.begins,
        }),
      );
    }
    if (opening === null) await this.workspace.ingest(OPENING);
    if (opening?.kind === this.#kind) return;
    if (this.#kind === 'scoped') await this.#scope();
    if (this.#kind === 'blocking') await this.workspace.setPolicy({ blockRepliesAfterClosing: true });
  }

  /** Agents' desks are to copy a part: all but one are filled anew, beside conversations of long ago. */
  async #scope(): Promise<void> {
    await this.workspace.setScope(SIM_SCOPE);
    await this.workspace.ingest(oldEvents(START));
    for (const [index, files] of this.#files.entries()) if (index !== 1) files.destroyReplica();
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.kill().catch(() => undefined);
    for (const files of this.#files) files.release();
    await this.workspace.close();
    for (const fault of this.#faults) this.counts.faults.set(fault, 1);
  }

  line(): string {
    const desks = this.desks.map((desk) => {
      const { cursor, lastMid, bootstrap } = desk.core.replica.state();
      const entries = desk.core.outbox.entries();
      return `${desk.deps.index}: ${bootstrap.state} seq ${cursor?.seq ?? '-'} mid ${lastMid} out ${entries.map((e) => `${e.mid}${e.name === 'noop' ? 'n' : ''}${e.outcome?.[0] ?? ''}`).join(' ')}`;
    });
    return `${desks.join(' | ')} | packets ${this.#wire.packets.map((p) => `${p.desk}${p.verb}${p.answer === null ? '-' : ''}`).join(' ')}`;
  }

  /** Everything that must hold after every step; null where nothing was left to wait for. */
  check(): Promise<void> | null {
    const { workspace } = this;
    for (const desk of this.desks) {
      checkDesk(desk, workspace);
      checkAnswered(desk, workspace);
    }
    return workspace.check();
  }

  async play(step: Step): Promise<void> {
    this.#clock.advance(step.a % 7 === 0 ? (step.b % 600) * 1_000 : step.a % 900);
    const desk = this.desks[step.desk];
    if (desk === undefined) return;
    if (!this.#isDoneAtOnce(step, desk)) await this.#happen(step, desk);
    await settle();
    for (const one of this.desks) if (one.power.dead) await this.#restart(one);
  }

  /** What a person or a timer does to a desk happens at once; false where the step is about something else. */
  #isDoneAtOnce(step: Step, desk: SimDesk): boolean {
    const { a, b, c } = step;
    switch (step.kind) {
      case 'act':
        act(desk, this.counts, a, b, c);
        return true;
      case 'undo':
        undo(desk, this.counts, a);
        return true;
      case 'recall':
        recallOne(desk, this.counts, a);
        return true;
      case 'settle':
        settleOne(this.#needed(step), this.counts, a);
        return true;
      case 'draft':
        draft(desk, a, b);
        return true;
      case 'tick':
        survives(desk, () => {
          wantOlder(desk, START, b, c);
          desk.tick();
        });
        return true;
      default:
        return false;
    }
  }

  async #happen(step: Step, desk: SimDesk): Promise<void> {
    const { a, b } = step;
    switch (step.kind) {
      case 'ingest':
        await this.workspace.ingest(this.#some(a, b));
        return;
      case 'customer':
        this.#numbers += 1;
        await this.workspace.ingest([
          customerWrites(
            writtenIn(a, this.#kind === 'scoped'),
            `now-${this.#numbers}`,
            this.#clock.now() - (b % 5_000),
          ),
        ]);
        return;
      case 'sweep':
        await this.workspace.sweep();
        return;
      case 'policy':
        // The window is of a source that tells nothing; blocked replies come and go, each counted as it was received (S5).
        await this.workspace.setPolicy({
          idleWindowBySource: { nobody: HOUR * (1 + (a % 9)) },
          ...(this.#kind === 'blocking' ? { blockRepliesAfterClosing: b % 3 > 0 } : {}),
        });
        return;
      default:
        if (await this.#wire.happen(step)) this.#faults.add(step.kind);
        else if (await this.#disaster(step, desk)) this.#faults.add(step.kind);
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
        this.#wire.forget();
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

  /** Of the desks that run, the first from this one on where something waits for a person. */
  #needed({ desk }: Step): SimDesk {
    const order = [...this.desks.slice(desk), ...this.desks.slice(0, desk)];
    const needed = order.find((one) => one.isUp && one.core.outbox.attention().length > 0);
    return needed ?? must(order[0], 'a desk');
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
      const { packets } = this.#wire;
      let delivered = 0;
      for (let packet = packets[0]; packet !== undefined; packet = packets[0]) {
        delivered += 1;
        if (delivered > RESTLESS) broken('Y6', `after ${delivered} requests there is still another`);
        await this.#wire.deliver(packet, 'whole');
        await settle();
      }
      const { chain } = await this.workspace.head();
      const done = this.desks.every(
        ({ core, loop }) =>
          loop.status().workspace === 'connected' &&
          core.replica.state().cursor?.chain === chain &&
          core.replica.state().bootstrap.state === 'done' &&
          core.outbox.entries().length === 0 &&
          !core.isReaching(),
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
    if (this.#tellsAll) await this.workspace.ingest(this.#events);
    for (const desk of this.desks) wantEverything(desk);
    await this.#quiet(40);
    for (const desk of this.desks) wantEverything(desk);
    await this.#quiet(40);
    // One more restart: what is shown at rest must also be what is stored.
    for (const desk of this.desks) await this.#restart(desk);
    await this.check();
    const { chain } = await workspace.head();
    const whole = workspace.truth.whole(chain);
    for (const desk of this.desks) {
      checkSaved(desk);
      checkAtRest(desk, whole, chain);
    }
    await workspace.checkAll();
    await checkTexts(this.desks, workspace);
  }
}
