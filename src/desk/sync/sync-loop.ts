import type { ClientId } from '../../base/ids.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Rng } from '../../base/rng.ts';
import { type Clock, type EpochMillis, type Millis, millis } from '../../base/time.ts';
import type { WireError, WireErrorCode } from '../../protocol/errors.ts';
import type { SyncStatus } from '../../protocol/rpc/status.ts';
import {
  BOOTSTRAP_LIMIT,
  type BootstrapRequest,
  type PullRequest,
  type SyncTransport,
  type WhoRequest,
  type WhoResponse,
} from '../../protocol/sync.ts';
import { diskCode } from '../../sqlite/failure.ts';
import { OLDEST_WIRE_VERSION, WIRE_VERSION } from '../../protocol/version.ts';
import { idleDelay, refusedDelay, renewDelay, retryDelay } from './backoff.ts';
import { breathe, type Scheduler } from './scheduler.ts';
import { slicesOf } from './slices.ts';
import type { Standing, SyncTarget } from './target.ts';

/** The link as the status bar tells it. */
export interface LinkStatus {
  readonly workspace: SyncStatus['workspace'];
  readonly problem: WireErrorCode | null;
  /** This machine's time from when it is so; tries to connect again do not count as another state. */
  readonly since: EpochMillis;
}

export interface SyncLoopDeps {
  readonly transport: SyncTransport;
  readonly target: SyncTarget;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly onStatus: (status: LinkStatus) => void;
  /** Told of what a step threw: a bug or a failing disk. The loop goes on after a pause. */
  readonly report: (thrown: unknown) => void;
}

type Step<T = null> = Promise<Result<T, WireError>>;

/** Rows written between two breaths of the engine: 2,000 take 13–25 ms on a shared core, the bar is 30 ms; fewer make more commits. */
const SLICE_ROWS = 2_000;
/** Rounds of push and pull without a rest; a workspace that always has more waits for the next wake. */
const MAX_ROUNDS = 1_000;
/** A measurement of the clocks' distance over a slower round trip says too little (Y10). */
const CLOCK_ROUND_TRIP = 2_000;

/** An answer to somebody who waits for it; later than this it is given without a name. */
const WHO_PATIENCE = millis(2_000);

const REFUSALS: readonly WireErrorCode[] = ['deskTooOld', 'workspaceTooOld', 'unauthorized', 'forbidden'];

/**
 * Keeps a desk in step with its workspace: hello, bootstrap where one is due, then push and pull until both sides have
 * everything; again on a mutation, a poke or after half a minute (Y8). One request at a time, so every answer is to the
 * desk as it stands. A failure waits and begins with hello again.
 */
export class SyncLoop {
  readonly #deps: SyncLoopDeps;
  #link: LinkStatus;
  #greeted = false;
  /** The highest head heard of. */
  #head = 0;
  #failures = 0;
  #offline = false;
  #closed = false;
  /** Woken while at work: once more afterwards. */
  #again = false;
  /** The request under way is not worth its failure: once more at once. */
  #hurry = false;
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #cancelRenewal: (() => void) | null = null;
  #unlisten: (() => void) | null = null;

  constructor(deps: SyncLoopDeps) {
    this.#deps = deps;
    this.#link = { workspace: 'connecting', problem: null, since: deps.clock.now() };
  }

  start(): void {
    this.#unlisten ??= this.#deps.transport.listen(
      (poke) => {
        if (poke.head <= this.#head && this.#running === null) return;
        this.#head = Math.max(this.#head, poke.head);
        this.kick();
      },
      (up) => this.#linkChanged(up),
    );
    this.kick();
  }

  /** There may be something to do: a mutation was made, or someone asked. */
  kick(): void {
    if (this.#stopped()) return;
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#again = false;
    this.#running = this.#round().then(
      (result) => this.#rest(result),
      (thrown: unknown) => this.#broke(thrown),
    );
  }

  /**
   * The network came or went, or the machine slept: finds out how things stand within half a second, without waiting out a
   * pause. Spread, since a whole office hears of its network in the same moment (Y8).
   */
  renew(): void {
    this.#cancelRenewal?.();
    this.#cancelRenewal = this.#deps.scheduler.after(renewDelay(this.#deps.rng), () => this.#renewNow());
  }

  #renewNow(): void {
    if (this.#stopped()) return;
    this.#failures = 0;
    this.#hurry = this.#running !== null;
    this.#deps.transport.renew?.();
    this.kick();
  }

