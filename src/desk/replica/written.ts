import type { ConversationId, MessageId } from '../../base/ids.ts';
import type { ReplicatedTable, WireValue } from '../../protocol/tables.ts';
import type { LocalRefusal } from './rebase.ts';
import { type Scope, SHARED_TABLES } from './scopes.ts';

/** What one commit wrote, for those who keep something derived from the replica. */
export interface Written {
  readonly conversations: ReadonlySet<ConversationId>;
  readonly messages: ReadonlySet<MessageId>;
  /** Customers written, or whose orders were. */
  readonly customers: ReadonlySet<string>;
  /** Agents or settings changed. */
  readonly shared: boolean;
  /** Pending mutations that the new base makes a rule refuse here. */
  readonly refused: readonly LocalRefusal[];
}

/** Gathers what a commit writes. */
export class WrittenRows implements Written {
  readonly #conversations = new Set<string>();
  readonly #messages = new Set<string>();
  readonly #customers = new Set<string>();
  shared = false;
  refused: readonly LocalRefusal[] = [];

  get conversations(): ReadonlySet<ConversationId> {
    return ids<ConversationId>(this.#conversations);
  }

  get messages(): ReadonlySet<MessageId> {
    return ids<MessageId>(this.#messages);
  }

  get customers(): ReadonlySet<string> {
    return this.#customers;
  }

  /** A whole row was written. Runs once for each row of a bootstrap: where each table names its group is written out. */
  put(table: ReplicatedTable, values: readonly WireValue[]): void {
    switch (table) {
      case 'agent':
      case 'setting':
        this.shared = true;
        return;
      case 'customer':
        this.#customers.add(String(values[0]));
        return;
      case 'shopOrder':
        this.#customers.add(String(values[1]));
        return;
      case 'message':
        this.#messages.add(String(values[0]));
        this.#conversations.add(String(values[1]));
        return;
      case 'readMarker':
        this.#conversations.add(String(values[1]));
        return;
      default:
        this.#conversations.add(String(values[0]));
    }
  }

  /** Whole rows of one table were written. */
  putAll(table: ReplicatedTable, rows: readonly (readonly WireValue[])[]): void {
    for (const values of rows) this.put(table, values);
  }

  /** A row was deleted; `scope` is its conversation, where it has one. */
  gone(table: ReplicatedTable, key: readonly WireValue[], scope: Scope | null): void {
    if (SHARED_TABLES.includes(table)) this.shared = true;
    else if (table === 'customer') this.#customers.add(String(key[0]));
    else if (table !== 'shopOrder' && scope !== null) this.#conversations.add(scope);
    if (table === 'message') this.#messages.add(String(key[0]));
  }
}

/** Tables that neither a list nor a figure is made of: who shows their rows asks for them. */
const SHOWN_ALONE: readonly ReplicatedTable[] = ['message', 'handoff', 'product', 'follower'];

/** Gathers what one page of a bootstrap writes (Y9), as far as something derived is made of it. */
export class FilledRows extends WrittenRows {
  /** Rows of the page that are in. */
  count = 0;

  override putAll(table: ReplicatedTable, rows: readonly (readonly WireValue[])[]): void {
    this.count += rows.length;
    if (!SHOWN_ALONE.includes(table)) super.putAll(table, rows);
  }
}

/** Ids as their rows name them; a set of strings is one of ids, as the row that each came from says. */
function ids<Id extends string>(texts: ReadonlySet<string>): ReadonlySet<Id> {
  return texts as ReadonlySet<Id>;
}
