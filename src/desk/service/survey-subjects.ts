import type { ConversationId } from '../../base/ids.ts';
import { holds, type SurveyCondition, type SurveySubject } from '../../domain/csat/conditions.ts';
import { BusinessHours } from '../../domain/hours/business-hours.ts';
import type { Customer } from '../../domain/model.ts';
import type { SurveyMatches } from '../../protocol/rpc/surveys.ts';
import { DEFAULT_SORTS } from '../../protocol/rpc/list.ts';
import { HOURS_KEY, settingsOfRows } from '../../protocol/settings.ts';
import { wireToRow, type WireValue } from '../../protocol/tables.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import type { DeskCore } from '../desk-core.ts';
import { pageOf } from '../queries/list-page.ts';
import { columnsOf, readRow, rowsOfConversations } from '../replica/row-sql.ts';

/** Closed conversations that conditions are tried on: enough to tell how they cut, few enough for every key stroke. */
const LATEST = 500;

const CONVERSATIONS = `SELECT ${columnsOf('conversation')} FROM conversation WHERE id IN (SELECT value FROM json_each(?))`;
const CUSTOMERS = `SELECT ${columnsOf('customer')} FROM customer WHERE id IN (SELECT value FROM json_each(?))`;

function customersOf(db: ReadableDb, ids: readonly string[]): ReadonlyMap<string, Customer> {
  const rows = db.prepareRaw<WireValue[], [string]>(CUSTOMERS).all(JSON.stringify([...new Set(ids)]));
  return new Map(rows.map((values) => wireToRow('customer', values)).map((row) => [row.id, row]));
}

/** The latest cycles of conversations as a survey's conditions see them; those that are open, or never began, are left out. */
export function closedSubjects(db: ReadableDb, ids: readonly ConversationId[]): readonly SurveySubject[] {
  const conversations = db
    .prepareRaw<WireValue[], [string]>(CONVERSATIONS)
    .all(JSON.stringify(ids))
    .map((values) => wireToRow('conversation', values));
  const customers = customersOf(
    db,
    conversations.map(({ customerId }) => customerId),
  );
  const cycles = Map.groupBy(rowsOfConversations(db, 'cycle', ids), ({ conversationId }) => conversationId);
  const tags = Map.groupBy(rowsOfConversations(db, 'tag', ids), ({ conversationId }) => conversationId);
  const fields = Map.groupBy(
    rowsOfConversations(db, 'fieldValue', ids),
    ({ conversationId }) => conversationId,
  );
  const hours = new BusinessHours(
    settingsOfRows(readRow(db, 'setting', [HOURS_KEY])?.value ?? null, null).hours,
  );
  return conversations.flatMap((conversation): readonly SurveySubject[] => {
    const { id, customerId } = conversation;
    const cycle = cycles.get(id)?.reduce((latest, one) => (one.ordinal > latest.ordinal ? one : latest));
    if (cycle === undefined || cycle.closedAt === null) return [];
    const customer = customers.get(customerId) ?? null;
    return [{ conversation, cycle, customer, tags: tags.get(id) ?? [], fields: fields.get(id) ?? [], hours }];
  });
}

/** How many of the latest closed conversations a survey with these conditions would be for (Q3). */
export function surveyMatches(core: DeskCore, conditions: readonly SurveyCondition[]): SurveyMatches {
  const { db } = core.replica;
  const query = { queue: 'closed', filters: {}, sort: DEFAULT_SORTS.closed } as const;
  const { agentId: me } = core.replica.state();
  if (me === null) return { closed: 0, matching: 0 };
  const { records } = pageOf(db, { query, me, after: null, limit: LATEST });
  const subjects = closedSubjects(
    db,
    records.map(({ id }) => id),
  );
  const matching = subjects.filter((one) => conditions.every((condition) => holds(condition, one)));
  return { closed: subjects.length, matching: matching.length };
}
