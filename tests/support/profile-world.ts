import { asId, type ConversationId } from '../../src/base/ids.ts';
import { manualClock } from '../../src/base/time.ts';
import { createListService } from '../../src/desk/lists/list-service.ts';
import type { ListService } from '../../src/desk/service/lists.ts';
import type { ConversationRows } from '../../src/domain/conversation-rows.ts';
import { DEFAULT_POLICY, type HistoryEvent } from '../../src/domain/events.ts';
import type { FieldType } from '../../src/domain/fields/definition.ts';
import { fieldSetting } from '../../src/domain/fields/definition.ts';
import { foldHistory } from '../../src/domain/fold.ts';
import type { FieldValue } from '../../src/domain/model.ts';
import { type ReplicatedTable, rowToWire, type WireValue } from '../../src/protocol/tables.ts';
import type { Database } from '../../src/sqlite/database.ts';
import { insertRows, openReplica } from '../bench/dataset.ts';
import { GENERATED_ME, GENERATED_NOW } from '../bench/generate.ts';
import { NO_MARKS, turns, type Turns } from './list-world.ts';

/** A list service over a replica in memory that starts empty: conversations are told one by one. */
export interface ProfileWorld {
  readonly db: Database;
  readonly lists: ListService;
  readonly turns: Turns;
  readonly told: string[];
}

/** Makes one; nothing is indexed yet. */
export function profileWorld(): ProfileWorld {
  const db = openReplica(':memory:');
  const waiting = turns();
  const told: string[] = [];
  const lists = createListService({
    db,
    me: GENERATED_ME,
    clock: manualClock(GENERATED_NOW),
    marks: () => NO_MARKS,
    soon: waiting.soon,
    onIndexed: (what) => told.push(what),
  });
  return { db, lists, turns: waiting, told };
}

const TABLES = ['conversation', 'cycle', 'message', 'csat', 'field_value'];

/** Writes a history's rows in place of what stands under `id`, and tells the lists. Answers the rows. */
export function writeHistory(
  { db, lists }: ProfileWorld,
  id: ConversationId,
  events: readonly HistoryEvent[],
): ConversationRows {
  const { rows } = foldHistory(events, DEFAULT_POLICY);
  for (const table of TABLES) {
    const key = table === 'conversation' ? 'id' : 'conversation_id';
    db.run(`DELETE FROM ${table} WHERE ${key} = ?`, id);
  }
  const wire = new Map<ReplicatedTable, WireValue[][]>([
    ['conversation', [rowToWire('conversation', { ...rows.conversation, id })]],
    ['cycle', rows.cycles.map((row) => rowToWire('cycle', { ...row, conversationId: id }))],
    [
      'message',
      rows.messages.map((row) =>
        rowToWire('message', { ...row, id: asId<'MessageId'>(`${id}-${row.id}`), conversationId: id }),
      ),
    ],
  ]);
  insertRows(db, wire);
  lists.changed({ conversations: [id], messages: [], customers: [] });
  return rows;
}

/** Sets a setting of the workspace, as a pull would. */
export function writeSetting({ db }: ProfileWorld, key: string, value: unknown): void {
  db.run('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)', key, JSON.stringify(value));
}

/** Defines a field. */
export function defineField({ db }: ProfileWorld, key: string, type: FieldType): void {
  const setting = fieldSetting({ key, type, names: {}, position: 1, archivedAt: null, deletedAt: null });
  db.run('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)', setting.key, setting.value);
}

/** Writes a field's items in place of what stands; a commit must be told of by the caller. */
export function writeField(
  { db }: ProfileWorld,
  id: ConversationId,
  field: string,
  items: readonly (number | string)[],
): void {
  db.run('DELETE FROM field_value WHERE conversation_id = ? AND field = ?', id, field);
  const rows = items.map(
    (item, ordinal): FieldValue => ({
      conversationId: id,
      field,
      ordinal,
      number: typeof item === 'number' ? item : null,
      text: typeof item === 'string' ? item : null,
    }),
  );
  insertRows(db, new Map([['fieldValue', rows.map((row) => rowToWire('fieldValue', row))]]));
}
