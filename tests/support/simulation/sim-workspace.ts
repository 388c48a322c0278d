import { type AgentId, asId, type ConversationId } from '../../../src/base/ids.ts';
import { must } from '../../../src/base/must.ts';
import { ok } from '../../../src/base/result.ts';
import type { Clock } from '../../../src/base/time.ts';
import type { ScopeSetting } from '../../../src/domain/desk-scope.ts';
import type { Policy } from '../../../src/domain/events.ts';
import type { RowChange } from '../../../src/domain/rows.ts';
import { prepareMutation } from '../../../src/mutations/registry.ts';
import { refuse } from '../../../src/mutations/history.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import type { PrepareMutation } from '../../../src/workspace/push-run.ts';
import { memoryStore, type MemoryStore } from '../../../src/workspace/store/memory/memory-store.ts';
import { openSqliteStore } from '../../../src/workspace/store/sqlite/sqlite-store.ts';
import type { CommitBatch, Committed, Identity, LogHead, Store } from '../../../src/workspace/store/store.ts';
import { type Workspace, workspaceOver } from '../../../src/workspace/workspace.ts';
import { brokenInvariants } from '../domain/invariants.ts';
import type { Counts } from './counts.ts';
import type { Given, Packet } from './network.ts';
import type { Plant, PlantState } from './plant.ts';
import { Crash, mustLive, type Power, power } from './power.ts';
import { Answers } from './answers.ts';
import { Truth } from './truth.ts';
import { broken } from './violation.ts';
import { watched, type Wrong } from './watch.ts';

export interface SimWorkspaceDeps {
  readonly clock: Clock;
  readonly sqlite: boolean;
  readonly plant: Plant | null;
  readonly counts: Counts;
  readonly onHead: (head: number) => void;
}

/** What a workspace begins with: commits, and the history that they made. */
export interface WorkspaceBegins {
  readonly batches: readonly CommitBatch[];
  readonly truth: Truth;
  /** A store in memory that holds these commits, of the workspace's first epoch: each schedule goes on from a fork of it. */
  readonly store: MemoryStore;
}

const FIRST: Identity = { workspaceId: 'w-1', epoch: 'e-1' };

/** A mutation that an older workspace does not know. */
const NEWER_MUTATION = 'conversation.setDescription';

/** The workspace in its process: killed, restarted, and put back from backups, over a store that survives it. */
export class SimWorkspace {
  readonly truth: Truth;
  /** Every answer that a desk may have been given. */
  readonly answered = new Answers();
  /** Mids below this of each client have an outcome on the present history. */
  readonly lastMids = new Map<string, number>();
  /** It demands a newer wire. */
  demandsUpgrade = false;
  /** It is of an older build, which does not know every mutation. */
  isOld = false;
  power: Power = power();
  readonly #deps: SimWorkspaceDeps;
  readonly #begins: WorkspaceBegins | null;
  readonly #plantState: PlantState = { firstMid: 0, chains: new Map() };
  #identity: Identity = FIRST;
  #inner: Store | MemoryStore;
  #workspace: Workspace | null = null;
  #batches: CommitBatch[] = [];
  #secrets = 0;
  #wrong: Wrong | null = null;
  #threw: string | null = null;
  /** Those of the present history. */
  #outcomes = new Answers();
  #touched = new Set<ConversationId>();
  #history: Extract<RowChange, { readonly table: 'history' }>[] = [];

  private constructor(
    deps: SimWorkspaceDeps,
    begins: WorkspaceBegins | null,
    { truth, inner }: { readonly truth: Truth; readonly inner: Store | MemoryStore },
  ) {
    this.#deps = deps;
    this.#begins = begins;
    this.truth = truth;
    this.#inner = inner;
  }

  /** New, or over a store that holds the commits of another, and its history. */
  static async open(deps: SimWorkspaceDeps, begins: WorkspaceBegins | null): Promise<SimWorkspace> {
    const inner = begins?.store.fork() ?? freshStore(FIRST, deps);
    const { chain } = await inner.head();
    const truth = begins?.truth.continued() ?? new Truth(chain);
    const self = new SimWorkspace(deps, begins, { truth, inner });
    for (const batch of begins?.batches ?? []) self.#keep(batch);
    await self.boot();
    return self;
  }

  get backups(): number {
    return this.#batches.length;
  }

