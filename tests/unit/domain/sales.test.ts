import { describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { epochMillis, HOUR } from '../../../src/base/time.ts';
import type { ShopOrder } from '../../../src/domain/model.ts';
import { amountsOf, type SalesPolicy, salesOf, type Touch } from '../../../src/domain/sales.ts';

const DAWN = Date.UTC(2026, 5, 1, 9);

function touch(hour: number, over: Partial<Touch> = {}): Touch {
  return {
    kind: 'clicked',
    at: epochMillis(DAWN + hour * HOUR),
    id: `t${hour}`,
    customerId: asId('ana'),
    conversationId: asId(`c${hour}`),
    channel: 'web_chat',
    productId: asId('p1'),
    ...over,
  };
}

function order(hour: number, over: Partial<ShopOrder> = {}): ShopOrder {
  return {
    id: asId(`o${hour}`),
    customerId: asId('ana'),
    at: epochMillis(DAWN + hour * HOUR),
    valueMinor: 1_000,
    currency: 'EUR',
    ...over,
  };
}

/** Which touch each order is for. */
function sold(orders: readonly ShopOrder[], touches: readonly Touch[], policy?: SalesPolicy) {
  return salesOf(orders, touches, policy).map((sale) => [sale.order.id, sale.touch.id]);
}

describe('web chat', () => {
  test('[A1] an order within 24 hours after a click is a sale, whole, once', () => {
    expect(sold([order(5)], [touch(1)])).toEqual([['o5', 't1']]);
  });

  test('[A1] click, click, order: for the latest click before it', () => {
    expect(sold([order(5)], [touch(1), touch(3)])).toEqual([['o5', 't3']]);
    expect(sold([order(5)], [touch(3), touch(1), touch(6)])).toEqual([['o5', 't3']]);
  });

  test('[A1] at 24 hours exactly it counts, a millisecond later it does not', () => {
    expect(sold([order(25)], [touch(1)])).toHaveLength(1);
    const late = order(25, { at: epochMillis(DAWN + 25 * HOUR + 1) });
    expect(sold([late], [touch(1)])).toEqual([]);
  });

  test('[A1] at the moment of the click it counts, before it does not', () => {
    expect(sold([order(1)], [touch(1)])).toHaveLength(1);
    expect(sold([order(0)], [touch(1)])).toEqual([]);
  });

  test('[A1] one click may lead to several orders; one order is never two sales', () => {
    expect(
      sold([order(2), order(3)], [touch(1), touch(1, { id: 'other', conversationId: asId('c0') })]),
    ).toEqual([
      ['o2', 't1'],
      ['o3', 't1'],
    ]);
  });

  test('[A1] somebody else’s click is nobody’s sale; a mere recommendation neither', () => {
    expect(sold([order(2)], [touch(1, { customerId: asId('bo') })])).toEqual([]);
    expect(sold([order(2)], [touch(1, { kind: 'recommended' })])).toEqual([]);
  });

  test('[A1] two clicks of one moment: the later conversation’s by id, then the later event’s', () => {
    const same = [
      touch(1, { id: 'a' }),
      touch(1, { id: 'b' }),
      touch(1, { id: 'z', conversationId: asId('c0') }),
    ];
    expect(sold([order(2)], same)).toEqual([['o2', 'b']]);
    expect(sold([order(2)], same.toReversed())).toEqual([['o2', 'b']]);
  });
});

describe('other channels', () => {
  test.each(['sms', 'email', 'whatsapp', 'constructor'])(
    '[A1] %s has no sales until it is configured',
    (channel) => {
      expect(sold([order(2)], [touch(1, { channel })])).toEqual([]);
    },
  );

  test('[O4][A1] SMS by the workspace’s touch points and window', () => {
    const policy: SalesPolicy = { sms: { touches: ['recommended'], window: 120 * HOUR } };
    const sms = touch(1, { channel: 'sms', kind: 'recommended' });
    expect(sold([order(121)], [sms], policy)).toHaveLength(1);
    expect(sold([order(122)], [sms], policy)).toEqual([]);
    expect(sold([order(2)], [touch(1, { channel: 'sms' })], policy)).toEqual([]);
  });

  test('[A1] the latest touch wins across channels', () => {
    const policy: SalesPolicy = {
      sms: { touches: ['clicked'], window: 48 * HOUR },
      web_chat: { touches: ['clicked'], window: 24 * HOUR },
    };
    expect(sold([order(20)], [touch(1, { channel: 'sms' }), touch(2)], policy)).toEqual([['o20', 't2']]);
    expect(sold([order(30)], [touch(1, { channel: 'sms' }), touch(2)], policy)).toEqual([['o30', 't1']]);
  });
});

test('[A1] currencies are never added; refunds count as they are', () => {
  expect(
    amountsOf([order(1), order(2, { currency: 'KRW', valueMinor: 90_000 }), order(3, { valueMinor: -400 })]),
  ).toEqual([
    { currency: 'EUR', valueMinor: 600, orders: 2 },
    { currency: 'KRW', valueMinor: 90_000, orders: 1 },
  ]);
  expect(amountsOf([])).toEqual([]);
});

test('[A1] of several currencies the one with the most orders comes first, then by code, however they came', () => {
  const inCurrency = (...codes: readonly string[]) =>
    amountsOf(codes.map((currency, at) => order(at + 1, { currency }))).map(({ currency }) => currency);
  expect(inCurrency('SEK', 'KRW', 'EUR', 'SEK')).toEqual(['SEK', 'EUR', 'KRW']);
  expect(inCurrency('EUR', 'KRW', 'SEK', 'SEK')).toEqual(['SEK', 'EUR', 'KRW']);
});
