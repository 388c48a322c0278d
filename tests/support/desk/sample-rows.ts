import { asId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import type { Conversation, Cycle, Message, Tag } from '../../../src/domain/model.ts';
import type { Rows } from '../../../src/domain/rows.ts';
import type { TableRows } from '../../../src/protocol/sync.ts';
import { type ReplicatedTable, rowToWire, type WireValue } from '../../../src/protocol/tables.ts';
import { rowSums } from '../../../src/workspace/store/log.ts';

export const AT = epochMillis(1_750_000_000_000);

/** A conversation that humans have, as the workspace would hold it. */
export function conversationRow(id: string, patch: Partial<Conversation> = {}): Conversation {
  return {
    id: asId(id),
    customerId: asId(`customer-${id}`),
    source: 'test',
    channel: 'web_chat',
    page: null,
    language: 'en',
    startedAt: AT,
    aiOutcome: 'notResolvedByAi',
    aiRawStatus: null,
    aiClosedAt: null,
    initialSkill: null,
    finalSkill: null,
    handoffAt: AT,
    handoffBy: 'ai',
    handoffReasonCode: null,
    handoffReason: null,
    handoffCount: 1,
    handoffOffer: null,
    handoffReadBy: null,
    humanState: 'open',
    priority: null,
    description: null,
    assigneeId: null,
    snoozedUntil: null,
    cycleCount: 1,
    firstOpenedAt: AT,
    openedAt: AT,
    closedAt: null,
    closedBy: null,
    firstQuestion: 'Where is it?',
    messageCount: 1,
    aiMessageCount: 0,
    lastMessageAt: AT,
    lastMessageKind: 'customer',
    lastMessagePreview: 'Where is it?',
    lastPublicId: asId(`${id}-m1`),
    lastPublicAt: AT,
    lastPublicKind: 'customer',
    lastCustomerMessageId: asId(`${id}-m1`),
    lastCustomerMessageAt: AT,
    lastCustomerArrival: 3,
    waitingSince: AT,
    foldedAt: AT,
    foldedId: asId(`${id}-event`),
    ...patch,
  };
}

export function cycleRow(conversationId: string, ordinal: number, patch: Partial<Cycle> = {}): Cycle {
  return {
    conversationId: asId(conversationId),
    ordinal,
    openedAt: AT,
    openedBy: 'handoff',
    clockStartAt: AT,
    firstReplyAt: null,
    replyCount: 0,
    replyTotal: 0,
    waitingSince: AT,
    closedAt: null,
    closedBy: null,
    closedByAgentId: null,
    assigneeAtCloseId: null,
    ...patch,
  };
}

export function messageRow(conversationId: string, id: string, patch: Partial<Message> = {}): Message {
  return {
    id: asId(id),
    conversationId: asId(conversationId),
    at: AT,
    authorKind: 'customer',
    authorId: null,
    note: false,
    text: 'Where is it?',
    writtenAt: null,
    ...patch,
  };
}

export function tagRow(conversationId: string, tag: string): Tag {
  return { conversationId: asId(conversationId), tag, appliedBy: 'ai', agentId: null, at: AT };
}

/** Rows as a pull carries them. */
export function puts<T extends ReplicatedTable>(table: T, ...rows: readonly Rows[T][]): TableRows {
  return { table, puts: rows.map((row) => rowToWire(table, row)), deletes: [] };
}

/** Rows as a workspace sends them: each with its digest. */
export function digested(tables: readonly TableRows[]): readonly TableRows[] {
  return tables.map((rows) => ({ ...rows, sums: rowSums(rows.puts) }));
}

export function deletes(table: ReplicatedTable, ...keys: WireValue[][]): TableRows {
  return { table, puts: [], deletes: keys };
}

/** Everything of one open conversation with one message. */
export function openConversation(id: string, patch: Partial<Conversation> = {}): readonly TableRows[] {
  return [
    puts('customer', {
      id: asId<'CustomerId'>(`customer-${id}`),
      name: `Customer ${id}`,
      email: null,
      phone: null,
      language: null,
    }),
    puts('conversation', conversationRow(id, patch)),
    puts('cycle', cycleRow(id, 1)),
    puts('message', messageRow(id, `${id}-m1`)),
  ];
}
