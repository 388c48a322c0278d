import { epochMillis } from '../../base/time.ts';
import type { AiOutcome, CsatScale, Metric } from '../../domain/model.ts';
import { groupTag } from '../../domain/overview/figures.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import type { ConversationFact } from './conversation-columns.ts';
import type { CustomerFact, OrderFact } from './customer-columns.ts';
import type { EventFact } from './event-columns.ts';

/** One survey of a conversation, answered or not. */
export interface CsatFact {
  readonly ordinal: number;
  /** Sent by us; an imported score was not (Q6). */
  readonly isOurs: boolean;
  readonly scale: CsatScale | null;
  readonly language: string | null;
  readonly ownerId: string | null;
  readonly sentAt: number;
  readonly score: number | null;
  readonly answeredAt: number | null;
  readonly hasComment: boolean;
}

/** All that the columns hold of one conversation. */
export interface ConversationFacts {
  readonly n: number;
  readonly conversation: ConversationFact;
  readonly events: readonly EventFact[];
  readonly csat: readonly CsatFact[];
}

type Row = readonly [
  n: number,
  id: string,
  customer: number | null,
  startedAt: number,
  aiOutcome: AiOutcome | null,
  handoffBy: 'ai' | 'agent' | null,
  channel: string,
  reasonCode: string | null,
  skill: string | null,
  language: string | null,
];
type EventRow = readonly [
  n: number,
  metric: Metric,
  at: number,
  channel: string,
  skill: string | null,
  reasonCode: string | null,
  tags: string | null,
  products: string | null,
];
type TagRow = readonly [n: number, tag: string, appliedBy: 'ai' | 'agent', at: number];
type CsatRow = readonly [
  n: number,
  ordinal: number,
  isOurs: number,
  scale: CsatScale | null,
  language: string | null,
  ownerId: string | null,
  sentAt: number,
  score: number | null,
  answeredAt: number | null,
  hasComment: number,
];

const COLUMNS = `c.n, c.id, (SELECT cu.n FROM customer cu WHERE cu.id = c.customer_id), c.started_at, c.ai_outcome,
  c.handoff_by, c.channel, c.handoff_reason_code, coalesce(c.final_skill, c.initial_skill), c.language`;
const EVENT_COLUMNS = 'c.n, e.metric, e.at, e.channel, e.skill, e.reason_code, e.tags, e.products';
const TAG_COLUMNS = 'c.n, t.tag, t.applied_by, t.at';
const CSAT_COLUMNS = `c.n, s.ordinal, s.survey_id IS NOT NULL, s.scale, s.language, s.owner_id, s.sent_at, s.score,
  s.answered_at, s.comment IS NOT NULL AND s.comment <> ''`;

const FROM_EVENTS = 'CROSS JOIN metric_event e ON e.conversation_id = c.id';
const FROM_TAGS = 'CROSS JOIN tag t ON t.conversation_id = c.id';
const FROM_CSAT = 'CROSS JOIN csat s ON s.conversation_id = c.id';

const AFTER = `SELECT ${COLUMNS} FROM conversation c WHERE c.n > ? ORDER BY c.n LIMIT ?`;
/** The rest of a slice by the numbers it reaches from and to: bound by the slice, so without a LIMIT of its own. */
const between = (columns: string, from: string): string =>
  `SELECT ${columns} FROM conversation c ${from} WHERE c.n > ? AND c.n <= ?`;
const EVENTS_BETWEEN = between(EVENT_COLUMNS, FROM_EVENTS);
const TAGS_BETWEEN = between(TAG_COLUMNS, FROM_TAGS);
const CSAT_BETWEEN = between(CSAT_COLUMNS, FROM_CSAT);

const named = (columns: string, from: string, key: 'id' | 'n'): string =>
  `SELECT ${columns} FROM json_each(?) j CROSS JOIN conversation c ON c.${key} = j.value ${from}`;

function byConversation<R extends readonly [number, ...unknown[]]>(rows: readonly R[]): Map<number, R[]> {
  return Map.groupBy(rows, (row) => row[0]);
}

interface Parts {
  readonly rows: readonly Row[];
  readonly events: readonly EventRow[];
  readonly tags: readonly TagRow[];
  readonly csat: readonly CsatRow[];
}

function tagsOf(rows: readonly TagRow[]): Pick<ConversationFact, 'tags' | 'groupTag'> {
  if (rows.length === 0) return { tags: '[]', groupTag: null };
  const tags = rows.map(([, tag, appliedBy, at]) => ({ tag, appliedBy, at: epochMillis(at) }));
  return { tags: JSON.stringify(rows.map(([, tag]) => tag).sort()), groupTag: groupTag(tags) };
}

const NONE: readonly never[] = [];

function factsOf({ rows, events, tags, csat }: Parts): readonly ConversationFacts[] {
  const eventsBy = byConversation(events);
  const tagsBy = byConversation(tags);
  const csatBy = byConversation(csat);
  return rows.map(
    ([n, , customer, startedAt, aiOutcome, handoffBy, channel, reasonCode, skill, language]) => ({
      n,
      conversation: {
        customer: customer ?? 0,
        startedAt,
        aiOutcome,
        handoffBy,
        channel,
        reasonCode,
        skill,
        language,
        ...tagsOf(tagsBy.get(n) ?? NONE),
      },
      events: (eventsBy.get(n) ?? NONE).map(recordToEvent),
      csat: (csatBy.get(n) ?? NONE).map(recordToCsat),
    }),
  );
}

