import type { ConversationId, CustomerId, OrderId, ProductId } from '../../base/ids.ts';
import { asId } from '../../base/ids.ts';
import { epochMillis } from '../../base/time.ts';
import { amountsOf, type Amount, type SalesPolicy } from '../../domain/sales.ts';
import { ATTRIBUTION_KEY, salesPolicyOf } from '../../mutations/insight-args.ts';
import { attributionOfRow } from '../../protocol/settings.ts';
import type { SaleRow } from '../../protocol/rpc/insight.ts';
import type { ReadableDb } from '../../sqlite/types.ts';
import { readRow } from '../replica/row-sql.ts';
import type { InsightColumns } from './mirror.ts';
import { type SalePlace, salesIn, type Span } from './sales.ts';

/** What counts as a sale in this workspace (A1). */
export function salesPolicy(db: ReadableDb): SalesPolicy {
  return salesPolicyOf(attributionOfRow(readRow(db, 'setting', [ATTRIBUTION_KEY])?.value ?? null));
}

const ID_BY_NUMBER = 'SELECT id FROM conversation WHERE n = ?';

/** The sales of a stretch; of two touches of one moment the later conversation's, by id, then the later event's. */
export function salesOn(db: ReadableDb, columns: InsightColumns, span: Span): readonly SalePlace[] {
  const { conversation } = columns.events;
  const idOf = (place: number): string => db.pluck<string>(ID_BY_NUMBER, conversation[place] ?? 0) ?? '';
  return salesIn(columns, span, salesPolicy(db), (a, b) =>
    conversation[a] === conversation[b] ? a > b : idOf(a) > idOf(b),
  );
}

/** What sales are worth, by currency. */
export function amountsOn({ orders }: InsightColumns, sales: readonly SalePlace[]): readonly Amount[] {
  return amountsOf(
    sales.map(({ order }) => ({
      currency: orders.currencies.valueOf(orders.currency[order] ?? 0),
      valueMinor: orders.value[order] ?? 0,
    })),
  );
}

interface Names {
  readonly id: ConversationId;
  readonly channel: string;
  readonly customerId: CustomerId;
  readonly customerName: string | null;
  readonly productName: string | null;
}

const NAMES = `SELECT c.id AS id, c.channel AS channel, c.customer_id AS customerId, cu.name AS customerName,
    (SELECT p.name FROM product p WHERE p.conversation_id = c.id AND p.product_id = ?) AS productName
  FROM conversation c LEFT JOIN customer cu ON cu.id = c.customer_id WHERE c.n = ?`;

function rowOf(db: ReadableDb, { orders, events }: InsightColumns, { order, touch }: SalePlace): SaleRow[] {
  const code =
    (events.productCount[touch] ?? 0) > 0 ? (events.products[events.productStart[touch] ?? 0] ?? 0) : 0;
  const productId = code === 0 ? null : asId<'ProductId'>(events.productIds.valueOf(code));
  const names = db.get<Names>(NAMES, productId, events.conversation[touch] ?? 0);
  if (names === undefined) return [];
  const { id, ...rest } = names;
  return [
    {
      ...rest,
      orderId: asId<'OrderId'>(orders.ids[order] ?? '') satisfies OrderId,
      at: epochMillis(orders.at[order] ?? 0),
      valueMinor: orders.value[order] ?? 0,
      currency: orders.currencies.valueOf(orders.currency[order] ?? 0),
      conversationId: id,
      clickedAt: epochMillis(events.at[touch] ?? 0),
      productId: productId satisfies ProductId | null,
    },
  ];
}

/** A page of the orders behind the figure, the newest first (A1). */
export function salesPage(
  db: ReadableDb,
  columns: InsightColumns,
  sales: readonly SalePlace[],
  {
    currency,
    offset,
    limit,
  }: { readonly currency: string | undefined; readonly offset: number; readonly limit: number },
): { readonly rows: readonly SaleRow[]; readonly total: number } {
  const { orders } = columns;
  const wanted = sales
    .filter(
      ({ order }) =>
        currency === undefined || orders.currencies.valueOf(orders.currency[order] ?? 0) === currency,
    )
    .toSorted((a, b) => (orders.at[b.order] ?? 0) - (orders.at[a.order] ?? 0) || b.order - a.order);
  const page = wanted.slice(offset, offset + limit);
  return { rows: page.flatMap((sale) => rowOf(db, columns, sale)), total: wanted.length };
}
