import { onTestFinished } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { err, ok, type Result } from '../../../src/base/result.ts';
import { seededRng } from '../../../src/base/rng.ts';
import { type ManualClock, manualClock } from '../../../src/base/time.ts';
import { type LinkStatus, SyncLoop } from '../../../src/desk/sync/sync-loop.ts';
import type { PullChanges, Standing, SyncTarget } from '../../../src/desk/sync/target.ts';
import type { WireError, WireErrorCode } from '../../../src/protocol/errors.ts';
import type {
  BootstrapResponse,
  Cursor,
  HelloResponse,
  OutboxMutation,
  PullResponse,
  PushResponse,
  SyncTransport,
  TableRows,
} from '../../../src/protocol/sync.ts';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { type FakeScheduler, fakeScheduler } from './fake-scheduler.ts';

const START = 1_000_000;
const at = (seq: number): Cursor => ({ epoch: 'e1', seq, chain: `chain-${seq}` });

/** A target that only remembers what the loop did to it. */
class FakeTarget implements SyncTarget {
  readonly clientId = asId<'ClientId'>('desk-1');
  readonly did: string[] = [];
  place: Standing = { type: 'following', cursor: at(1) };
  waiting: OutboxMutation[] = [];
  known = true;
  offsets: number[] = [];

  standing(): Standing {
    return this.place;
  }
  greet(hello: HelloResponse): boolean {
    this.did.push(`greet ${hello.agentId}`);
    return this.known;
  }
  takeBatch(): readonly OutboxMutation[] {
    return this.waiting.slice(0, 2);
  }
  batchDone(): void {
    this.did.push('batch done');
  }
  answered(response: PushResponse): void {
    this.waiting = this.waiting.filter(
      (one) => !response.outcomes.some((outcome) => outcome.mid === one.mid),
    );
    this.did.push(`answered ${response.outcomes.map((outcome) => outcome.mid).join(',')}`);
  }
  follow(changes: PullChanges): boolean {
    this.did.push(`follow ${changes.from.seq}-${changes.to.seq}`);
    this.place = { type: 'following', cursor: changes.to };
    return true;
  }
  toReach = 0;
  isReaching(): boolean {
    if (this.toReach === 0) return false;
    this.toReach -= 1;
    return true;
  }
  toReoffer = 0;
  reoffered(): boolean {
    if (this.toReoffer === 0) return false;
    this.toReoffer -= 1;
    return true;
  }
  reset(): void {
    this.did.push('reset');
    this.place = { type: 'bootstrap', position: null };
  }
  toClear = 0;
  clearSome(): boolean {
    if (this.toClear === 0) return false;
    this.toClear -= 1;
    this.did.push('clear some');
    return true;
  }
  beginPage(page: BootstrapResponse): boolean {
    this.did.push(`page at ${page.cursor.seq}`);
    return page.cursor.epoch === 'e1';
  }
  applySlice(tables: readonly TableRows[]): void {
    this.did.push(`slice of ${tables.reduce((sum, { puts }) => sum + puts.length, 0)}`);
  }
  endPage(page: BootstrapResponse): void {
    this.did.push('page end');
    this.place =
      page.next === null
        ? { type: 'following', cursor: page.cursor }
        : { type: 'bootstrap', position: page.next };
  }
  leavePage(): void {
    this.did.push('page left');
  }
  completed(): void {
    this.did.push('complete');
  }
  measured(offset: number): void {
    this.offsets.push(offset);
  }
}