function recordToEvent([, metric, at, channel, skill, reasonCode, tags, products]: EventRow): EventFact {
  return { metric, at, channel, skill, reasonCode, tags, products };
}

function recordToCsat(row: CsatRow): CsatFact {
  const [, ordinal, isOurs, scale, language, ownerId, sentAt, score, answeredAt, hasComment] = row;
  return {
    ordinal,
    isOurs: isOurs === 1,
    scale,
    language,
    ownerId,
    sentAt,
    score,
    answeredAt,
    hasComment: hasComment === 1,
  };
}

/** Up to `limit` conversations after number `after`, in the order of their numbers; fewer at the end. */
export function readSlice(db: ReadableDb, after: number, limit: number): readonly ConversationFacts[] {
  const rows = db.prepareRaw<Row>(AFTER).all(after, limit);
  const to = rows.at(-1)?.[0];
  if (to === undefined) return [];
  return factsOf({
    rows,
    events: db.prepareRaw<EventRow>(EVENTS_BETWEEN).all(after, to),
    tags: db.prepareRaw<TagRow>(TAGS_BETWEEN).all(after, to),
    csat: db.prepareRaw<CsatRow>(CSAT_BETWEEN).all(after, to),
  });
}

/** Conversations by id or by number; those that are gone are left out. */
export function readNamed(
  db: ReadableDb,
  key: 'id' | 'n',
  names: readonly (string | number)[],
): readonly ConversationFacts[] {
  const list = JSON.stringify(names);
  return factsOf({
    rows: db.prepareRaw<Row>(named(COLUMNS, '', key)).all(list),
    events: db.prepareRaw<EventRow>(named(EVENT_COLUMNS, FROM_EVENTS, key)).all(list),
    tags: db.prepareRaw<TagRow>(named(TAG_COLUMNS, FROM_TAGS, key)).all(list),
    csat: db.prepareRaw<CsatRow>(named(CSAT_COLUMNS, FROM_CSAT, key)).all(list),
  });
}

type CustomerRow = readonly [n: number, name: number, email: number, phone: number, language: string | null];
const CUSTOMER_COLUMNS = 'cu.n, cu.name IS NOT NULL, cu.email IS NOT NULL, cu.phone IS NOT NULL, cu.language';
const CUSTOMERS_AFTER = `SELECT ${CUSTOMER_COLUMNS} FROM customer cu WHERE cu.n > ? ORDER BY cu.n LIMIT ?`;
const CUSTOMERS_NAMED = `SELECT ${CUSTOMER_COLUMNS} FROM json_each(?) j CROSS JOIN customer cu ON cu.id = j.value`;

export type NumberedCustomer = CustomerFact & { readonly n: number };

function recordToCustomer([n, name, email, phone, language]: CustomerRow): NumberedCustomer {
  return { n, hasName: name === 1, hasEmail: email === 1, hasPhone: phone === 1, language };
}

/** Up to `limit` customers after number `after`. */
export function readCustomers(db: ReadableDb, after: number, limit: number): readonly NumberedCustomer[] {
  return db.prepareRaw<CustomerRow>(CUSTOMERS_AFTER).all(after, limit).map(recordToCustomer);
}

export function readCustomersNamed(db: ReadableDb, ids: readonly string[]): readonly NumberedCustomer[] {
  return db.prepareRaw<CustomerRow>(CUSTOMERS_NAMED).all(JSON.stringify(ids)).map(recordToCustomer);
}

type OrderRow = readonly [id: string, customer: number | null, at: number, value: number, currency: string];
const ORDER_COLUMNS =
  'o.id, (SELECT cu.n FROM customer cu WHERE cu.id = o.customer_id), o.at, o.value_minor, o.currency';
const ORDERS_AFTER = `SELECT ${ORDER_COLUMNS} FROM shop_order o WHERE o.id > ? ORDER BY o.id LIMIT ?`;
const ORDERS_OF = `SELECT ${ORDER_COLUMNS} FROM json_each(?) j CROSS JOIN shop_order o ON o.customer_id = j.value`;

function recordToOrder([id, customer, at, valueMinor, currency]: OrderRow): OrderFact {
  return { id, customer: customer ?? 0, at, valueMinor, currency };
}

/** Up to `limit` orders after id `after`. */
export function readOrders(db: ReadableDb, after: string, limit: number): readonly OrderFact[] {
  return db.prepareRaw<OrderRow>(ORDERS_AFTER).all(after, limit).map(recordToOrder);
}

/** Every order of customers, by their ids. */
export function readOrdersOf(db: ReadableDb, customerIds: readonly string[]): readonly OrderFact[] {
  return db.prepareRaw<OrderRow>(ORDERS_OF).all(JSON.stringify(customerIds)).map(recordToOrder);
}

/** Ids of the conversations of customers. */
export function conversationsOf(db: ReadableDb, customerIds: readonly string[]): readonly string[] {
  const sql = 'SELECT c.id FROM json_each(?) j CROSS JOIN conversation c ON c.customer_id = j.value';
  return db.preparePluck<string>(sql).all(JSON.stringify(customerIds));
}
