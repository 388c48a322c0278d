import fc from 'fast-check';
import { asId, type ConversationId, type CustomerId } from '../../../src/base/ids.ts';
import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../../src/base/rng.ts';
import { DAY, type EpochMillis, epochMillis, HOUR } from '../../../src/base/time.ts';
import type { ConversationRows } from '../../../src/domain/conversation-rows.ts';
import { DEFAULT_POLICY, type Fact, type HistoryEvent } from '../../../src/domain/events.ts';
import { foldHistory } from '../../../src/domain/fold.ts';
import type { Csat, CsatScale, Customer, ShopOrder } from '../../../src/domain/model.ts';
import { SCORES_OF } from '../../../src/domain/csat/scale.ts';
import type { Rows } from '../../../src/domain/rows.ts';
import { type ReplicatedTable, rowToWire, type WireValue } from '../../../src/protocol/tables.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { insertRows, openReplica } from '../../bench/dataset.ts';
import { DAWN } from '../domain/history.ts';
import { randomHistory } from '../domain/random-history.ts';

/** A conversation as its source told it, and the rows that the rules made of it. */
export interface RawConversation {
  readonly id: ConversationId;
  readonly customerId: CustomerId;
  readonly channel: string;
  readonly events: readonly HistoryEvent[];
  readonly rows: ConversationRows;
}

/** Many random conversations of a few customers, their orders and their survey answers. */
export interface RawWorld {
  readonly now: EpochMillis;
  readonly customers: readonly Customer[];
  readonly conversations: readonly RawConversation[];
  readonly orders: readonly ShopOrder[];
  readonly csat: readonly Csat[];
}

const CHANNELS = ['web_chat', 'web_chat', 'sms', 'email', 'whatsapp'];
const LANGUAGES = ['en', 'ko', 'pt-BR', 'sv', null];
const SCALES: readonly (CsatScale | null)[] = [2, 3, 5, null];
/** Histories last a hundred hours; they begin over some forty days. */
const SPAN = 40 * DAY;

/** Without what the slow reading does not know: cycles that are taken back, closes of a desk that came late. */
function plain(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return events
    .filter(({ fact }) => fact.type !== 'closeUndone' && fact.type !== 'reopenUndone')
    .map((event) => ({ ...event, origin: 'source' as const }));
}

function renamed(fact: Fact, index: number, channel: string, customerId: CustomerId): Fact {
  if (fact.type === 'messagePosted') return { ...fact, messageId: asId(`${index}-${fact.messageId}`) };
  return fact.type === 'started' ? { ...fact, channel, customerId } : fact;
}

/** Recommendations and clicks, more of them than chance brings, so that sales come about. */
function shopping(rng: Rng, index: number): readonly HistoryEvent[] {
  return Array.from({ length: nextInt(rng, 0, 6) }, (_, place): HistoryEvent => {
    const id = asId<'ProductId'>(pick(rng, ['p1', 'p2']));
    const fact: Fact =
      nextFloat(rng) < 0.5
        ? { type: 'productsRecommended', products: [{ id, name: null, url: null }] }
        : { type: 'productClicked', productId: id };
    return {
      id: asId(`x${place}`),
      conversationId: asId(`c${index}`),
      at: epochMillis(DAWN + nextInt(rng, 0, 200) * 1_800_000),
      arrival: 100 + place,
      origin: 'source',
      fact,
    };
  });
}

/** An order at some telling distance from a click: none, within the day, at its end, just after it. */
function orderAfter(rng: Rng, index: number, { customerId, events }: RawConversation): readonly ShopOrder[] {
  const clicks = events.filter(({ fact }) => fact.type === 'productClicked');
  if (clicks.length === 0) return [];
  const after = pick(rng, [-1, 0, HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR + 1]);
  return [
    {
      id: asId(`click-${index}`),
      customerId,
      at: epochMillis(pick(rng, clicks).at + after),
      valueMinor: nextInt(rng, 1, 9_999),
      currency: 'EUR',
    },
  ];
}

function makeCustomer(rng: Rng, index: number): Customer {
  const some = (text: string): string | null => (nextFloat(rng) < 0.5 ? text : null);
  return {
    id: asId(`k${index}`),
    name: some(`Name ${index}`),
    email: some(`k${index}@example.com`),
    phone: some(`+4670${index}`),
    language: pick(rng, LANGUAGES),
  };
}

