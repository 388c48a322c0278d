import { asId, type ConversationId } from '../../../src/base/ids.ts';
import { DAY } from '../../../src/base/time.ts';
import {
  activityOf,
  compareHeld,
  EVERYTHING,
  type HeldFrom,
  isOpenWork,
} from '../../../src/domain/desk-scope.ts';
import { isOfConversation, REPLICATED_TABLES, TABLES, wireToRow } from '../../../src/protocol/tables.ts';
import { baseDiffers, type DeskRows, differenceOf } from './desk-rows.ts';
import type { IngestEventInput } from '../../../src/protocol/ingest.ts';
import { CONVERSATIONS, customerWrites } from './events.ts';
import type { SimDesk } from './sim-desk.ts';
import { areSame, type RowMap, type RowValues } from './truth.ts';

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
const OWNER_AT: ReadonlyMap<string, number> = new Map(
  REPLICATED_TABLES.filter(isOfConversation).map((table) => {
    const columns: readonly string[] = TABLES[table].columns;
    return [table, table === 'conversation' ? 0 : columns.indexOf('conversationId')];
  }),
);

function tableOf(key: string): string {
  return key.slice(0, key.indexOf('\n'));
}

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
export function partDiffers(part: PartHeld, written: readonly string[] | null): string | null {
  return written === null || hasOthers(part, written) ? allDiffers(part) : writtenDiffers(part, written);
}

/** Whether a conversation came or went: then all of its rows are due, or none. */
function hasOthers({ rows, has }: PartHeld, written: readonly string[]): boolean {
  return written.some((key) => {
    return key.startsWith(OF_CONVERSATION) && (rows.baseOf(key) !== null) !== has.has(idIn(key));
  });
}

function allDiffers({ rows, expected, held, has }: PartHeld): string | null {
  has.clear();
  for (const [key, values] of expected) {
    if (!key.startsWith(OF_CONVERSATION)) continue;
    if (rows.baseOf(key) !== null) has.add(idIn(key));
    else if (isClaimed(values, held)) return `${idIn(key)} is claimed and not held`;
  }
  return baseDiffers(rows, expected, (key, values) => isDue(key, values, has));
}

function writtenDiffers({ rows, expected, held, has }: PartHeld, written: readonly string[]): string | null {
  for (const key of written) {
    const told = expected.get(key) ?? null;
    const due = told !== null && isDue(key, told, has) ? told : null;
    const base = rows.baseOf(key);
    if (!areSame(base, due)) return differenceOf(key, base, due);
    if (told !== null && due === null && key.startsWith(OF_CONVERSATION) && isClaimed(told, held))
      return `${idIn(key)} is claimed and not held`;
  }
  return null;
}

const OF_CONVERSATION = 'conversation\n';

function idIn(key: string): string {
  return key.slice(OF_CONVERSATION.length);
}

function isClaimed(values: RowValues, held: HeldFrom): boolean {
  const row = wireToRow('conversation', values);
  return isOpenWork(row) || compareHeld({ at: activityOf(row), id: row.id }, held) <= 0;
}

function isDue(key: string, values: RowValues, has: ReadonlySet<unknown>): boolean {
  const at = OWNER_AT.get(tableOf(key));
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