  setOffline(offline: boolean): void {
    if (this.#offline === offline || this.#closed) return;
    this.#offline = offline;
    this.#failures = 0;
    this.#greeted = false;
    this.#cancelTimer?.();
    this.#say({ workspace: offline ? 'offlineByChoice' : 'connecting', problem: null });
    if (!offline) this.kick();
  }

  status(): LinkStatus {
    return this.#link;
  }

  /** Whose change stands in the way of a call, as the workspace's history tells; null without a link, and after two seconds. */
  async who(call: Pick<WhoRequest, 'name' | 'args'>): Promise<WhoResponse['by']> {
    const { transport, target, scheduler } = this.#deps;
    if (this.#link.workspace !== 'connected' || transport.who === undefined) return null;
    let stopWaiting = (): void => undefined;
    const late = new Promise<null>((resolve) => {
      stopWaiting = scheduler.after(WHO_PATIENCE, () => resolve(null));
    });
    const request = { version: WIRE_VERSION, clientId: target.clientId, name: call.name, args: call.args };
    const answer = await Promise.race([transport.who(request), late]);
    stopWaiting();
    return answer?.ok === true ? answer.value.by : null;
  }

  /** Stops for good and closes the transport; resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#cancelRenewal?.();
    this.#unlisten?.();
    this.#deps.transport.close();
    await this.#running;
  }

  #stopped(): boolean {
    return this.#closed || this.#offline;
  }

  #say(next: Omit<LinkStatus, 'since'>): void {
    const { workspace, problem, since } = this.#link;
    if (next.workspace === workspace && next.problem === problem) return;
    const isAsBefore = next.workspace === workspace || (isTrying(next.workspace) && isTrying(workspace));
    this.#link = { ...next, since: isAsBefore ? since : this.#deps.clock.now() };
    this.#deps.onStatus(this.#link);
  }

  #sleep(delay: Millis): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#deps.scheduler.after(delay, () => this.kick());
  }

  #rest(result: Result<null, WireError>): void {
    this.#running = null;
    if (this.#stopped()) return;
    const hurry = this.#hurry;
    this.#hurry = false;
    if (!result.ok) {
      this.#greeted = false;
      if (hurry) this.kick();
      else this.#failed(result.error);
      return;
    }
    this.#failures = 0;
    this.#say({ workspace: 'connected', problem: null });
    if (this.#again || this.#deps.target.isReaching()) this.kick();
    else this.#sleep(idleDelay(this.#deps.rng));
  }

  #broke(thrown: unknown): void {
    this.#running = null;
    this.#deps.report(thrown);
    if (!this.#stopped()) this.#failed({ type: diskCode(thrown) ?? 'internal' });
  }

  #failed(error: WireError): void {
    this.#greeted = false;
    this.#failures += 1;
    const refused = REFUSALS.includes(error.type);
    this.#say({ workspace: refused ? 'refused' : 'disconnected', problem: error.type });
    this.#sleep(refused ? refusedDelay(this.#deps.rng) : retryDelay(this.#failures, this.#deps.rng));
  }

  #linkChanged(up: boolean): void {
    if (this.#stopped()) return;
    if (up) {
      this.#failures = 0;
      // A request that began while there was no link may yet fail of it.
      this.#hurry = this.#running !== null && this.#link.workspace !== 'connected';
      this.kick();
      return;
    }
    this.#greeted = false;
    // A request under way may wait a minute for an answer that never comes; that there is no link is known now.
    if (this.#running === null) this.#failed({ type: 'unavailable' });
    else if (this.#link.workspace === 'connected')
      this.#say({ workspace: 'disconnected', problem: 'unavailable' });
  }

  /** What came of a question that left at `sent`; measures the clocks' distance on the way. */
  #heard<T extends { readonly now: number }>(
    sent: EpochMillis,
    answer: Result<T, WireError>,
  ): Result<T, WireError> {
    const { clock, target } = this.#deps;
    const received = clock.now();
    if (this.#stopped()) return err({ type: 'cancelled' });
    if (answer.ok && received >= sent && received - sent <= CLOCK_ROUND_TRIP) {
      target.measured(Math.round(answer.value.now - (sent + received) / 2));
    }
    return answer;
  }

  async #round(): Step {
    if (!this.#greeted) {
      // Once it was unreachable it stays so in words until it answers: the same outage, tried again.
      if (this.#link.workspace !== 'connected' && this.#failures === 0)
        this.#say({ workspace: 'connecting', problem: null });
      const greeting = await this.#greet();
      if (!greeting.ok) return greeting;
    }
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
      const step = await this.#step();
      if (!step.ok) return step;
      if (step.value === 'more') continue;
      this.#deps.target.completed();
      break;
    }
    return ok(null);
  }

  async #greet(): Step {
    const { target, transport, clock } = this.#deps;
    const hello = this.#heard(clock.now(), await transport.hello());
    if (!hello.ok) return hello;
    if (hello.value.version < OLDEST_WIRE_VERSION) return err({ type: 'workspaceTooOld' });
    if (!target.greet(hello.value)) return err({ type: 'forbidden', path: 'workspaceId' });
    this.#greeted = true;
    return ok(null);
  }

