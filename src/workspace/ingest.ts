import { asId, type ConversationId, type EventId } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import type { Clock, EpochMillis } from '../base/time.ts';
import type { HistoryEvent } from '../domain/events.ts';
import { compareEvents } from '../domain/fold.ts';
import type { WireError } from '../protocol/errors.ts';
import { type IngestResponse, ingestEventSchema } from '../protocol/ingest.ts';
import { routesOver } from './continuation.ts';
import { agentsIn, type HistoricalEvent, historical, isConversationEvent } from './ingest-facts.ts';
import { type FieldDefinitions, fitEvents, fitFields, readFieldDefinitions } from './ingest-fields.ts';
import { foldEvents } from './ingest-fold.ts';
import {
  type ParsedEvents,
  parseEvents,
  type ReceivedEvent,
  type Rejection,
  rejection,
} from './ingest-parse.ts';
import { registerChanges } from './ingest-registers.ts';
import { takenIds } from './ingest-taken.ts';
import type { WorkspaceLog } from './log-events.ts';
import { readPolicy } from './settings.ts';
import type { CommitBatch, LogHead, PendingEvent, Store } from './store/store.ts';

export interface IngestDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: WorkspaceLog;
}

/** How often a request is worked out anew when another process moved the log in between. */
const ATTEMPTS = 20;

/**
 * Takes a batch of a source's events, in one transaction (Y13): at least once, in any order. Each event counts once by
 * its id; one that is wrong is named with its place while the rest go in; one whose conversation is unknown waits.
 */
export async function ingest(
  deps: IngestDeps,
  source: string,
  events: readonly unknown[],
): Promise<Result<IngestResponse, WireError>> {
  const receivedAt = deps.clock.now();
  const parsed = parseEvents(events, receivedAt);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await ingestParsed(deps, source, parsed, receivedAt);
    if (answer !== null) return ok(answer);
  }
  return { ok: false, error: { type: 'unavailable' } };
}

/** Null: the log moved meanwhile, nothing was written. */
async function ingestParsed(
  deps: IngestDeps,
  source: string,
  parsed: ParsedEvents,
  receivedAt: EpochMillis,
): Promise<IngestResponse | null> {
  const { store } = deps;
  const head = await store.head();
  const fresh = await keepNew(store, parsed.received);
  const fields = await readFieldDefinitions(store);
  const fitted = fitEvents(fresh.events, fields);
  const sorted = await sortOut(deps, source, fitted.events, { fields, receivedAt });
  const batch = await workOut(deps, source, sorted, head, receivedAt);
  const committed = await store.commit(batch);
  if (!committed.ok) return null;
  return {
    accepted: sorted.applied.length,
    duplicates: parsed.duplicates + fresh.duplicates,
    pending: sorted.waiting.length,
    rejected: [...parsed.rejected, ...fresh.rejected, ...fitted.rejected, ...sorted.rejected].sort(
      (a, b) => a.index - b.index,
    ),
    head: committed.value.head.seq,
  };
}

interface NewEvents {
  readonly events: readonly ReceivedEvent[];
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
}

/** Leaves out what was received before; the same id with other content is turned away. In the order of history. */
async function keepNew(store: Store, received: readonly ReceivedEvent[]): Promise<NewEvents> {
  const known = await store.receipts(received.map((one) => one.id));
  const rejected: Rejection[] = [];
  const events: ReceivedEvent[] = [];
  let duplicates = 0;
  for (const one of received) {
    const checksum = known.get(one.id);
    if (checksum === undefined) events.push(one);
    else if (checksum === one.checksum) duplicates += 1;
    else rejected.push(rejection(one, 'idReused', 'id', 'an earlier event with other content has this id'));
  }
  return { events: events.sort(byHistory), duplicates, rejected };
}