/** A workspace that answers as the test says. */
class FakeTransport implements SyncTransport {
  readonly calls: string[] = [];
  readonly #clock: ManualClock;
  #poke: (poke: { head: number }) => void = () => undefined;
  #link: (up: boolean) => void = () => undefined;
  failure: WireErrorCode | null = null;
  head = 1;
  offset = 0;
  version = WIRE_VERSION;
  pages: BootstrapResponse[] = [];
  resets = 0;
  /** How far one pull goes at most, in places of the log. */
  reach = Number.POSITIVE_INFINITY;
  /** Answers only when the test lets it. */
  held: ((isCut?: boolean) => void)[] | null = null;
  isClosed = false;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }
  async #answer<T>(call: string, value: () => T): Promise<Result<T, WireError>> {
    this.calls.push(call);
    const { held } = this;
    const isCut =
      held !== null && (await new Promise<boolean>((resolve) => held.push((cut = false) => resolve(cut))));
    if (isCut) return err({ type: 'unavailable' });
    return this.failure === null ? ok(value()) : err({ type: this.failure });
  }
  #now(): number {
    return this.#clock.now() + this.offset;
  }
  hello() {
    return this.#answer(
      'hello',
      (): HelloResponse => ({
        workspaceId: 'w1',
        epoch: 'e1',
        agentId: 'ada',
        role: 'agent',
        version: this.version,
        now: this.#now(),
      }),
    );
  }
  push(request: { mutations: OutboxMutation[] }) {
    const mids = request.mutations.map((mutation) => mutation.mid);
    return this.#answer(`push ${mids.join(',')}`, (): PushResponse => {
      this.head += mids.length;
      const outcomes = mids.map((mid) => ({ mid, status: 'applied' as const }));
      return { outcomes, lastMid: mids.at(-1) ?? 0, head: this.head, now: this.#now() };
    });
  }
  pull(request: { cursor: Cursor }) {
    return this.#answer(`pull ${request.cursor.seq}`, (): PullResponse => {
      if (this.resets > 0) {
        this.resets -= 1;
        return { kind: 'reset', reason: 'chain', now: this.#now() };
      }
      const to = at(Math.min(this.head, request.cursor.seq + this.reach));
      return { kind: 'changes', from: request.cursor, to, lastMid: 0, tables: [], now: this.#now() };
    });
  }
  bootstrap() {
    return this.#answer('bootstrap', (): BootstrapResponse => {
      const page = this.pages.shift();
      if (page === undefined) throw new Error('no page');
      return page;
    });
  }
  listen(onPoke: (poke: { head: number }) => void, onLink: (up: boolean) => void): () => void {
    this.#poke = onPoke;
    this.#link = onLink;
    return () => {
      this.#poke = () => undefined;
    };
  }
  /** What is asked and not answered fails, as when its connection is cut. */
  renew(): void {
    this.calls.push('renew');
    for (const cut of this.held ?? []) cut(true);
    this.held = null;
  }
  close(): void {
    this.isClosed = true;
  }
  poke(head: number): void {
    this.head = Math.max(this.head, head);
    this.#poke({ head });
  }
  link(up: boolean): void {
    this.#link(up);
  }
}

export interface Stage {
  readonly clock: ManualClock;
  readonly scheduler: FakeScheduler;
  readonly target: FakeTarget;
  readonly transport: FakeTransport;
  readonly loop: SyncLoop;
  readonly said: LinkStatus[];
  readonly bugs: unknown[];
}

export function stage(seed = 1): Stage {
  const clock = manualClock(START);
  const scheduler = fakeScheduler(clock);
  const target = new FakeTarget();
  const transport = new FakeTransport(clock);
  const said: LinkStatus[] = [];
  const bugs: unknown[] = [];
  const loop = new SyncLoop({
    transport,
    target,
    clock,
    scheduler,
    rng: seededRng(seed),
    onStatus: (status) => said.push(status),
    report: (thrown) => bugs.push(thrown),
  });
  onTestFinished(() => loop.close());
  return { clock, scheduler, target, transport, loop, said, bugs };
}

export const page = (
  seq: number,
  next: BootstrapResponse['next'],
  rows = 1,
  epoch = 'e1',
): BootstrapResponse => ({
  cursor: { ...at(seq), epoch },
  tables: [{ table: 'setting', puts: Array.from({ length: rows }, (_, n) => [`k${n}`, '1']), deletes: [] }],
  next,
  totalRows: rows,
  lastMid: 0,
  now: START,
});
export const mutation = (mid: number): OutboxMutation => ({ mid, name: 'noop', args: {}, madeAt: 1 });
