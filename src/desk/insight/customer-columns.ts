import { createDictionary } from '../columns/dictionary.ts';
import { type Exchange, exchangeDictionary } from './exchange.ts';
import { capacityFor, grown } from './growable.ts';

export interface CustomerFact {
  readonly hasName: boolean;
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
  readonly language: string | null;
}

export const HAS = { row: 1, name: 2, email: 4, phone: 8 } as const;
const KNOWN = HAS.name | HAS.email | HAS.phone;

/** What segments read of customers, by row number: 5 bytes each. */
export class CustomerColumns {
  readonly languages = createDictionary();
  /** Bits of `HAS`; 0: no such row. */
  has = new Uint8Array();
  language = new Uint32Array();
  end = 0;

  set(n: number, fact: CustomerFact): void {
    const capacity = capacityFor(this.has.length, n + 1);
    this.has = grown(this.has, capacity);
    this.language = grown(this.language, capacity);
    this.has[n] =
      HAS.row |
      (fact.hasName ? HAS.name : 0) |
      (fact.hasEmail ? HAS.email : 0) |
      (fact.hasPhone ? HAS.phone : 0);
    this.language[n] = this.languages.numberOf(fact.language);
    if (n >= this.end) this.end = n + 1;
  }

  exchange(io: Exchange): void {
    exchangeDictionary(io, this.languages);
    this.end = io.count(this.end);
    this.has = io.numbers(this.has.subarray(0, this.end));
    this.language = io.numbers(this.language.subarray(0, this.end));
  }

  isHere(n: number): boolean {
    return (this.has[n] ?? 0) !== 0;
  }

  /** Whether anything is there to reach them by (G1). */
  isKnown(n: number): boolean {
    return ((this.has[n] ?? 0) & KNOWN) !== 0;
  }
}

/** An order; `customer` is a row number. */
export interface OrderFact {
  readonly id: string;
  readonly customer: number;
  readonly at: number;
  readonly valueMinor: number;
  readonly currency: string;
}

/** Orders in no order; those of a customer who changed are struck out (customer 0) and written anew at the end. */
export class OrderColumns {
  readonly currencies = createDictionary();
  readonly ids: string[] = [];
  customer = new Uint32Array();
  at = new Float64Array();
  value = new Float64Array();
  currency = new Uint8Array();
  end = 0;

  push(order: OrderFact): void {
    const capacity = capacityFor(this.at.length, this.end + 1);
    this.customer = grown(this.customer, capacity);
    this.at = grown(this.at, capacity);
    this.value = grown(this.value, capacity);
    this.currency = grown(this.currency, capacity);
    this.ids.push(order.id);
    this.customer[this.end] = order.customer;
    this.at[this.end] = order.at;
    this.value[this.end] = order.valueMinor;
    this.currency[this.end] = this.currencies.numberOf(order.currency);
    this.end += 1;
  }

  exchange(io: Exchange): void {
    exchangeDictionary(io, this.currencies);
    for (const id of io.texts(this.ids)) this.ids.push(id);
    this.end = io.count(this.end);
    const { end } = this;
    this.customer = io.numbers(this.customer.subarray(0, end));
    this.at = io.numbers(this.at.subarray(0, end));
    this.value = io.numbers(this.value.subarray(0, end));
    this.currency = io.numbers(this.currency.subarray(0, end));
  }

  strike(customers: ReadonlySet<number>): void {
    for (let place = 0; place < this.end; place += 1) {
      if (customers.has(this.customer[place] ?? 0)) this.customer[place] = 0;
    }
  }
}
