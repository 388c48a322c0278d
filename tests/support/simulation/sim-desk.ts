import { type AgentId, asId, type ConversationId } from '../../../src/base/ids.ts';
import type { Rng } from '../../../src/base/rng.ts';
import { type Clock, epochMillis, type Millis } from '../../../src/base/time.ts';
import { type IdSource, uuidV7Source } from '../../../src/base/uuid.ts';
import { DeskCore } from '../../../src/desk/desk-core.ts';
import { Outbox } from '../../../src/desk/outbox/outbox.ts';
import { Replica } from '../../../src/desk/replica/replica.ts';
import type { CommandDeps } from '../../../src/desk/service/commands.ts';
import type { Scheduler } from '../../../src/desk/sync/scheduler.ts';
import { SyncLoop } from '../../../src/desk/sync/sync-loop.ts';
import type { InvertibleCall } from '../../../src/desk/replica/replica.ts';
import { ByRow } from './by-row.ts';
import type { Counts } from './counts.ts';
import type { Prepared } from './desk-checks.ts';
import { Crossing } from './crossing.ts';
import { DeskRows } from './desk-rows.ts';
import type { DeskFiles } from './files.ts';
import { type Packet, SimLink } from './network.ts';
import type { Plant } from './plant.ts';
import { Crash, fragile, mustLive, type Power, power } from './power.ts';
import type { RowMap } from './truth.ts';
import { Violation } from './violation.ts';

export interface SimDeskDeps {
  readonly index: number;
  readonly agentId: AgentId;
  /** It has to learn from the workspace who it is. */
  readonly isRemote: boolean;
  readonly files: DeskFiles;
  readonly packets: Packet[];
  readonly world: Clock;
  readonly rng: Rng;
  readonly plant: Plant | null;
  readonly counts: Counts;
  /** What it holds and must hold as it begins, where that is known; else it is looked at as it stands. */
  readonly begins?: DeskBegins | undefined;
}

/** The rows of a desk without pending work, and where in the log they were compared. */
export interface DeskBegins {
  readonly view: RowMap;
  readonly chain: string | null;
}

/** Nothing: it fills from the start. */
export const NOTHING: DeskBegins = { view: new ByRow(), chain: null };

interface Timer {
  readonly due: number;
  readonly work: () => void;
}

/** What its agent was told is saved, by mid and by text. */
export interface Ledger {
  readonly mids: Map<number, string>;
  /** `maybe`: the process died before it could say. */
  readonly texts: Map<string, 'saved' | 'maybe' | 'recalled' | 'dismissed'>;
}

/** A desk in its process: production core, replica, outbox and sync loop, killed and started again over its files. */
export class SimDesk {
  readonly deps: SimDeskDeps;
  readonly ledger: Ledger = { mids: new Map(), texts: new Map() };
  /** What the workspace says it must hold at `expectedAt`. */
  readonly expected: RowMap;
  expectedAt: string | null;
  /** Its rows as last looked at. */
  readonly rows: DeskRows;
  /** As holding what the base was compared as a whole since the cursor's last jump; null: it was not. */
  compared: string | null = null;
  /** The conversations that it held when its part was last compared as a whole. */
  readonly has = new Set<unknown>();
  /** Pending calls at the last look. */
  folded: readonly InvertibleCall[] = [];
  /** Calls made ready by their mid. */
  readonly prepared = new Map<number, Prepared>();
  checks = 0;
  numbered: unknown = null;
  answeredOf: unknown = null;
  answeredTo = -1;
  /** A bootstrap's pages are newer than its cursor until the first pull. */
  isFuzzy = false;
  /** Where the log stood at the last of them. */
  pagesTo = 0;
  seenCursor: unknown = null;
  lastSeq = -1;
  resets = 0;
  seenResets = 0;
  checkedWrites = -1;
  skew = 0;
  isOffline = false;
  power: Power = power();
  #parts: { readonly core: DeskCore; readonly loop: SyncLoop; readonly link: SimLink } | null = null;
  #timers: Timer[] = [];
  #thrown: unknown = null;
  readonly #ids: IdSource;
  /** Its answers, counted through all of its lives. */
  readonly #answers = new Crossing();

  constructor(deps: SimDeskDeps) {
    this.deps = deps;
    const { view, chain } = deps.begins ?? NOTHING;
    this.expected = view.copy();
    this.expectedAt = chain;
    this.rows = new DeskRows(deps.files.memory());
    this.#ids = uuidV7Source(deps.world, deps.rng);
  }

  /** It runs. */
  get isUp(): boolean {
    return this.#parts !== null && !this.power.dead;
  }

