import { asId, type ConversationId } from '../../base/ids.ts';
import { epochMillis } from '../../base/time.ts';
import type { Message } from '../../domain/model.ts';
import type { MergedList, OutboxItem, SyncStatus } from '../../protocol/rpc/status.ts';
import type { Delivery, HeldReply, ThreadMessage } from '../../protocol/rpc/thread.ts';
import type { DeskCore } from '../desk-core.ts';
import type { AttentionItem } from '../outbox/attention.ts';
import { NOOP, type OutboxEntry } from '../outbox/entry.ts';
import { draftKindOf, messageIdOf, textOf } from '../outbox/outgoing.ts';

type Link = SyncStatus['workspace'];

/** Entries that wait for the workspace's answer, in the order they go. */
export function waitingEntries(core: DeskCore): readonly OutboxEntry[] {
  return core.outbox.entries().filter((entry) => entry.outcome === null && entry.name !== NOOP);
}

/** Everything this desk has made that is not settled, in `mid` order. */
export function outboxItems(
  core: DeskCore,
  customerName: (id: ConversationId | null) => string | null,
): readonly OutboxItem[] {
  const sending = core.inFlight();
  const waiting = waitingEntries(core).map(
    (entry): OutboxItem => ({
      mid: entry.mid,
      name: entry.name,
      conversationId: entry.conversationId,
      customerName: customerName(entry.conversationId),
      text: textOf(entry),
      args: entry.args,
      madeAt: entry.madeAt,
      state: sending.has(entry.mid) ? 'sending' : 'queued',
      code: null,
      detail: null,
      recallable: !entry.attempted,
    }),
  );
  const attention = core.outbox.attention().map(
    (item): OutboxItem => ({
      mid: item.mid,
      name: item.name,
      conversationId: item.conversationId,
      customerName: customerName(item.conversationId),
      text: textOf(item),
      args: item.args,
      madeAt: item.madeAt,
      state: item.kind,
      code: item.code,
      detail: item.detail,
      recallable: false,
    }),
  );
  return [...waiting, ...attention].sort((left, right) => left.mid - right.mid);
}

/** Lists of mine that others' changes were merged into, latest first. */
export function mergedLists(
  core: DeskCore,
  customerName: (id: ConversationId | null) => string | null,
): readonly MergedList[] {
  return core.outbox.merges().map((item) => ({
    ...item,
    customerName: customerName(item.conversationId),
    at: epochMillis(item.at),
  }));
}

/** Why what waits has not gone yet (Y12). */
function whyWaiting(link: Link): 'offline' | 'waiting' | 'paused' {
  if (link === 'offlineByChoice') return 'paused';
  return link === 'connected' ? 'waiting' : 'offline';
}

/** The state of an outgoing message by its entry (Y12). */
function deliveryOf(
  core: DeskCore,
  waiting: readonly OutboxEntry[],
  entry: OutboxEntry,
  link: Link,
): Delivery {
  if (entry.outcome !== null) return { state: 'delivered' };
  if (core.inFlight().has(entry.mid)) return { state: 'sending', mid: entry.mid };
  const position = waiting.findIndex((one) => one.mid === entry.mid) + 1;
  return { state: 'queued', mid: entry.mid, position, why: whyWaiting(link) };
}

/**
 * A thread's messages with the state of each outgoing one. What waits but is not in the view (a rule refuses it on the
 * present base) and what was refused still shows: nothing that was written is ever out of sight (Y12).
 */
export function withDelivery(
  core: DeskCore,
  conversationId: ConversationId,
  messages: readonly Message[],
  link: Link,
): readonly ThreadMessage[] {
  const me = core.replica.state().agentId;
  const waiting = waitingEntries(core);
  const own = core.outbox.entries().filter((entry) => entry.conversationId === conversationId);
  const byMessage = new Map(own.map((entry) => [messageIdOf(entry), entry]));
  return messages.map((message): ThreadMessage => {
    const entry = byMessage.get(message.id);
    if (entry !== undefined) return { ...message, delivery: deliveryOf(core, waiting, entry, link) };
    const written = message.authorId === me && message.writtenAt !== null;
    return { ...message, delivery: written ? { state: 'delivered' } : null };
  });
}

/** Outgoing messages of a conversation that have no row in the view, oldest first. */
export function unseenMessages(
  core: DeskCore,
  conversationId: ConversationId,
  hasRow: (messageId: string) => boolean,
  link: Link,
): readonly ThreadMessage[] {
  const waiting = waitingEntries(core);
  const queued = waiting
    .filter((entry) => entry.conversationId === conversationId)
    .flatMap((entry) => madeUp(core, entry, hasRow, deliveryOf(core, waiting, entry, link)));
  const failed = core.outbox
    .attention()
    .filter((item) => item.conversationId === conversationId && item.kind === 'refused')
    .flatMap((item) => madeUp(core, item, hasRow, { state: 'failed', mid: item.mid, code: item.code }));
  return [...queued, ...failed].sort((left, right) => left.at - right.at);
}

function madeUp(
  core: DeskCore,
  call: OutboxEntry | AttentionItem,
  hasRow: (messageId: string) => boolean,
  delivery: Delivery,
): readonly ThreadMessage[] {
  const id = messageIdOf(call);
  const text = textOf(call);
  if (id === null || text === null || call.conversationId === null || hasRow(id)) return [];
  return [
    {
      id: asId<'MessageId'>(id),
      conversationId: call.conversationId,
      at: call.madeAt,
      authorKind: 'agent',
      authorId: core.replica.state().agentId,
      note: draftKindOf(call.name) === 'note',
      text,
      writtenAt: call.madeAt,
      delivery,
    },
  ];
}

/** Replies of a conversation that were held (Y11), oldest first. */
export function heldReplies(core: DeskCore, conversationId: ConversationId): readonly HeldReply[] {
  return core.outbox
    .attention()
    .filter((item) => item.conversationId === conversationId && item.kind === 'held')
    .map((item) => {
      const because = item.detail?.['messageId'];
      return {
        mid: item.mid,
        text: textOf(item) ?? '',
        writtenAt: item.madeAt,
        becauseOf: typeof because === 'string' ? asId<'MessageId'>(because) : null,
      };
    });
}
