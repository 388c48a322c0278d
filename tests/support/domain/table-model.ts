import type { AgentId, ConversationId, MessageId } from '../../../src/base/ids.ts';
import type { ConversationRows } from '../../../src/domain/conversation-rows.ts';
import type { Agent, HistoryRow, Message, ReadMarker, Setting, Verdict } from '../../../src/domain/model.ts';
import type { RowChange, Rows, Snapshot, TableName } from '../../../src/domain/rows.ts';
import type { LoadedRows } from '../../../src/mutations/mutation.ts';
import { TABLES } from '../../../src/protocol/tables.ts';

type Store = { [T in TableName]: Map<string, Rows[T]> };

function emptyStore(): Store {
  return {
    agent: new Map(),
    customer: new Map(),
    conversation: new Map(),
    cycle: new Map(),
    handoff: new Map(),
    message: new Map(),
    tag: new Map(),
    product: new Map(),
    shopOrder: new Map(),
    readMarker: new Map(),
    follower: new Map(),
    fieldValue: new Map(),
    csat: new Map(),
    metricEvent: new Map(),
    verdict: new Map(),
    setting: new Map(),
    history: new Map(),
  };
}

function keyOf<T extends TableName>(table: T, row: Rows[T]): string {
  return JSON.stringify(TABLES[table].key.map((column) => row[column]));
}

/** Tables in memory that take row changes and give rules what they read: an engine without an engine. */
export class TableModel implements LoadedRows {
  private readonly store = emptyStore();

  apply(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.op === 'put') this.put(change.table, change.row);
      else if (!this.store[change.table].delete(JSON.stringify(change.key)) && change.table === 'cycle')
        throw new Error('a cycle was deleted that is not there');
    }
  }

  put<T extends TableName>(table: T, row: Rows[T]): void {
    this.store[table].set(keyOf(table, row), row);
  }

  private of<T extends TableName>(table: T, id: ConversationId): Rows[T][] {
    return [...this.store[table].entries()]
      .filter(([, row]) => 'conversationId' in row && row.conversationId === id)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, row]) => row);
  }

  snapshot(id: ConversationId): Snapshot {
    const cycles = this.cycles(id);
    return {
      conversation: this.store.conversation.get(JSON.stringify([id])) ?? null,
      cycle: cycles.at(-1) ?? null,
      previousCycle: cycles.at(-2) ?? null,
      tags: this.of('tag', id),
      products: this.of('product', id),
      fields: this.of('fieldValue', id),
      csat: this.of('csat', id),
    };
  }

  private cycles(id: ConversationId): Rows['cycle'][] {
    return this.of('cycle', id).sort((a, b) => a.ordinal - b.ordinal);
  }

  message(id: MessageId): Message | null {
    return this.store.message.get(JSON.stringify([id])) ?? null;
  }

  agent(id: AgentId): Agent | null {
    return this.store.agent.get(JSON.stringify([id])) ?? null;
  }

  readMarker(agentId: AgentId, conversationId: ConversationId): ReadMarker | null {
    return this.store.readMarker.get(JSON.stringify([agentId, conversationId])) ?? null;
  }

  setting(key: string): Setting | null {
    return this.store.setting.get(JSON.stringify([key])) ?? null;
  }

  verdict(conversationId: ConversationId, agentId: AgentId): Verdict | null {
    return this.store.verdict.get(JSON.stringify([conversationId, agentId])) ?? null;
  }

  history(): readonly HistoryRow[] {
    return [...this.store.history.values()];
  }

  /** Every row of a conversation in an order of its own, so that two models can be compared. */
  rows(id: ConversationId): ConversationRows {
    const { conversation } = this.snapshot(id);
    if (conversation === null) throw new Error(`no conversation ${id}`);
    return sortedRows({
      conversation,
      cycles: this.of('cycle', id),
      handoffs: this.of('handoff', id),
      tags: this.of('tag', id),
      products: this.of('product', id),
      fields: this.of('fieldValue', id),
      csat: this.of('csat', id),
      metricEvents: this.of('metricEvent', id),
      followers: this.of('follower', id),
      messages: this.of('message', id),
    });
  }
}

function sorted<T>(rows: readonly T[]): readonly T[] {
  return rows
    .map((row) => ({ row, key: JSON.stringify(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

/** The rows in an order that depends on nothing but their content. */
export function sortedRows(rows: ConversationRows): ConversationRows {
  return {
    conversation: rows.conversation,
    cycles: sorted(rows.cycles),
    handoffs: sorted(rows.handoffs),
    tags: sorted(rows.tags),
    products: sorted(rows.products),
    fields: sorted(rows.fields),
    csat: sorted(rows.csat),
    metricEvents: sorted(rows.metricEvents),
    followers: sorted(rows.followers),
    messages: sorted(rows.messages),
  };
}