function makeCsat(rng: Rng, conversationId: ConversationId, ordinal: number, sentAt: number): Csat {
  const scale = pick(rng, SCALES);
  const isAnswered = scale === null || nextFloat(rng) < 0.6;
  return {
    conversationId,
    ordinal,
    surveyId: scale === null ? null : 's1',
    scale,
    language: pick(rng, LANGUAGES),
    medium: scale === null ? null : 'form',
    ownerId: nextFloat(rng) < 0.5 ? asId('ana') : null,
    sentAt: epochMillis(sentAt),
    expiresAt: null,
    link: null,
    score: isAnswered ? (scale === null ? nextInt(rng, 0, 100) : pick(rng, SCORES_OF[scale])) : null,
    comment: isAnswered && nextFloat(rng) < 0.5 ? pick(rng, ['thanks', '감사합니다', '']) : null,
    answeredAt: isAnswered ? epochMillis(sentAt + nextInt(rng, 1, 100) * HOUR) : null,
    answerCount: isAnswered ? 1 : 0,
  };
}

/** A world of so many conversations; the same for the same seed. */
export function rawWorld(seed: number, count: number): RawWorld {
  const rng = seededRng(seed);
  const now = epochMillis(DAWN + SPAN);
  const customers = Array.from({ length: Math.max(3, Math.floor(count / 3)) }, (_, index) =>
    makeCustomer(rng, index),
  );
  const histories = fc.sample(randomHistory, { seed, numRuns: count });
  const conversations = histories.map((history, index): RawConversation => {
    const id = asId<'ConversationId'>(`c${String(index).padStart(5, '0')}`);
    const channel = pick(rng, CHANNELS);
    const customerId = pick(rng, customers).id;
    const shift = nextInt(rng, -SPAN / HOUR, SPAN / HOUR) * HOUR;
    const told = [...plain(history), ...shopping(rng, index)];
    const events = told.map((event) => ({
      ...event,
      id: asId<'EventId'>(`${index}/${event.id}`),
      conversationId: id,
      at: epochMillis(event.at + shift),
      fact: renamed(event.fact, index, channel, customerId),
    }));
    return { id, customerId, channel, events, rows: foldHistory(events, DEFAULT_POLICY, now).rows };
  });
  const bought = conversations.flatMap((one, index) => orderAfter(rng, index, one));
  const others = Array.from(
    { length: count },
    (_, index): ShopOrder => ({
      id: asId(`o${index}`),
      customerId: pick(rng, customers).id,
      at: epochMillis(DAWN + nextInt(rng, -SPAN / HOUR, SPAN / HOUR) * (HOUR / 2)),
      valueMinor: nextInt(rng, -200, 20_000),
      currency: pick(rng, ['EUR', 'KRW', 'SEK']),
    }),
  );
  const csat = conversations.flatMap(({ id }) =>
    Array.from({ length: nextInt(rng, 0, 2) }, (_, index) =>
      makeCsat(rng, id, index + 1, DAWN + nextInt(rng, -SPAN / HOUR, SPAN / HOUR) * HOUR),
    ),
  );
  return { now, customers, conversations, orders: [...bought, ...others], csat };
}

type Written = Map<ReplicatedTable, WireValue[][]>;

function add<T extends ReplicatedTable>(into: Written, table: T, rows: readonly Rows[T][]): void {
  const held = into.get(table) ?? [];
  for (const row of rows) held.push([...rowToWire(table, row)]);
  if (held.length > 0) into.set(table, held);
}

/** Writes what a desk holds of a world. */
export function writeWorld(db: Database, world: RawWorld): void {
  const rows: Written = new Map();
  add(rows, 'customer', world.customers);
  add(rows, 'shopOrder', world.orders);
  add(rows, 'csat', world.csat);
  for (const { rows: made } of world.conversations) {
    add(rows, 'conversation', [made.conversation]);
    add(rows, 'tag', made.tags);
    add(rows, 'product', made.products);
    add(rows, 'metricEvent', made.metricEvents);
    add(rows, 'message', made.messages);
  }
  db.transaction(() => insertRows(db, rows));
}

/** A replica in memory that holds a world. */
export function replicaOfWorld(world: RawWorld): Database {
  const db = openReplica(':memory:');
  writeWorld(db, world);
  return db;
}
