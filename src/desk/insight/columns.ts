import { ConversationColumns } from './conversation-columns.ts';
import { CustomerColumns, OrderColumns } from './customer-columns.ts';
import { EventColumns } from './event-columns.ts';
import type { Exchange } from './exchange.ts';
import type { ConversationFacts, CsatFact } from './read.ts';

/** All that figures are made of. Derived from the replica, never the truth. */
export class InsightColumns {
  readonly conversations = new ConversationColumns();
  readonly events = new EventColumns();
  readonly customers = new CustomerColumns();
  readonly orders = new OrderColumns();
  /** Surveys by the conversation's row number. */
  readonly csat = new Map<number, readonly CsatFact[]>();

  write({ n, conversation, events, csat }: ConversationFacts): void {
    this.conversations.set(n, conversation);
    this.events.set(n, events);
    if (csat.length > 0) this.csat.set(n, csat);
    else this.csat.delete(n);
  }

  /** Gives all that is held to be kept, or takes it back: then these must be new. */
  exchange(io: Exchange): void {
    this.conversations.exchange(io);
    this.events.exchange(io);
    this.customers.exchange(io);
    this.orders.exchange(io);
    for (const text of io.texts([...this.csat].map((entry) => JSON.stringify(entry)))) {
      const [n, facts] = JSON.parse(text) as readonly [number, readonly CsatFact[]];
      this.csat.set(n, facts);
    }
  }

  remove(n: number): void {
    this.conversations.remove(n);
    this.events.strike(n);
    this.csat.delete(n);
  }
}