  /** What another workspace can begin with: all that this one holds, where it lies in memory. */
  begins(): WorkspaceBegins | null {
    const inner = this.#inner;
    if (!('fork' in inner)) return null;
    return { batches: [...this.#batches], truth: this.truth.continued(), store: inner.fork() };
  }

  get store(): Store {
    return this.#inner;
  }

  head(): Promise<LogHead> {
    return this.#inner.head();
  }

  /** Starts the process over what is durable. */
  async boot(): Promise<void> {
    this.power = power();
    const { plant, clock, onHead } = this.#deps;
    const recorded = this.#recording(this.power);
    const store = plant?.store?.(recorded, this.#plantState) ?? recorded;
    const prepare = plant?.prepare?.(this.#prepare, this.#plantState) ?? this.#prepare;
    const made = await workspaceOver(store, {
      clock,
      prepare: watched(prepare, (wrong) => {
        this.#wrong ??= wrong;
      }),
      newSecret: () => {
        this.#secrets += 1;
        return `secret-${String(this.#secrets).padStart(36, '0')}`;
      },
      log: (event) => {
        if (event.type === 'mutationThrew') this.#threw ??= event.error;
      },
    });
    this.#workspace = plant?.workspace?.(made, this.#plantState) ?? made;
    made.onHead(onHead);
  }

  async hire(name: string): Promise<AgentId> {
    const id = asId<'AgentId'>(name);
    const added = await this.#open().addAgent({ name, role: 'agent', id });
    if (!added.ok) throw new Error(added.error.type);
    return id;
  }

  /** False: killed on the way. */
  async ingest(events: readonly IngestEventInput[]): Promise<boolean> {
    return this.#guarded(async () => {
      const answer = await this.#open().ingest('test', { events });
      if (!answer.ok) broken('Y13', answer.error.type);
    });
  }

  async sweep(): Promise<boolean> {
    return this.#guarded(async () => void (await this.#open().sweep()));
  }

  /** How much agents' desks copy by themselves from now on (Y9). */
  async setScope(scope: ScopeSetting): Promise<boolean> {
    return this.#guarded(async () => {
      const set = await this.#open().importSettings({ scope });
      if (!set.ok) throw new Error(set.error.type);
    });
  }

