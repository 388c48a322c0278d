import type { ConversationId, CustomerId, ProductId } from '../base/ids.ts';
import { type EpochMillis, HOUR } from '../base/time.ts';
import type { ShopOrder } from './model.ts';

/** What counts as a touch of a product: that it was recommended, or that the customer clicked it. */
export type TouchKind = 'recommended' | 'clicked';

/** What makes an order a sale of the AI's on one channel (A1). */
export interface Attribution {
  readonly touches: readonly TouchKind[];
  /** Longest time from touch to order, in milliseconds, both ends included. */
  readonly window: number;
}

/** By channel; one that is not there has no sales. */
export type SalesPolicy = Readonly<Record<string, Attribution>>;

/** A1 as it is unless the workspace says more: web chat, a click, 24 hours. SMS, e-mail and WhatsApp wait for settings. */
export const DEFAULT_SALES_POLICY: SalesPolicy = {
  web_chat: { touches: ['clicked'], window: 24 * HOUR },
};

/** A customer and a product that the AI had recommended, at a moment. */
export interface Touch {
  readonly kind: TouchKind;
  readonly at: EpochMillis;
  readonly id: string;
  readonly customerId: CustomerId;
  readonly conversationId: ConversationId;
  readonly channel: string;
  readonly productId: ProductId | null;
}

/** An order with the touch that it is for. */
export interface Sale {
  readonly order: ShopOrder;
  readonly touch: Touch;
}

/** Whether a touch may account for an order: same customer, not after it, within its channel's window (A1). */
export function accountsFor(
  touch: Pick<Touch, 'kind' | 'at' | 'customerId' | 'channel'>,
  order: Pick<ShopOrder, 'at' | 'customerId'>,
  policy: SalesPolicy,
): boolean {
  const rule = Object.hasOwn(policy, touch.channel) ? policy[touch.channel] : undefined;
  if (rule === undefined || touch.customerId !== order.customerId) return false;
  const after = order.at - touch.at;
  return rule.touches.includes(touch.kind) && after >= 0 && after <= rule.window;
}

/** Whether `a` is the later touch of two; of one moment, the one with the greater conversation, then id. */
export function isLaterTouch(
  a: Pick<Touch, 'at' | 'conversationId' | 'id'>,
  b: Pick<Touch, 'at' | 'conversationId' | 'id'>,
): boolean {
  if (a.at !== b.at) return a.at > b.at;
  return a.conversationId === b.conversationId ? a.id > b.id : a.conversationId > b.conversationId;
}

/** The orders that are the AI's sales (A1): each once, whole, for the latest touch that accounts for it. In the orders' order. */
export function salesOf(
  orders: readonly ShopOrder[],
  touches: readonly Touch[],
  policy: SalesPolicy = DEFAULT_SALES_POLICY,
): readonly Sale[] {
  const byCustomer = Map.groupBy(touches, (touch) => touch.customerId);
  return orders.flatMap((order) => {
    let best: Touch | null = null;
    for (const touch of byCustomer.get(order.customerId) ?? []) {
      if (accountsFor(touch, order, policy) && (best === null || isLaterTouch(touch, best))) best = touch;
    }
    return best === null ? [] : [{ order, touch: best }];
  });
}

/** An amount of one currency: in its minor units, and of how many orders. */
export interface Amount {
  readonly currency: string;
  readonly valueMinor: number;
  readonly orders: number;
}

/** Sums by currency, never across (A1); the most orders first, then by code. */
export function amountsOf(orders: readonly Pick<ShopOrder, 'currency' | 'valueMinor'>[]): readonly Amount[] {
  const sums = new Map<string, Amount>();
  for (const { currency, valueMinor } of orders) {
    const sum = sums.get(currency) ?? { currency, valueMinor: 0, orders: 0 };
    sums.set(currency, { currency, valueMinor: sum.valueMinor + valueMinor, orders: sum.orders + 1 });
  }
  return [...sums.values()].sort((a, b) => b.orders - a.orders || (a.currency < b.currency ? -1 : 1));
}
