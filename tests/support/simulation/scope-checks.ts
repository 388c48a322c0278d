import { asId, type ConversationId } from '../../../src/base/ids.ts';
import { DAY } from '../../../src/base/time.ts';
import {
  activityOf,
  compareHeld,
  EVERYTHING,
  type HeldFrom,
  isOpenWork,
} from '../../../src/domain/desk-scope.ts';
import {
  isOfConversation,
  REPLICATED_TABLES,
  type ReplicatedTable,
  TABLES,
  wireToRow,
} from '../../../src/protocol/tables.ts';
import { baseDiffers, type DeskRows, rowDiffers } from './desk-rows.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import { CONVERSATIONS, customerWrites } from './events.ts';
import type { SimDesk } from './sim-desk.ts';
import type { RowAt, RowMap, RowValues } from './truth.ts';

/** Days that agents' desks copy by themselves in schedules with a scope. */
export const SIM_SCOPE = { agentDays: 7 } as const;

/** Conversations that the AI resolved long before. */
const OLD = ['old0', 'old1', 'old2', 'old3', 'old4', 'old5'];

/** What sources told of them: one every thirty days. */
export function oldEvents(start: number): readonly IngestEventInput[] {
  return OLD.flatMap((id, index): IngestEventInput[] => {
    const at = start - (index + 1) * 30 * DAY;
    return [
      {
        id: `${id}-start`,
        type: 'conversation.started',
        at,
        conversationId: id,
        channel: 'web_chat',
        profile: { id: `c${index % 4}-customer` },
      },
      customerWrites(id, `${id}-first`, at + 1_000),
      { id: `${id}-done`, type: 'conversation.resolved', at: at + 2_000, conversationId: id, tags: ['done'] },
    ];
  });
}

/** A conversation that a customer writes in: in schedules with a scope, an old one now and then. */
export function writtenIn(what: number, isScoped: boolean): string {
  const known = isScoped ? [...CONVERSATIONS, ...OLD] : CONVERSATIONS;
  return known[what % known.length] ?? 'c0';
}

/** Where the rows of each table name the conversation that they are sent with. */
const OWNER_AT: ReadonlyMap<ReplicatedTable, number> = new Map(
  REPLICATED_TABLES.filter(isOfConversation).map((table) => {
    const columns: readonly string[] = TABLES[table].columns;
    return [table, table === 'conversation' ? 0 : columns.indexOf('conversationId')];
  }),
);

/** The base of a desk that holds a part, and the workspace's rows at its cursor. */
export interface PartHeld {
  readonly rows: DeskRows;
  readonly expected: RowMap;
  readonly held: HeldFrom;
  /** The conversations in it, as of the last comparison of all. */
  readonly has: Set<unknown>;
}

/**
 * Y9: what is wrong with the base of a desk that holds a part: of every conversation it has, exactly the workspace's rows; all
 * of what it says it holds; everything else whole. Null: nothing. `written`: the rows that either side wrote since it was last
 * compared with the same claim; null: all are compared.
 */
export function partDiffers(part: PartHeld, written: readonly RowAt[] | null): string | null {
  return written === null || hasOthers(part, written) ? allDiffers(part) : writtenDiffers(part, written);
}

/** Whether a conversation came or went: then all of its rows are due, or none. */
function hasOthers({ rows, has }: PartHeld, written: readonly RowAt[]): boolean {
  return written.some(
    ({ table, key }) => table === 'conversation' && rows.holds(table, key, null) === has.has(key),
  );
}

function allDiffers({ rows, expected, held, has }: PartHeld): string | null {
  has.clear();
  for (const [key, values] of expected.of('conversation') ?? []) {
    if (!rows.holds('conversation', key, null)) has.add(key);
    else if (isClaimed(values, held)) return `${String(key)} is claimed and not held`;
  }
  return baseDiffers(rows, expected, (table, values) => isDue(table, values, has));
}

function writtenDiffers({ rows, expected, held, has }: PartHeld, written: readonly RowAt[]): string | null {
  for (const at of written) {
    const { table, key } = at;
    const told = expected.get(table, key) ?? null;
    const due = told !== null && isDue(table, told, has) ? told : null;
    const wrong = rowDiffers(rows, at, due);
    if (wrong !== null) return wrong;
    if (told !== null && due === null && table === 'conversation' && isClaimed(told, held))
      return `${String(key)} is claimed and not held`;
  }
  return null;
}

function isClaimed(values: RowValues, held: HeldFrom): boolean {
  const row = wireToRow('conversation', values);
  return isOpenWork(row) || compareHeld({ at: activityOf(row), id: row.id }, held) <= 0;
}

function isDue(table: ReplicatedTable, values: RowValues, has: ReadonlySet<unknown>): boolean {
  const at = OWNER_AT.get(table);
  return at === undefined || has.has(values[at]);
}

/** Somebody opens an old conversation, or looks at figures over older days: of a desk that holds a part. */
export function wantOlder({ core, loop }: SimDesk, start: number, what: number, which: number): void {
  if (core.replica.state().held === null) return;
  if (what % 3 === 0) core.part.reachBack(Math.max(EVERYTHING, start - (which % 25) * 10 * DAY));
  if (what % 3 === 1) core.part.find(anyConversation(which));
  loop.kick();
}

function anyConversation(which: number): ConversationId {
  return asId<'ConversationId'>(OLD[which % (OLD.length + 1)] ?? 'nobody');
}

/** At rest a desk that holds a part is asked for everything, so that all of it can be compared. */
export function wantEverything({ core, loop }: SimDesk): void {
  if (core.replica.state().held === null) return;
  core.part.reachBack(EVERYTHING);
  loop.kick();
}