  #step(): Step<'complete' | 'more'> {
    const standing = this.#deps.target.standing();
    return standing.type === 'bootstrap' ? this.#bootstrapPage(standing) : this.#exchange();
  }

  async #pushAll(): Step {
    const { target, transport, clock } = this.#deps;
    for (;;) {
      this.#again = false;
      const mutations = target.takeBatch();
      if (mutations.length === 0) return ok(null);
      const request = { version: WIRE_VERSION, clientId: target.clientId, mutations: [...mutations] };
      const answer = this.#heard(clock.now(), await transport.push(request));
      target.batchDone();
      if (!answer.ok) return answer;
      this.#head = Math.max(this.#head, answer.value.head);
      target.answered(answer.value);
      // Nothing answered: the numbers broke off, and only what the pull says can mend them.
      if (answer.value.outcomes.length === 0) return ok(null);
    }
  }

  /** Pushes everything, then pulls. */
  async #exchange(): Step<'complete' | 'more'> {
    const { target, transport, scheduler, clock } = this.#deps;
    const pushed = await this.#pushAll();
    if (!pushed.ok) return pushed;
    const standing = target.standing();
    if (standing.type !== 'following') return ok('more');
    const request = pullRequest(target.clientId, standing);
    const answer = this.#heard(clock.now(), await transport.pull(request));
    if (!answer.ok) return answer;
    if (answer.value.kind === 'reset') {
      target.reset();
      this.#head = 0;
      return ok('more');
    }
    const { from, to } = answer.value;
    if (!target.follow(answer.value)) return ok('more');
    const reached = to.seq >= this.#head || to.seq === from.seq;
    if (reached) this.#head = to.seq;
    const isInStep = reached && !target.reoffered() && !this.#again;
    if (!isInStep || !target.isReaching()) return ok(isInStep ? 'complete' : 'more');
    // In step with the workspace already: what it held before was only not asked for.
    this.#failures = 0;
    this.#say({ workspace: 'connected', problem: null });
    target.completed();
    await breathe(scheduler);
    return this.#stopped() ? err({ type: 'cancelled' }) : ok('more');
  }

  async #bootstrapPage(standing: Filling): Step<'more'> {
    const { target, transport, scheduler, clock } = this.#deps;
    while (standing.position === null && target.clearSome()) {
      await breathe(scheduler);
      if (this.#stopped()) return err({ type: 'cancelled' });
    }
    const request = bootstrapRequest(target.clientId, standing);
    const answer = this.#heard(clock.now(), await transport.bootstrap(request));
    if (!answer.ok) return answer;
    if (!target.beginPage(answer.value)) {
      target.reset();
      return ok('more');
    }
    try {
      for (const { tables } of slicesOf(answer.value.tables, SLICE_ROWS)) {
        target.applySlice(tables);
        await breathe(scheduler);
        if (this.#stopped()) return err({ type: 'cancelled' });
      }
      target.endPage(answer.value);
    } finally {
      target.leavePage();
    }
    return ok('more');
  }
}

type Filling = Extract<Standing, { readonly type: 'bootstrap' }>;
type Following = Extract<Standing, { readonly type: 'following' }>;

function bootstrapRequest(clientId: ClientId, { position, seen, whole }: Filling): BootstrapRequest {
  const request: BootstrapRequest = { version: WIRE_VERSION, clientId, limit: BOOTSTRAP_LIMIT, position };
  if (seen !== undefined) request.seen = seen;
  if (whole !== undefined) request.whole = whole;
  return request;
}

function pullRequest(clientId: ClientId, { cursor, seen, scope }: Following): PullRequest {
  const request: PullRequest = { version: WIRE_VERSION, clientId, cursor };
  if (seen !== undefined) request.seen = seen;
  if (scope !== undefined) request.scope = scope;
  return request;
}

/** No link, and one is looked for. */
function isTrying(workspace: LinkStatus['workspace']): boolean {
  return workspace === 'connecting' || workspace === 'disconnected';
}