  /** Another policy: a change that reaches every pending mutation. */
  async setPolicy(change: Partial<Policy>): Promise<boolean> {
    return this.#guarded(async () => {
      const policy = await this.#open().policy();
      await this.#open().setPolicy({ ...policy, ...change });
    });
  }

  /** The answer to a request, or null where the process died under it. */
  async serve(packet: Packet): Promise<Given | null> {
    const workspace = this.#open();
    const raw = packet.body;
    const body =
      this.demandsUpgrade && typeof raw === 'object' && raw !== null ? { ...raw, version: 0 } : raw;
    let given: Given | null = null;
    await this.#guarded(async () => {
      const desk = must(await workspace.deskOf(packet.agentId), 'the desk');
      const answer =
        packet.verb === 'hello' ? ok(workspace.hello(desk)) : await workspace[packet.verb](desk, body);
      if (answer.ok) {
        given = { value: answer.value };
        return;
      }
      if (answer.error.type === 'deskTooOld') given = { type: 'deskTooOld' };
      else broken('Y14', `${packet.verb}: ${answer.error.type} ${answer.error.path ?? ''}`);
    });
    return given;
  }

  /** Puts back the state after the first `commits` ones; with another epoch where the one who does it is careful (Y6). */
  async restore(commits: number, newEpoch: boolean): Promise<void> {
    const kept = this.#batches.slice(0, commits);
    if (newEpoch) this.#identity = { ...this.#identity, epoch: `e-${this.#deps.counts.restores + 2}` };
    await this.#inner.close();
    const stands = this.#beginning(commits);
    this.#inner = stands?.store.fork() ?? freshStore(this.#identity, this.#deps);
    this.#batches = [];
    this.#outcomes = new Answers();
    this.lastMids.clear();
    const known = stands?.batches.length ?? 0;
    for (const batch of kept.slice(0, known)) this.#keep(batch);
    await this.#replay(kept.slice(known));
    await this.boot();
  }

  /** What it began with, where that is a part of these first commits as they stand in the log of the present epoch. */
  #beginning(commits: number): WorkspaceBegins | null {
    const begins = this.#begins;
    const isPart = begins !== null && begins.batches.length <= commits && this.#identity === FIRST;
    return isPart ? begins : null;
  }

  /** Commits again what was committed and checked. */
  async #replay(batches: readonly CommitBatch[]): Promise<void> {
    for (const batch of batches) {
      const done = await this.#inner.commit(batch);
      if (!done.ok) throw new Error('the backup does not replay');
      this.#keep(batch);
    }
    this.#touched.clear();
    this.#history = [];
  }

  /** What must hold of the rows of the latest commits (I7, I10); null where no conversation was committed. */
  check(): Promise<void> | null {
    if (this.#wrong !== null) broken(this.#wrong.rule, this.#wrong.what);
    if (this.#threw !== null) broken('Y4', this.#threw);
    const now = this.#deps.clock.now();
    for (const change of this.#history)
      if (change.op === 'put' && change.row.at > now + 1_000)
        broken('I10', `${change.row.id} counts at ${change.row.at}, later than ${now}`);
    this.#history = [];
    if (this.#touched.size === 0) return null;
    const ids = [...this.#touched];
    this.#touched.clear();
    return this.#checkRows(ids);
  }

  async #checkRows(ids: readonly ConversationId[]): Promise<void> {
    for (const [id, rows] of await this.#inner.conversationRows(ids)) {
      const [first] = brokenInvariants(rows);
      if (first !== undefined) broken('I7', `${id}: ${first}`);
    }
  }

  /** Incremental = recomputed, chain and rows sound (I11, I14, I15). */
  async checkAll(): Promise<void> {
    const { damage } = await this.#open().check();
    if (damage.length > 0) broken('T11', JSON.stringify(damage));
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #open(): Workspace {
    return must(this.#workspace, 'the workspace');
  }

  async #guarded(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      this.#deps.counts.workspaceCrashes += 1;
      await this.boot();
      return false;
    }
  }

  readonly #prepare: PrepareMutation = (name, args) => {
    if (this.isOld && name === NEWER_MUTATION) return refuse('unknownMutation', { name });
    return prepareMutation(name, args);
  };

  #recording(self: Power): Store {
    const inner = this.#inner;
    return {
      ...inner,
      commit: async (batch) => {
        mustLive(self);
        self.left -= 1;
        const dies = self.left <= 0;
        if (dies) self.dead = true;
        if (dies && self.cut === 'before') Crash.now();
        const before = await inner.head();
        const done = await inner.commit(batch);
        if (done.ok) {
          this.#record(batch, done.value, before);
          self.writes += 1;
        }
        if (dies) Crash.now();
        return done;
      },
    };
  }

  /** A commit of the present history, and what it answered. */
  #keep(batch: CommitBatch): void {
    this.#batches.push(batch);
    const client = batch.client;
    for (const { mid, status } of batch.outcomes ?? []) {
      const id = client?.id ?? '';
      if (this.#outcomes.has(id, mid)) broken('I4', `${id}:${mid} has two outcomes`);
      this.#outcomes.add(id, mid, status);
      this.answered.add(id, mid, status);
    }
    if (client !== undefined) {
      const last = this.lastMids.get(client.id) ?? 0;
      if (client.lastMid !== last + (batch.outcomes?.length ?? 0))
        broken(
          'Y3',
          `${client.id}: last mid ${last} → ${client.lastMid}, ${batch.outcomes?.length ?? 0} outcomes`,
        );
      this.lastMids.set(client.id, client.lastMid);
    }
  }

  #record(batch: CommitBatch, { head, changed }: Committed, before: LogHead): void {
    this.#keep(batch);
    if (head.seq !== before.seq + (changed > 0 ? 1 : 0))
      broken('I3', `the log went from ${before.seq} to ${head.seq}`);
    if ((head.chain === before.chain) !== (changed === 0)) broken('Y6', `the chain at ${head.seq}`);
    if (changed === 0) return;
    this.truth.add(before.chain, head.chain, batch.changes);
    for (const change of batch.changes) {
      if (change.table === 'history') this.#history.push(change);
      else if (change.table === 'conversation' && change.op === 'put') this.#touched.add(change.row.id);
    }
  }
}

function freshStore(identity: Identity, deps: SimWorkspaceDeps): Store | MemoryStore {
  if (!deps.sqlite) return memoryStore(identity);
  const opened = openSqliteStore(':memory:', identity, deps.clock.now());
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}
