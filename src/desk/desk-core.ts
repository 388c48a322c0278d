import { asId, type ClientId, type ConversationId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Clock, type EpochMillis, epochMillis } from '../base/time.ts';
import { OPEN_WORK } from '../domain/desk-scope.ts';
import type { Refusal } from '../mutations/mutation.ts';
import type {
  BootstrapResponse,
  HelloResponse,
  OutboxMutation,
  PushResponse,
  TableRows,
} from '../protocol/sync.ts';
import { PUSH_LIMIT } from '../protocol/sync.ts';
import { diskCode, isDamage, sqliteFailure } from '../sqlite/failure.ts';
import type { Entry } from './outbox/entry.ts';
import { draftUsedBy, fitting } from './outbox/outgoing.ts';
import type { DraftChange, Outbox } from './outbox/outbox.ts';
import { prepareCall } from './replica/calls.ts';
import { FilledRows, type Written } from './replica/written.ts';
import type { PendingCall } from './replica/rebase.ts';
import type { Replica } from './replica/replica.ts';
import { HeldPart } from './scope/held-part.ts';
import type { PullChanges, Standing, SyncTarget } from './sync/target.ts';

/** What changed on this desk, for its screens and indexes. */
export type DeskChange =
  | { readonly type: 'rows'; readonly written: Written }
  /** A page of a bootstrap: more rows than can be named, messages not at all. */
  | { readonly type: 'filled'; readonly written: Written }
  /** Every row may have changed. */
  | { readonly type: 'cleared' }
  | { readonly type: 'outbox'; readonly conversations: readonly ConversationId[] }
  /** It is known of these whether the workspace has them (Y9). `isMore`: more is held than before, back from some moment. */
  | { readonly type: 'scope'; readonly conversations: readonly ConversationId[]; readonly isMore: boolean }
  | { readonly type: 'status' };

export interface DeskCoreDeps {
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly onChange: (change: DeskChange) => void;
  /** The replica was damaged where a change was to be shown that is saved; what SQLite said of it. */
  readonly onDamage?: (thrown: unknown) => void;
  /** It lies beside its workspace and holds everything, whatever the workspace's scope (Y9). */
  readonly isWhole?: boolean;
}

/** A mutation to make, and what else goes into its commit. */
export interface NewCall {
  readonly name: string;
  readonly args: unknown;
  /** An attention item that it settles, in the same commit: a held reply sent again. */
  readonly settles?: number;
  /** The mutation that this one takes back (Y16); to do an action again is to take back what took it back. */
  readonly undoes?: number;
}

/**
 * The one place where outbox and replica move together: the outbox is the truth and is written first, the replica's view
 * of pending work is derived from it (Y1). Everything here is synchronous, so no half step is ever seen.
 */
export class DeskCore implements SyncTarget {
  readonly clientId: ClientId;
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly part: HeldPart;
  readonly #deps: DeskCoreDeps;
  #inFlight: ReadonlySet<number> = new Set();
  /** The view lacks what the outbox holds: the disk failed between the two. It is derived again before the next change. */
  #isBehind = false;
  #isOffered = false;
  /** The page of a bootstrap that goes in: what it brought so far. */
  #page: FilledRows | null = null;

  constructor(deps: DeskCoreDeps) {
    this.#deps = deps;
    this.replica = deps.replica;
    this.outbox = deps.outbox;
    this.clientId = deps.outbox.clientId;
    this.part = new HeldPart({ replica: deps.replica, outbox: deps.outbox, now: () => this.now() });
    this.outbox.continueAfter(this.replica.state().lastMid);
    this.#rederive();
  }

