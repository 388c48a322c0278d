import { asId } from '../../src/base/ids.ts';
import { epochMillis } from '../../src/base/time.ts';
import type { Conversation, HistoryRow, Message } from '../../src/domain/model.ts';
import { put, type RowChange } from '../../src/domain/rows.ts';
import { startConversation } from '../../src/domain/state/started.ts';
import type { TableRows } from '../../src/protocol/sync.ts';
import type { ReplicatedTable, WireValue } from '../../src/protocol/tables.ts';
import { rowSums } from '../../src/workspace/store/log.ts';
import type { CommitBatch, Committed, Identity, Store } from '../../src/workspace/store/store.ts';

export const IDENTITY: Identity = { workspaceId: 'w-contract', epoch: 'e-contract' };
export const AT = epochMillis(1_700_000_000_000);
export const MINA = asId<'AgentId'>('mina');
export const JOAO = asId<'AgentId'>('joao');
export const CLIENT = asId<'ClientId'>('client');
export const C1 = asId<'ConversationId'>('c1');
export const C2 = asId<'ConversationId'>('c2');
export const NONE = asId<'ConversationId'>('none');

export function setting(key: string, value: string): RowChange {
  return put('setting', { key, value });
}

export function conversationRow(id: string, more: Partial<Conversation> = {}): Conversation {
  const conversationId = asId<'ConversationId'>(id);
  const fact = {
    type: 'started',
    customerId: asId<'CustomerId'>(`${id}-customer`),
    source: 'test',
    channel: 'web_chat',
    page: null,
    language: null,
    initialSkill: null,
    withAi: true,
  } as const;
  const row = startConversation(fact, {
    id: asId(`${id}-start`),
    conversationId,
    at: AT,
    arrival: 1,
    origin: 'source',
    fact,
  });
  return { ...row, ...more };
}

export function messageRow(id: string, conversationId = C1): Message {
  return {
    id: asId(id),
    conversationId,
    at: AT,
    authorKind: 'agent',
    authorId: 'mina',
    note: true,
    text: `text of ${id} \u{1f642} 안녕 ação`,
    writtenAt: null,
  };
}

/** A row of history, of an event that says little. */
export function historyRow(id: string, more: Partial<HistoryRow> = {}): HistoryRow {
  const fact = JSON.stringify({ type: 'handoffAccepted' });
  const row = { conversationId: C1, at: AT, arrival: 1, origin: 'source', clientId: null, fact } as const;
  return { id: asId(id), ...row, ...more };
}

/** Rows of a table as a pull sends them. */
export function sent(
  table: ReplicatedTable,
  puts: readonly (readonly WireValue[])[],
  deletes: readonly (readonly WireValue[])[] = [],
): TableRows {
  return { table, puts, sums: rowSums(puts), deletes };
}

/** Commits onto the head as it stands. */
export async function commit(store: Store, batch: Partial<CommitBatch>): Promise<Committed> {
  const head = await store.head();
  const done = await store.commit({ expectedHead: head.seq, at: AT, changes: [], ...batch });
  if (!done.ok) throw new Error(done.error.type);
  return done.value;
}
