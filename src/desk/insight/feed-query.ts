import type { ProductId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Metric } from '../../domain/model.ts';
import { FEED_METRICS, type FeedItem, type FeedMetric } from '../../protocol/rpc/insight.ts';
import type { ReadableDb } from '../../sqlite/types.ts';

/** Where a page ended: the last item's moment, metric, conversation (empty for an order) and id. */
type Position = readonly [at: number, metric: FeedMetric, conversationId: string, id: string];

/** Reads a position out of a page's `next`; null for what is none. */
export function parsePosition(text: string): Position | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || value.length !== 4) return null;
    const [at, metric, conversationId, id] = value as readonly unknown[];
    const known = FEED_METRICS.find((one) => one === metric);
    if (typeof at !== 'number' || known === undefined) return null;
    if (typeof conversationId !== 'string' || typeof id !== 'string') return null;
    return [at, known, conversationId, id];
  } catch {
    return null;
  }
}

/** A data point as SQL gives it. */
interface EventRecord extends Omit<FeedItem, 'key' | 'metric' | 'tags' | 'products'> {
  readonly id: string;
  readonly tags: string | null;
  readonly products: string | null;
}

const CUSTOMER = 'cu.name AS customerName, cu.email AS customerEmail, cu.phone AS customerPhone';
const EVENTS = `SELECT e.id AS id, e.at AS at, e.conversation_id AS conversationId, e.customer_id AS customerId, ${CUSTOMER},
    e.channel AS channel, e.skill AS skill, e.reason_code AS reasonCode, e.reason AS reason, e.tags AS tags,
    (SELECT json_group_array(json_object('id', j.value, 'name', p.name, 'url', p.url))
      FROM json_each(e.products) j LEFT JOIN product p ON p.conversation_id = e.conversation_id AND p.product_id = j.value
    ) AS products,
    NULL AS valueMinor, NULL AS currency
  FROM metric_event e INDEXED BY metric_event_feed LEFT JOIN customer cu ON cu.id = e.customer_id
  WHERE e.metric = ? AND (e.at, e.conversation_id, e.id) < (?, ?, ?)
  ORDER BY e.at DESC, e.conversation_id DESC, e.id DESC LIMIT ?`;
const ORDERS = `SELECT o.id AS id, o.at AS at, NULL AS conversationId, o.customer_id AS customerId, ${CUSTOMER},
    NULL AS channel, NULL AS skill, NULL AS reasonCode, NULL AS reason, NULL AS tags, NULL AS products,
    o.value_minor AS valueMinor, o.currency AS currency
  FROM shop_order o INDEXED BY shop_order_feed LEFT JOIN customer cu ON cu.id = o.customer_id
  WHERE (o.at, o.id) < (?, ?) ORDER BY o.at DESC, o.id DESC LIMIT ?`;

/** Later than any moment, and greater than any text an id begins with. */
const FIRST: readonly [number, string, string] = [Number.MAX_SAFE_INTEGER, '', ''];

/** Where a metric goes on after `position`: in a page of several, what is at the same moment goes by the metrics' order. */
function boundOf(metric: FeedMetric, position: Position | null): readonly [number, string, string] {
  if (position === null) return FIRST;
  const [at, last, conversationId, id] = position;
  const order = FEED_METRICS.indexOf(metric) - FEED_METRICS.indexOf(last);
  if (order === 0) return [at, conversationId, id];
  return order < 0 ? [at, '', ''] : [at + 1, '', ''];
}

function recordToItem(metric: FeedMetric, record: EventRecord): FeedItem {
  const { id, tags, products, ...rest } = record;
  return {
    ...rest,
    key: `${metric} ${record.conversationId ?? ''} ${id}`,
    metric,
    tags: tags === null ? [] : (JSON.parse(tags) as readonly string[]),
    products:
      products === null
        ? []
        : (JSON.parse(products) as readonly { id: ProductId; name: string | null; url: string | null }[]),
  };
}

interface Found {
  readonly item: FeedItem;
  readonly position: Position;
}

function pageOfMetric(
  db: ReadableDb,
  metric: FeedMetric,
  position: Position | null,
  limit: number,
): readonly Found[] {
  const [at, conversationId, id] = boundOf(metric, position);
  const records =
    metric === 'ordered'
      ? db.prepare<EventRecord>(ORDERS).all(at, id, limit)
      : db.prepare<EventRecord>(EVENTS).all(metric satisfies Metric, at, conversationId, id, limit);
  return records.map((record) => ({
    item: recordToItem(metric, record),
    position: [record.at, metric, record.conversationId ?? '', record.id],
  }));
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The newest first. */
function compareFound({ position: a }: Found, { position: b }: Found): number {
  return (
    b[0] - a[0] ||
    FEED_METRICS.indexOf(a[1]) - FEED_METRICS.indexOf(b[1]) ||
    compareText(b[2], a[2]) ||
    compareText(b[3], a[3])
  );
}

/** A page of one metric's data points, or of all; newest first, by key, so that what comes in meanwhile moves nothing. */
export function feedPage(
  db: ReadableDb,
  metric: FeedMetric | null,
  after: Position | null,
  limit: number,
): { readonly items: readonly FeedItem[]; readonly next: string | null } {
  const metrics = metric === null ? FEED_METRICS : [metric];
  const found = metrics.flatMap((one) => pageOfMetric(db, one, after, limit)).sort(compareFound);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const isFull = page.length === limit && last !== undefined;
  return { items: page.map(({ item }) => item), next: isFull ? JSON.stringify(last.position) : null };
}

const LATEST = `SELECT max(e.at) FROM metric_event e INDEXED BY metric_event_feed WHERE e.metric = ?`;

/** The moment of a metric's newest data point; null for none. */
export function latestAt(db: ReadableDb, metric: FeedMetric): EpochMillis | null {
  const found =
    metric === 'ordered'
      ? db.pluck<number>('SELECT max(at) FROM shop_order')
      : db.pluck<number>(LATEST, metric);
  return (found ?? null) as EpochMillis | null;
}
