import type { ClientId, EventId } from '../../../base/ids.ts';
import type {
  Access,
  AuditEntry,
  ClientRow,
  Closing,
  CommitBatch,
  Continuation,
  OutcomeRow,
  PendingEvent,
  Stamp,
  StampKey,
  Store,
} from '../store.ts';
import { closingMarks } from '../closings.ts';
import { compareText } from './tables.ts';

type Reads = Pick<
  Store,
  | 'client'
  | 'outcomes'
  | 'receipts'
  | 'stamps'
  | 'pendingOf'
  | 'pendingCount'
  | 'continuations'
  | 'closings'
  | 'linkSecret'
  | 'access'
  | 'audit'
>;

/** Everything a store keeps that is not a row of the rules. */
export interface MemoryBooks {
  readonly reads: Reads;
  write(batch: CommitBatch): void;
  /** The same books, to be continued apart. */
  fork(): MemoryBooks;
}

interface Books {
  readonly clients: Map<ClientId, ClientRow>;
  readonly outcomes: Map<ClientId, Map<number, OutcomeRow>>;
  readonly receipts: Map<EventId, number>;
  readonly stamps: Map<string, Stamp>;
  readonly pending: Map<EventId, PendingEvent>;
  readonly continuations: Continuation[];
  readonly closings: Map<string, Closing>;
  readonly access: Map<string, Access>;
  readonly audit: (AuditEntry & { readonly seq: number })[];
  secret: string | null;
}

export function memoryBooks(): MemoryBooks {
  return booksOver({
    clients: new Map(),
    outcomes: new Map(),
    receipts: new Map(),
    stamps: new Map(),
    pending: new Map(),
    continuations: [],
    closings: new Map(),
    access: new Map(),
    audit: [],
    secret: null,
  });
}

function booksOver(books: Books): MemoryBooks {
  return {
    reads: readsOf(books),
    write: (batch) => writeBatch(books, batch),
    fork: () => booksOver(copyOf(books)),
  };
}

/** What a key stands for is never changed in place, but for the outcomes of a client. */
function copyOf(books: Books): Books {
  return {
    clients: new Map(books.clients),
    outcomes: new Map([...books.outcomes].map(([id, outcomes]) => [id, new Map(outcomes)])),
    receipts: new Map(books.receipts),
    stamps: new Map(books.stamps),
    pending: new Map(books.pending),
    continuations: [...books.continuations],
    closings: new Map(books.closings),
    access: new Map(books.access),
    audit: [...books.audit],
    secret: books.secret,
  };
}

function stampId({ scope, key }: StampKey): string {
  // No scope has a space.
  return `${scope} ${key}`;
}

function writeBatch(books: Books, batch: CommitBatch): void {
  const { client } = batch;
  if (client !== undefined) {
    const known = books.clients.get(client.id);
    books.clients.set(client.id, { ...client, agentId: known?.agentId ?? client.agentId });
    const outcomes = books.outcomes.get(client.id) ?? new Map<number, OutcomeRow>();
    books.outcomes.set(client.id, outcomes);
    for (const outcome of batch.outcomes ?? []) outcomes.set(outcome.mid, outcome);
  }
  for (const { id, checksum } of batch.receipts ?? []) books.receipts.set(id, checksum);
  for (const id of batch.settledPending ?? []) books.pending.delete(id);
  for (const event of batch.pending ?? []) books.pending.set(event.id, event);
  for (const stamp of batch.stamps ?? []) books.stamps.set(stampId(stamp), stamp);
  books.continuations.push(...(batch.continuations ?? []));
  for (const { conversationId, ordinal, dueAt } of closingMarks(batch)) {
    const key = JSON.stringify([conversationId, ordinal]);
    if (dueAt === null) books.closings.delete(key);
    else books.closings.set(key, { conversationId, ordinal, dueAt });
  }
  for (const { hash, access } of batch.access ?? []) books.access.set(hash, access);
  for (const entry of batch.audit ?? []) books.audit.push({ seq: books.audit.length + 1, ...entry });
}

const NO_OUTCOMES: ReadonlyMap<number, OutcomeRow> = new Map();

/** By number where few are asked for, as a push does: not all that there ever were. */
function outcomesIn(rows: ReadonlyMap<number, OutcomeRow>, from: number, to: number): OutcomeRow[] {
  if (to - from > rows.size)
    return [...rows.values()].filter(({ mid }) => mid >= from && mid <= to).sort((a, b) => a.mid - b.mid);
  const found: OutcomeRow[] = [];
  for (let mid = from; mid <= to; mid += 1) {
    const row = rows.get(mid);
    if (row !== undefined) found.push(row);
  }
  return found;
}

function readsOf(books: Books): Reads {
  return {
    client: async (id) => books.clients.get(id) ?? null,
    outcomes: async (id, from, to) => outcomesIn(books.outcomes.get(id) ?? NO_OUTCOMES, from, to),
    receipts: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const checksum = books.receipts.get(id);
          return checksum === undefined ? [] : [[id, checksum] as const];
        }),
      ),
    stamps: async (keys) => keys.map((key) => books.stamps.get(stampId(key)) ?? null),
    pendingOf: async (ids) =>
      (books.pending.size === 0 ? [] : ids).flatMap((id) =>
        [...books.pending.values()]
          .filter((event) => event.conversationId === id)
          .sort((a, b) => a.at - b.at || compareText(a.id, b.id)),
      ),
    pendingCount: async () => books.pending.size,
    continuations: async (ids) =>
      ids.flatMap((id) =>
        books.continuations.filter((one) => one.conversationId === id).sort((a, b) => a.ordinal - b.ordinal),
      ),
    closings: async (until, limit) =>
      [...books.closings.values()]
        .filter(({ dueAt }) => dueAt <= until)
        .sort(
          (a, b) =>
            a.dueAt - b.dueAt || compareText(a.conversationId, b.conversationId) || a.ordinal - b.ordinal,
        )
        .slice(0, limit),
    linkSecret: async (fresh) => (books.secret ??= fresh),
    access: async (hash) => books.access.get(hash) ?? null,
    audit: async (afterSeq, limit) => books.audit.filter((entry) => entry.seq > afterSeq).slice(0, limit),
  };
}