  get core(): DeskCore {
    if (this.#parts === null) throw new Error('the desk is down');
    return this.#parts.core;
  }
  get loop(): SyncLoop {
    if (this.#parts === null) throw new Error('the desk is down');
    return this.#parts.loop;
  }
  get link(): SimLink {
    if (this.#parts === null) throw new Error('the desk is down');
    return this.#parts.link;
  }
  get commands(): CommandDeps {
    const { core, loop } = this;
    return { core, link: () => loop.status().workspace, kick: () => loop.kick() };
  }

  newId(): string {
    return this.#ids.next();
  }

  get clock(): Clock {
    return { now: () => epochMillis(this.deps.world.now() + this.skew) };
  }

  /** Starts the process over its files; `dieAt`: it is killed again at that durable write. */
  boot(dieAt = Number.POSITIVE_INFINITY): void {
    const { deps, clock } = this;
    const { plant } = deps;
    const self = power();
    self.left = dieAt;
    self.cut = 'after';
    this.power = self;
    this.#timers = [];
    const [replicaFile, outboxFile] = [deps.files.replica(), deps.files.outbox()];
    const isFollowed = deps.files.memory() !== null;
    const replicaDb = fragile(plant?.replicaDb?.(replicaFile) ?? replicaFile, self, isFollowed);
    const outboxDb = fragile(plant?.outboxDb?.(outboxFile) ?? outboxFile, self, isFollowed);
    const outbox = new Outbox(outboxDb, this.#ids);
    plant?.outbox?.(outbox);
    const replica = new Replica(replicaDb);
    plant?.replica?.(replica);
    if (!deps.isRemote && replica.state().agentId === null) replica.setState({ agentId: deps.agentId });
    const core = new DeskCore({
      replica,
      outbox,
      clock,
      onChange: (change) => {
        if (change.type === 'cleared') this.resets += 1;
      },
    });
    const link = new SimLink(deps.index, deps.agentId, deps.packets, this.#answers);
    link.onPush = (mids) => {
      const late = outbox.entries().find((entry) => mids.includes(entry.mid) && !entry.attempted);
      if (late !== undefined)
        this.#thrown ??= new Violation('Y12', `mid ${late.mid} left and can still be recalled`);
    };
    const loop = new SyncLoop({
      transport: plant?.transport?.(link) ?? link,
      target: plant?.target?.(core) ?? core,
      clock,
      scheduler: this.#scheduler(self),
      rng: deps.rng,
      onStatus: () => undefined,
      report: (thrown) => {
        if (!(thrown instanceof Crash) && !self.dead) this.#thrown ??= thrown;
      },
    });
    this.#parts = { core, loop, link };
    this.checkedWrites = -1;
    // What lies in maps is followed through a crash as well.
    if (!isFollowed) this.compared = null;
    this.folded = [];
    this.seenCursor = replica.state().cursor;
    this.isFuzzy ||= replica.state().bootstrap.state !== 'done';
    if (this.isOffline) loop.setOffline(true);
    loop.start();
  }

  /** Kills it at this moment; what it had sent may still arrive. */
  async kill(): Promise<void> {
    this.power.dead = true;
    this.#timers = [];
    const loop = this.#parts?.loop;
    this.#parts = null;
    await loop?.close();
    this.deps.plant?.onCrash?.(this.deps.files);
    this.deps.files.reopen();
    this.deps.counts.deskCrashes += 1;
  }

  setOffline(offline: boolean): void {
    this.isOffline = offline;
    this.loop.setOffline(offline);
  }

  /** The next timer goes off, whatever the clock says. */
  tick(): boolean {
    const next = this.#timers.reduce<Timer | null>(
      (first, timer) => (first === null || timer.due < first.due ? timer : first),
      null,
    );
    if (next === null) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    next.work();
    return true;
  }

  /** What a step of the loop threw that was no crash. */
  takeThrown(): unknown {
    const thrown = this.#thrown;
    this.#thrown = null;
    return thrown;
  }

  /** The conversations that it shows, by id. */
  conversations(): readonly ConversationId[] {
    const shown = this.deps.files.memory()?.table('conversation').rows;
    if (shown !== undefined) return [...shown.keys()].map((id) => asId<'ConversationId'>(String(id))).sort();
    return this.core.replica.db.preparePluck<ConversationId>('SELECT id FROM conversation ORDER BY id').all();
  }

  #scheduler(self: Power): Scheduler {
    return {
      after: (delay: Millis, work) => {
        const timer = { due: this.deps.world.now() + delay, work };
        if (!self.dead) this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
      soon: (work) => {
        let cancelled = false;
        queueMicrotask(() => {
          if (!cancelled) work();
        });
        return () => {
          cancelled = true;
        };
      },
    };
  }
}

/** Runs an agent's act; false where the desk died under it. */
export function survives(desk: SimDesk, act: () => void): boolean {
  try {
    mustLive(desk.power);
    act();
    return true;
  } catch (thrown) {
    if (thrown instanceof Crash) return false;
    throw thrown;
  }
}