  /** This machine's time, corrected by the measured offset (Y10). */
  now(): EpochMillis {
    return epochMillis(this.#deps.clock.now() + this.replica.state().clockOffset);
  }

  /** Mutations in the push that is under way. */
  inFlight(): ReadonlySet<number> {
    return this.#inFlight;
  }

  /** Whether a page of a bootstrap goes in at this time: what can wait leaves it the machine (B18). */
  isFilling(): boolean {
    return this.#page !== null;
  }

  /** Rows of a bootstrap that are in, and about how many it brings (Y9); null when none is under way. */
  progress(): { readonly done: number; readonly total: number } | null {
    const { state, done, total } = this.replica.state().bootstrap;
    // What is open comes twice, and is counted once.
    return state === 'done' ? null : { done: Math.min(total, done + (this.#page?.count ?? 0)), total };
  }

  /** Runs a call on the view; refused at once by a rule, or durable in the outbox and then shown (Y1). */
  mutate(call: NewCall): Result<Entry, Refusal> {
    if (this.replica.state().agentId === null) return err({ type: 'notFound' });
    this.#catchUp();
    const mid = this.outbox.nextMid();
    const madeAt = this.now();
    const prepared = prepareCall({ mid, name: call.name, args: call.args, madeAt }, this.#who());
    if (!prepared.ok) return prepared;
    const accepted = this.replica.tryRun(prepared.value);
    if (!accepted.ok) return accepted;
    const entry: Entry = {
      mid,
      name: call.name,
      args: call.args,
      madeAt,
      conversationId: prepared.value.reads.conversations[0] ?? null,
      inverse: accepted.value.inverse,
      undoes: call.undoes ?? null,
    };
    const draft = draftUsedBy(call.name, entry.conversationId, madeAt);
    this.outbox.append(entry, { draft, settles: call.settles ?? null });
    this.#show(() => this.replica.show(accepted.value));
    this.#outbox([entry]);
    return ok(entry);
  }

  /** Takes back what no push has carried (Y12). */
  recall(mid: number, draft: DraftChange | null): boolean {
    const entry = this.outbox.entries().find((one) => one.mid === mid);
    if (entry === undefined || !this.outbox.recall(mid, draft)) return false;
    this.#show(() => this.replica.drop(new Set([mid])));
    this.#outbox([entry]);
    return true;
  }

  dismiss(mid: number): void {
    const item = this.outbox.attention().find((one) => one.mid === mid);
    if (item === undefined) return;
    this.outbox.dismiss(mid);
    this.#outbox([item]);
  }

  /** The agent has read how a list of theirs was merged. */
  forgetMerge(mid: number): void {
    const item = this.outbox.merges().find((one) => one.mid === mid);
    if (item === undefined) return;
    this.outbox.forgetMerge(mid);
    this.#outbox([item]);
  }

  standing(): Standing {
    const { bootstrap, cursor } = this.replica.state();
    const { position, seen } = bootstrap;
    if (bootstrap.state !== 'done') {
      const filling = { type: 'bootstrap', position, ...(seen === null ? {} : { seen }) } as const;
      return this.#deps.isWhole === true ? { ...filling, whole: true } : filling;
    }
    const at = { type: 'following', cursor: must(cursor, 'the cursor of a complete replica') } as const;
    const following = seen === null ? at : { ...at, seen };
    const scope = this.part.asks();
    return scope === null ? following : { ...following, scope };
  }

  greet(hello: HelloResponse): boolean {
    const { workspaceId, agentId, role } = this.replica.state();
    if (workspaceId !== null && workspaceId !== hello.workspaceId) return false;
    if (agentId !== null && agentId !== hello.agentId) return false;
    if (workspaceId === null || agentId === null || role !== hello.role) {
      const known = {
        workspaceId: hello.workspaceId,
        agentId: asId<'AgentId'>(hello.agentId),
        role: hello.role,
      };
      this.replica.setState(known);
      if (agentId === null) this.#rederive();
    }
    return true;
  }

  takeBatch(): readonly OutboxMutation[] {
    const waiting = this.outbox.batch(PUSH_LIMIT);
    if (waiting.length === 0) return [];
    const batch = fitting(waiting);
    this.outbox.markAttempted(must(batch.at(-1), 'an entry that fits').mid);
    this.#inFlight = new Set(batch.map((entry) => entry.mid));
    this.#outbox(batch);
    return batch.map(({ mid, name, args, madeAt }) => ({ mid, name, args, madeAt }));
  }

  batchDone(): void {
    const mids = this.#inFlight;
    this.#inFlight = new Set();
    this.#outbox(this.outbox.entries().filter((entry) => mids.has(entry.mid)));
  }

  answered(response: PushResponse): void {
    const told = this.outbox.merges();
    const refused = this.outbox.record(response.outcomes);
    if (this.outbox.merges() !== told) this.#outbox(this.outbox.merges());
    if (refused.length > 0) {
      this.#show(() => this.replica.drop(new Set(refused.map((item) => item.mid))));
      this.#outbox(refused);
    }
    this.outbox.continueAfter(response.lastMid);
    if (response.gapAt !== undefined && this.replica.state().bootstrap.state === 'done')
      this.#offerFrom(response.gapAt);
  }

  follow(changes: PullChanges): boolean {
    const { bootstrap, cursor, held, lastMid: known } = this.replica.state();
    if (bootstrap.state !== 'done') return false;
    const { epoch, seq, chain } = must(cursor, 'the cursor of a complete replica');
    const { from, lastMid } = changes;
    this.#catchUp();
    if (from.epoch !== epoch || from.seq !== seq || from.chain !== chain) return false;
    // An answer to an old request leads to where the desk stands already: its pages may be of later.
    const isPast = bootstrap.seen !== null && changes.to.seq >= bootstrap.seen.seq;
    const next = {
      bootstrap: isPast ? { ...bootstrap, seen: null } : bootstrap,
      held: changes.scope === undefined ? held : changes.scope.held,
      cursor: changes.to,
      lastMid,
    };
    this.#confirm(this.replica.apply(changes.tables, next), lastMid);
    if (changes.scope !== undefined) {
      const conversations = this.part.answered(changes.scope.absent);
      this.#deps.onChange({ type: 'scope', conversations, isMore: held?.at !== changes.scope.held?.at });
    }
    // A restored workspace may stand at the same place of the log and yet remember less of us: what changed no row, what
    // was answered and not yet pulled (Y6).
    if (this.outbox.isAnsweredAfter(lastMid)) this.#offerFrom(lastMid + 1);
    if (lastMid < known) this.#rederive();
    return true;
  }

  reset(): void {
    this.replica.clear();
    this.part.forget();
    this.#deps.onChange({ type: 'cleared' });
  }

  clearSome(): boolean {
    const isMore = this.replica.clearSome();
    if (isMore) return true;
    // What needs no row of the workspace's to stand on (a setting) is shown again at once.
    this.#rederive();
    this.#deps.onChange({ type: 'cleared' });
    return false;
  }

  beginPage(page: BootstrapResponse): boolean {
    const { bootstrap, cursor } = this.replica.state();
    if (page.rewritten === true) return false;
    if (bootstrap.position !== null && cursor?.epoch !== page.cursor.epoch) return false;
    this.replica.setFilling(true);
    this.#page = new FilledRows();
    if (bootstrap.position !== null) {
      // Before its first row: one that ends half-way must know where those rows came from.
      this.replica.setState({ bootstrap: { ...bootstrap, seen: page.cursor } });
      return true;
    }
    // Where this workspace remembers less of us than we were told, it was restored: the journal is offered again (Y6).
    this.#offerFrom(page.lastMid + 1);
    this.replica.setState({
      cursor: page.cursor,
      lastMid: page.lastMid,
      held: page.scoped === true ? OPEN_WORK : null,
      bootstrap: { state: 'running', position: null, seen: page.cursor, done: 0, total: page.totalRows },
    });
    this.outbox.continueAfter(page.lastMid);
    this.#rederive();
    return true;
  }

  applySlice(tables: readonly TableRows[]): void {
    this.#page ??= new FilledRows();
    this.replica.fill(tables, this.#page);
  }

  endPage(page: BootstrapResponse): void {
    const { bootstrap } = this.replica.state();
    const state = page.next === null ? 'done' : 'running';
    const total = Math.max(bootstrap.total, page.totalRows);
    const done = bootstrap.done + (this.#page?.count ?? 0);
    this.replica.setState({ bootstrap: { ...bootstrap, state, position: page.next, done, total } });
    if (state === 'done') this.replica.setFilling(false);
  }

  leavePage(): void {
    const written = this.#page;
    this.#page = null;
    if (written !== null) this.#deps.onChange({ type: 'filled', written });
  }

  completed(): void {
    this.replica.setState({ lastSyncAt: this.now() });
    this.#status();
  }

  measured(clockOffset: number): void {
    const known = this.replica.state().clockOffset;
    // A few milliseconds are the measurement's own noise, and every change here is a write.
    if (Math.abs(known - clockOffset) >= CLOCK_NOISE) this.replica.setState({ clockOffset });
  }

  /** The base has moved: what is answered and held there leaves the outbox. */
  #confirm(written: Written, lastMid: number): void {
    const before = this.outbox.entries();
    this.outbox.continueAfter(lastMid);
    this.outbox.settle(lastMid, this.now());
    this.#rows(written);
    if (this.outbox.entries() === before) return;
    const left = new Set(this.outbox.entries().map((entry) => entry.mid));
    const gone = before.filter((entry) => !left.has(entry.mid));
    if (gone.length > 0) this.#outbox(gone);
  }

  isReaching(): boolean {
    return this.part.isReaching();
  }

  reoffered(): boolean {
    const isOffered = this.#isOffered;
    this.#isOffered = false;
    return isOffered;
  }

  #offerFrom(mid: number): void {
    this.outbox.reofferFrom(mid);
    this.#isOffered ||= this.outbox.entries().some((entry) => entry.outcome === null);
    this.#outbox(this.outbox.entries());
  }

  /** Y1: the view's pending work comes from the outbox, whatever the replica remembers. */
  #rederive(): void {
    if (this.replica.state().agentId === null) return;
    const calls: PendingCall[] = [];
    for (const entry of this.outbox.pendingAfter(this.replica.state().lastMid)) {
      const prepared = prepareCall(entry, this.#who());
      if (prepared.ok) calls.push(prepared.value);
    }
    this.#rows(this.replica.start(calls));
  }

  /**
   * Brings the view after a change that is durable in the outbox. A disk that fails here, or a damaged replica, must not be
   * answered as if the change had failed: it would be made a second time (Y1).
   */
  #show(write: () => Written): void {
    try {
      this.#rows(write());
    } catch (thrown) {
      const isDamaged = isDamage(sqliteFailure(thrown)?.type);
      if (!isDamaged && diskCode(thrown) === null) throw thrown;
      this.#isBehind = true;
      if (isDamaged) this.#deps.onDamage?.(thrown);
    }
  }

  #catchUp(): void {
    if (!this.#isBehind) return;
    this.#rederive();
    this.#isBehind = false;
  }

  #who() {
    return { agentId: must(this.replica.state().agentId, 'the agent of this desk'), clientId: this.clientId };
  }

  #rows(written: Written): void {
    this.#deps.onChange({ type: 'rows', written });
  }

  #outbox(touched: readonly Pick<Entry, 'conversationId'>[]): void {
    if (touched.length === 0) return;
    const conversations = new Set<ConversationId>();
    for (const { conversationId } of touched) if (conversationId !== null) conversations.add(conversationId);
    this.#deps.onChange({ type: 'outbox', conversations: [...conversations] });
  }

  #status(): void {
    this.#deps.onChange({ type: 'status' });
  }
}

const CLOCK_NOISE = 50;
