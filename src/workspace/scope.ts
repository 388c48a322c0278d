import type { ConversationId } from '../base/ids.ts';
import { compareHeld, EVERYTHING, type HeldFrom, OPEN_WORK } from '../domain/desk-scope.ts';
import {
  CHILD_TABLES,
  isOfConversation,
  REPLICATED_TABLES,
  type ReplicatedTable,
  TABLES,
} from '../protocol/tables.ts';
import type { SentRow, TableChanges } from './store/store.ts';

/** What a desk that holds a part asks for beside the changes (Y9). */
export interface ScopeAsk {
  readonly held: HeldFrom;
  /** Send the next conversations behind `held`, back to this moment; null: none. */
  readonly reach: number | null;
  /** Conversations to send wherever they lie. */
  readonly ids: readonly ConversationId[];
}

/** What became of it. */
export interface ScopeAnswer {
  /** What the desk holds once it has applied the answer; null: everything there is. */
  readonly held: HeldFrom | null;
  /** Of the ids that were asked for, those that no conversation has. */
  readonly absent: readonly ConversationId[];
}

/** The reads it takes, all from one state of the store. */
export interface ScopeReads {
  conversation(id: ConversationId): SentRow | null;
  /** The rows of a conversation in one table, in key order. */
  children(table: (typeof CHILD_TABLES)[number], id: ConversationId): readonly SentRow[];
  /** Whether a message of it, later than `at`, has stood unchanged since `seq` or before. */
  hasMessage(id: ConversationId, at: number, seq: number): boolean;
  /** Conversations that are not open, behind `held` and not before `reach`, in the order of `compareHeld`. */
  behind(held: HeldFrom, reach: number, limit: number): readonly HeldFrom[];
}

/** Rows of one step back: one transaction of the desk, a few tens of milliseconds. */
const STEP_ROWS = 2_000;
/** Conversations looked at for one step. */
const STEP_CONVERSATIONS = 400;

/** A conversation whole, as it is sent: its row and those of `CHILD_TABLES`, each table's in key order. */
export interface Whole {
  readonly rows: ReadonlyMap<ReplicatedTable, readonly SentRow[]>;
  readonly count: number;
}

/**
 * Makes the changes since `after` fit a desk that holds a part (Y9): a conversation that it may not hold comes whole, never
 * half; those asked for, and the next ones back, come whole as well. Null: more than `maxRows` for what changed.
 */
export function scopedChanges(
  reads: ScopeReads,
  changes: readonly TableChanges[],
  { after, ask, maxRows }: { readonly after: number; readonly ask: ScopeAsk; readonly maxRows: number },
): { readonly tables: readonly TableChanges[]; readonly scope: ScopeAnswer } | null {
  const taken = new Map<ConversationId, Whole>();
  const absent: ConversationId[] = [];
  let rows = 0;
  for (const id of touchedBy(changes)) {
    if (isHeld(reads, ask.held, id, after)) continue;
    const whole = readWhole(reads, id);
    if (whole === null) continue;
    rows += whole.count;
    if (rows > maxRows) return null;
    taken.set(id, whole);
  }
  for (const id of ask.ids) {
    const whole = taken.get(id) ?? readWhole(reads, id);
    if (whole === null) absent.push(id);
    else taken.set(id, whole);
  }
  const held = ask.reach === null ? ask.held : stepBack(reads, ask.held, ask.reach, taken);
  return { tables: merged(changes, taken), scope: { held, absent } };
}

/** Conversations that changed rows belong to; a deleted message does not say whose it was, and its conversation changed too. */
function touchedBy(changes: readonly TableChanges[]): ReadonlySet<ConversationId> {
  const ids = new Set<string>();
  for (const { table, puts, deletes } of changes) {
    const at = OWNER_AT[table];
    for (const { values } of at < 0 ? [] : puts) ids.add(String(values[at]));
    for (const key of at < 0 || table === 'message' ? [] : deletes) ids.add(String(key[0]));
  }
  // Texts of the columns that name a conversation.
  return ids as ReadonlySet<string> as ReadonlySet<ConversationId>;
}

/** Whether it is sure that the desk held the conversation at `after`: something later than its place had happened there. */
function isHeld(reads: ScopeReads, held: HeldFrom, id: ConversationId, after: number): boolean {
  return held.at < OPEN_WORK.at && reads.hasMessage(id, held.at, after);
}

/** Null: there is no such conversation. */
export function readWhole(
  reads: Pick<ScopeReads, 'conversation' | 'children'>,
  id: ConversationId,
): Whole | null {
  const conversation = reads.conversation(id);
  if (conversation === null) return null;
  const rows = new Map<ReplicatedTable, readonly SentRow[]>([['conversation', [conversation]]]);
  let count = 1;
  for (const table of CHILD_TABLES) {
    const found = reads.children(table, id);
    if (found.length > 0) rows.set(table, found);
    count += found.length;
  }
  return { rows, count };
}

/** Takes the next conversations back, as many as make one step and at least one; answers where the desk then stands. */
function stepBack(
  reads: ScopeReads,
  held: HeldFrom,
  reach: number,
  taken: Map<ConversationId, Whole>,
): HeldFrom | null {
  const next = reads.behind(held, reach, STEP_CONVERSATIONS);
  let count = 0;
  let last = held;
  for (const place of next) {
    // The place of a conversation names it.
    const id = place.id as ConversationId;
    const whole = taken.get(id) ?? readWhole(reads, id);
    if (whole !== null) {
      if (count > 0 && count + whole.count > STEP_ROWS) return last;
      taken.set(id, whole);
      count += whole.count;
    }
    last = place;
  }
  if (next.length === STEP_CONVERSATIONS) return last;
  if (reach <= EVERYTHING) return null;
  const reached = { at: reach - 1, id: '' };
  return compareHeld(reached, held) > 0 ? reached : held;
}

/** Changes and whole conversations together, each row once, in the replicated order. */
function merged(
  changes: readonly TableChanges[],
  taken: ReadonlyMap<ConversationId, Whole>,
): readonly TableChanges[] {
  if (taken.size === 0) return changes;
  const ids: ReadonlySet<string> = new Set(taken.keys());
  return REPLICATED_TABLES.flatMap((table) => {
    const changed = changes.find((one) => one.table === table);
    const at = OWNER_AT[table];
    const own = (changed?.puts ?? []).filter(({ values }) => at < 0 || !ids.has(String(values[at])));
    const whole = at < 0 ? [] : [...taken.values()].flatMap(({ rows }) => rows.get(table) ?? []);
    const puts = [...own, ...whole];
    const deletes = changed?.deletes ?? [];
    return puts.length + deletes.length === 0 ? [] : [{ table, puts, deletes }];
  });
}

function ownerAt(table: ReplicatedTable): number {
  if (table === 'conversation') return 0;
  const columns: readonly string[] = TABLES[table].columns;
  return isOfConversation(table) ? columns.indexOf('conversationId') : -1;
}

/** Where a table's rows name the conversation they are sent with; -1 where they are sent to everybody. */
const OWNER_AT = Object.fromEntries(REPLICATED_TABLES.map((table) => [table, ownerAt(table)])) as Readonly<
  Record<ReplicatedTable, number>
>;
