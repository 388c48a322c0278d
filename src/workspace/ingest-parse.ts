import { asId, type EventId } from '../base/ids.ts';
import { type EpochMillis, epochMillis } from '../base/time.ts';
import { hotParse } from '../mutations/hot-parse.ts';
import { type IngestEvent, type IngestResponse, ingestEventSchema } from '../protocol/ingest.ts';
import { isStorable, storableValue } from './storable.ts';
import { checksum } from './store/log.ts';

export type Rejection = IngestResponse['rejected'][number];

/** A checked event of a request. */
export interface ReceivedEvent {
  /** Place in the request. */
  readonly index: number;
  readonly id: EventId;
  /** The source's time, or the receipt's where that lies ahead of it (Y13). */
  readonly at: EpochMillis;
  readonly event: IngestEvent;
  /** Of the event's content: the same id with another is a mistake. */
  readonly checksum: number;
}

export interface ParsedEvents {
  readonly received: readonly ReceivedEvent[];
  readonly rejected: readonly Rejection[];
  /** Repeated within this request. */
  readonly duplicates: number;
}

/** Checks each event by itself, so that a bad one is named and the rest go in (Y13). */
export function parseEvents(events: readonly unknown[], receivedAt: EpochMillis): ParsedEvents {
  const received = new Map<EventId, ReceivedEvent>();
  const rejected: Rejection[] = [];
  let duplicates = 0;
  for (const [index, raw] of events.entries()) {
    const parsed = parseEvent(raw);
    if (!parsed.ok) {
      rejected.push({ index, ...parsed.rejection });
      continue;
    }
    const one = receivedEvent(index, parsed.event, receivedAt);
    const earlier = received.get(one.id);
    if (earlier === undefined) received.set(one.id, one);
    else if (earlier.checksum === one.checksum) duplicates += 1;
    else rejected.push(rejection(one, 'idReused', 'id', 'another event of this request has this id'));
  }
  return { received: [...received.values()], rejected, duplicates };
}

/** An event turned away, at its place in the request. `message` is for the source's operator, in English. */
export function rejection(
  one: Pick<ReceivedEvent, 'index' | 'id'>,
  code: Rejection['code'],
  path: string,
  message: string,
): Rejection {
  return { index: one.index, id: one.id, code, path, message };
}

const checkEvent = hotParse(ingestEventSchema);

type ParsedEvent =
  | { readonly ok: true; readonly event: IngestEvent }
  | { readonly ok: false; readonly rejection: Omit<Rejection, 'index'> };

function parseEvent(raw: unknown): ParsedEvent {
  const parsed = checkEvent(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return invalid(idOf(raw), issue?.path.join('.') ?? '', issue?.message ?? 'not an event');
  }
  const event = parsed.data;
  if (event.type === 'message.posted' && event.note && event.author.kind !== 'agent')
    return invalid(event.id, 'note', 'only an agent writes notes');
  if (event.type === 'conversation.started' && CONTINUATION.test(event.conversationId))
    return invalid(event.id, 'conversationId', 'an id that ends in ~ and a number is given here alone');
  return { ok: true, event };
}

/** Ids of continuations (S10): a source must not take one before we do. */
const CONTINUATION = /~\d+$/;

function invalid(id: string | null, path: string, message: string): ParsedEvent {
  return { ok: false, rejection: { id, code: 'invalidEvent', path, message } };
}

function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  return typeof raw.id === 'string' ? raw.id.slice(0, 200) : null;
}

function receivedEvent(index: number, parsed: IngestEvent, receivedAt: EpochMillis): ReceivedEvent {
  const written = JSON.stringify(parsed);
  const event = isStorable(written) ? parsed : ingestEventSchema.parse(storableValue(written));
  return {
    index,
    id: asId(event.id),
    at: epochMillis(Math.min(momentOf(event.at), receivedAt)),
    event,
    checksum: checksum(written),
  };
}

/** Epoch milliseconds of a checked moment: a number as it is, RFC 3339 parsed. */
export function momentOf(at: string | number): EpochMillis {
  return epochMillis(typeof at === 'number' ? at : Date.parse(at));
}
