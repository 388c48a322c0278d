import type { Formats } from '../../../../src/i18n/formats.ts';
import type { Money } from '../../../../src/protocol/rpc/insight.ts';

/** One amount a currency, never added together (A1). */
export function moneyLines(sales: readonly Money[], formats: Formats): readonly string[] {
  return sales.map(({ valueMinor, currency }) => formats.money(valueMinor, currency));
}

/** All amounts in one line; a dash where there are none. */
export function salesText(sales: readonly Money[], formats: Formats): string {
  return sales.length === 0 ? '–' : moneyLines(sales, formats).join(' · ');
}
