import type { ConversationId } from '../../base/ids.ts';
import type { Customer, Message } from '../../domain/model.ts';
import type { TimedMessage } from '../../domain/timings/reply-spans.ts';
import { conversationTimings, NO_TIMINGS, type TimingRules } from '../../domain/timings/timings.ts';
import type { ExportedConversation, ExportedMessage } from '../../export/report/source.ts';
import { TABLES, wireToRow, type WireValue } from '../../protocol/tables.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { digestedColumns, soundRows } from '../digests/row-digests.ts';

/*
 * Whole rows with their digests, each compared with it: a figure made of flipped bits must not leave this desk in a file.
 * So the times of messages are read with the messages' texts, and chosen here.
 */

const CHATS = `SELECT ${digestedColumns('conversation')} FROM conversation WHERE n IN (SELECT value FROM json_each(?))`;
const NUMBERS = 'SELECT id, n FROM conversation WHERE n IN (SELECT value FROM json_each(?))';
const CUSTOMERS = `SELECT ${digestedColumns('customer')} FROM customer WHERE id IN (SELECT value FROM json_each(?))`;
const MESSAGES = `SELECT ${digestedColumns('message')} FROM message
  WHERE conversation_id = ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?`;
const MESSAGES_A_TURN = 500;

/** Conversations read at a time. */
export const CHATS_A_SLICE = 100;

function byConversation<Row extends { readonly conversationId: ConversationId }>(
  rows: readonly Row[],
): (id: ConversationId) => readonly Row[] {
  const grouped = Map.groupBy(rows, ({ conversationId }) => conversationId);
  return (id) => grouped.get(id) ?? [];
}

type OfConversation = 'message' | 'cycle' | 'tag' | 'fieldValue' | 'csat';

function rowsOf<T extends OfConversation>(db: ReadableDb, table: T, ids: readonly string[]) {
  const sql = `SELECT ${digestedColumns(table)} FROM ${TABLES[table].sql} WHERE conversation_id IN (SELECT value FROM json_each(?))`;
  const rows = db.prepareRaw<WireValue[], [string]>(sql).all(JSON.stringify(ids));
  return soundRows(table, rows).map((values) => wireToRow(table, values));
}

/** The messages that can move a clock (T6). */
function timesOf(db: ReadableDb, ids: readonly string[]): (id: ConversationId) => readonly TimedMessage[] {
  return byConversation(
    rowsOf(db, 'message', ids).filter(
      ({ note, authorKind }) => !note && (authorKind === 'customer' || authorKind === 'agent'),
    ),
  );
}

function customersOf(db: ReadableDb, ids: readonly string[]): ReadonlyMap<string, Customer> {
  const rows = db.prepareRaw<WireValue[], [string]>(CUSTOMERS).all(JSON.stringify(ids));
  const customers = soundRows('customer', rows).map((values) => wireToRow('customer', values));
  return new Map(customers.map((row) => [row.id, row]));
}

/**
 * The conversations of these row numbers, in their order, with everything an export says of them. Throws `DamagedRows`
 * where a row is not what it came as.
 */
export function readChats(
  db: ReadableDb,
  numbers: Uint32Array,
  rules: TimingRules,
): readonly ExportedConversation[] {
  const list = `[${numbers.join(',')}]`;
  const place = new Map([...numbers].map((n, index) => [n, index]));
  const placeOf = new Map(
    db
      .prepareRaw<[string, number], [string]>(NUMBERS)
      .all(list)
      .map(([id, n]) => [id, place.get(n) ?? 0]),
  );
  const chats = soundRows('conversation', db.prepareRaw<WireValue[], [string]>(CHATS).all(list))
    .map((values) => wireToRow('conversation', values))
    .sort((a, b) => (placeOf.get(a.id) ?? 0) - (placeOf.get(b.id) ?? 0));
  const ids = chats.map(({ id }) => id);
  const withCycles = chats.filter(({ cycleCount }) => cycleCount > 0).map(({ id }) => id);
  const customers = customersOf(
    db,
    chats.map(({ customerId }) => customerId),
  );
  const times = timesOf(db, withCycles);
  const cycles = byConversation(rowsOf(db, 'cycle', withCycles));
  const tags = byConversation(rowsOf(db, 'tag', ids));
  const fields = byConversation(rowsOf(db, 'fieldValue', ids));
  const csat = byConversation(rowsOf(db, 'csat', ids));
  return chats.map((conversation) => {
    const { id } = conversation;
    const timed = conversationTimings(cycles(id), times(id), rules);
    return {
      conversation,
      customer: customers.get(conversation.customerId) ?? null,
      tags: [...tags(id)].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
      fields: fields(id),
      cycles: timed,
      timings: timed.at(-1)?.timings ?? NO_TIMINGS,
      csat: [...csat(id)].sort((a, b) => a.ordinal - b.ordinal),
    };
  });
}

/** Every message of a conversation, oldest first, some hundred at a time. Throws as `readChats` does. */
export function* readMessages(
  db: ReadableDb,
  chat: Pick<ExportedConversation, 'conversation' | 'customer'>,
): Generator<readonly ExportedMessage[]> {
  const customerName = chat.customer?.name ?? null;
  const read = db.prepareRaw<WireValue[], [string, number, string, number]>(MESSAGES);
  let after: Pick<Message, 'at' | 'id'> | null = null;
  for (;;) {
    const rows = read.all(
      chat.conversation.id,
      after?.at ?? Number.MIN_SAFE_INTEGER,
      after?.id ?? '',
      MESSAGES_A_TURN,
    );
    const messages: readonly Message[] = soundRows('message', rows).map((values) =>
      wireToRow('message', values),
    );
    if (messages.length > 0) yield messages.map((message) => ({ message, customerName }));
    if (messages.length < MESSAGES_A_TURN) return;
    after = messages.at(-1) ?? null;
  }
}