function byHistory(a: ReceivedEvent, b: ReceivedEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

interface SortedOut {
  /** New events that count now. */
  readonly applied: readonly ReceivedEvent[];
  /** Those whose conversation has not started. */
  readonly waiting: readonly ReceivedEvent[];
  /** Everything that enters a history now: of this request, and what had waited for its conversation. */
  readonly history: readonly HistoryEvent[];
  readonly settledPending: readonly EventId[];
  readonly rejected: readonly Rejection[];
}

/** What every event of a batch is seen against. */
interface BatchFrame {
  readonly fields: FieldDefinitions;
  readonly receivedAt: EpochMillis;
}

async function sortOut(
  deps: IngestDeps,
  source: string,
  events: readonly ReceivedEvent[],
  batch: BatchFrame,
): Promise<SortedOut> {
  const { store } = deps;
  const starting = new Set<string>();
  for (const { event } of events)
    if (event.type === 'conversation.started') starting.add(event.conversationId);
  const started = await startedAmong(store, events);
  const isPending = ({ event }: ReceivedEvent): boolean =>
    isConversationEvent(event) && !starting.has(event.conversationId) && !started.has(event.conversationId);
  const waiting = events.filter(isPending);
  const woken = await store.pendingOf([...starting].map((id) => asId(id)));
  const now = events.filter((one) => !isPending(one)).map((one) => historical(one, source));
  const later = woken.flatMap((one) => wokenEvent(deps, one, batch) ?? []);
  const taken = await takenIds(store, [...now, ...later]);
  const rejected: Rejection[] = [];
  const applied: ReceivedEvent[] = [];
  const history: HistoryEvent[] = [];
  for (const one of [...now, ...later]) {
    const path = taken.claim(one);
    if (path === null) {
      history.push(...one.history);
      if (one.received.index >= 0) applied.push(one.received);
    } else if (one.received.index >= 0) rejected.push(reused(one.received, path));
    else deps.log({ type: 'pendingDropped', id: one.received.id, code: 'idReused' });
  }
  return { applied, waiting, history, settledPending: woken.map((one) => one.id), rejected };
}

function reused(one: ReceivedEvent, path: string): Rejection {
  return rejection(one, 'idReused', path, 'another event has this id already');
}

async function startedAmong(store: Store, events: readonly ReceivedEvent[]): Promise<ReadonlySet<string>> {
  const ids = new Set<ConversationId>();
  for (const { event } of events) if (isConversationEvent(event)) ids.add(asId(event.conversationId));
  const keys = [...ids].map((id) => [id] as const);
  const started = new Set<string>();
  for (const row of await store.rows('conversation', keys)) if (row !== null) started.add(row.id);
  return started;
}

/** Not of this request. */
const WAITED = -1;

/** An event that waited, checked as when it came; null when it no longer passes, since fields changed meanwhile (F1). */
function wokenEvent(deps: IngestDeps, pending: PendingEvent, batch: BatchFrame): HistoricalEvent | null {
  const parsed = ingestEventSchema.safeParse(JSON.parse(pending.event));
  if (!parsed.success) return null;
  const at = pending.at < batch.receivedAt ? pending.at : batch.receivedAt;
  const fits = fitFields(
    { index: WAITED, id: pending.id, at, event: parsed.data, checksum: 0 },
    batch.fields,
  );
  if (fits.ok) return historical(fits.value, pending.source);
  deps.log({ type: 'pendingDropped', id: pending.id, code: 'invalidEvent' });
  return null;
}

/** Everything the request writes. */
async function workOut(
  deps: IngestDeps,
  source: string,
  sorted: SortedOut,
  head: LogHead,
  receivedAt: EpochMillis,
): Promise<CommitBatch> {
  const { store } = deps;
  const routes = routesOver(
    await store.continuations([...new Set(sorted.history.map((event) => event.conversationId))]),
  );
  const history = [...sorted.history].sort(compareEvents).map((event, index) => ({
    ...event,
    conversationId: routes.targetOf(event.conversationId, event.at),
    arrival: head.arrival + index + 1,
  }));
  const policy = await readPolicy(store, deps.log);
  const folded = await foldEvents(store, history, { policy, now: receivedAt, routes });
  const agents = [...new Set(history.flatMap((event) => agentsIn(event.fact)))];
  const registers = await registerChanges(store, sorted.applied, source, agents);
  return {
    expectedHead: head.seq,
    at: receivedAt,
    changes: [...registers.changes, ...folded],
    arrival: head.arrival + history.length,
    receipts: [...sorted.applied, ...sorted.waiting].map(({ id, checksum }) => ({ id, checksum })),
    pending: sorted.waiting.map((one) => pendingEvent(one, source)),
    settledPending: sorted.settledPending,
    stamps: registers.stamps,
    continuations: routes.opened,
  };
}

function pendingEvent(one: ReceivedEvent, source: string): PendingEvent {
  const { event } = one;
  if (!isConversationEvent(event)) throw new Error('invariant broken: only a conversation’s events wait');
  return {
    id: one.id,
    conversationId: asId(event.conversationId),
    at: one.at,
    source,
    event: JSON.stringify(event),
  };
}
