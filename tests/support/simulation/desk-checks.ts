import { must } from '../../../src/base/must.ts';
import type { Entry } from '../../../src/desk/outbox/entry.ts';
import type { BaseRow } from '../../../src/desk/replica/base-rows.ts';
import { prepareCall } from '../../../src/desk/replica/calls.ts';
import { loadReads, overlayOf } from '../../../src/desk/replica/load-rows.ts';
import { rebase } from '../../../src/desk/replica/rebase.ts';
import type { InvertibleCall } from '../../../src/desk/replica/replica.ts';
import { type FinalRow, rowSpace } from '../../../src/desk/replica/row-space.ts';
import { affectedScopes, messageScope, type Scope, SHARED_TABLES } from '../../../src/desk/replica/scopes.ts';
import type { HeldFrom } from '../../../src/domain/desk-scope.ts';
import { rowToWire } from '../../../src/protocol/tables.ts';
import { type ByRow, joined } from './by-row.ts';
import { baseDiffers, type DeskRows, differenceOf, rowDiffers, wholeDiffers } from './desk-rows.ts';
import { partDiffers } from './scope-checks.ts';
import type { DeskBegins, SimDesk } from './sim-desk.ts';
import type { SimWorkspace } from './sim-workspace.ts';
import type { Change, RowAt, RowMap, RowValues } from './truth.ts';
import { broken } from './violation.ts';

/** A whole comparison after this many partial ones: what followed rows might have missed shows there. */
const WHOLE_EVERY = 64;

/**
 * Checks what must hold of a desk after every step; nothing where nothing was written since the last time. Rows that
 * neither side wrote since they were last compared are not compared again, but for every 64th time and at rest.
 */
export function checkDesk(desk: SimDesk, workspace: SimWorkspace): void {
  const thrown = desk.takeThrown();
  if (thrown !== null) throw thrown;
  if (desk.power.dead || desk.checkedWrites === desk.power.writes) return;
  desk.checkedWrites = desk.power.writes;
  desk.checks += 1;
  const isWhole = desk.checks % WHOLE_EVERY === 0;
  const { replica, outbox } = desk.core;
  checkNumbers(desk);
  followCursor(desk);
  desk.rows.look(replica.db, desk.power.touched);
  if (desk.power.touched.size > 0) desk.power.touched.clear();
  checkPrefix(desk, workspace, isWhole);
  const { agentId, lastMid } = replica.state();
  if (agentId === null) return;
  const who = { agentId, clientId: desk.core.clientId };
  const calls: InvertibleCall[] = [];
  for (const entry of outbox.pendingAfter(lastMid)) {
    const call = preparedCall(desk, entry, who);
    if (call !== null) calls.push(call);
  }
  const shown = replica.pending().map((call) => call.mid);
  if (shown.length !== calls.length || calls.some(({ mid }, index) => mid !== shown[index]))
    broken('Y1', `the view holds ${shown.join()}, the outbox ${calls.map((call) => call.mid).join()}`);
  checkFold(desk, calls, isWhole);
}

/** A call made ready, and what of. */
export interface Prepared {
  readonly entry: Entry;
  readonly call: InvertibleCall | null;
}

/** The call of an entry; who made it never changes. */
function preparedCall(desk: SimDesk, entry: Entry, who: Parameters<typeof prepareCall>[1]): Prepared['call'] {
  const found = desk.prepared.get(entry.mid);
  if (found?.entry === entry) return found.call;
  const isAsBefore = found !== undefined && isSameCall(found.entry, entry);
  const call = isAsBefore ? found.call : callOf(entry, who);
  desk.prepared.set(entry.mid, { entry, call });
  return call;
}

/** Arguments stay the same object while an entry's record changes; a desk that starts reads them anew. */
function isSameCall(left: Entry, right: Entry): boolean {
  if (left.name !== right.name || left.madeAt !== right.madeAt) return false;
  return left.args === right.args || JSON.stringify(left.args) === JSON.stringify(right.args);
}

function callOf(entry: Entry, who: Parameters<typeof prepareCall>[1]): InvertibleCall | null {
  const made = prepareCall(entry, who);
  return made.ok ? made.value : null;
}

/** I1: the base is the workspace at exactly the cursor, row by row. */
function checkPrefix(desk: SimDesk, workspace: SimWorkspace, isWhole: boolean): void {
  const { rows, expected } = desk;
  const { cursor, bootstrap } = desk.core.replica.state();
  if (cursor === null || bootstrap.state !== 'done') {
    desk.compared = null;
    return;
  }
  if (workspace.truth.seqOf(cursor.chain) !== cursor.seq) broken('Y6', 'a cursor that never was');
  const moved = workspace.truth.move(expected, desk.expectedAt, cursor.chain, desk.deps.agentId);
  desk.expectedAt = cursor.chain;
  if (desk.isFuzzy) {
    desk.compared = null;
    return;
  }
  const { held } = desk.core.replica.state();
  const place = placeOf(held);
  const isPartly = !isWhole && moved !== null && desk.compared === place;
  desk.compared = place;
  let wrong: string | null = null;
  if (isPartly && moved.length === 0 && rows.changed.size === 0) return;
  if (held !== null) {
    const written = isPartly ? [...moved, ...rows.changedRows()] : null;
    wrong = partDiffers({ rows, expected, held, has: desk.has }, written);
  } else if (isPartly) wrong = movedDiffers(rows, expected, moved);
  else wrong = baseDiffers(rows, expected);
  if (wrong !== null) broken('I1', `desk ${desk.deps.index} at ${cursor.seq}: base | workspace: ${wrong}`);
}

/** What a desk holds, by value: a part from somewhere on, or everything. */
function placeOf(held: HeldFrom | null): string {
  return held === null ? 'everything' : `${held.at} ${held.id}`;
}

/** The first difference among the rows that either side wrote since they were last compared. */
function movedDiffers(rows: DeskRows, expected: RowMap, moved: readonly RowAt[]): string | null {
  for (const at of moved) {
    if (rows.hasChanged(at.table, at.key)) continue;
    const wrong = rowDiffers(rows, at, expected.get(at.table, at.key) ?? null);
    if (wrong !== null) return wrong;
  }
  for (const [table, keys] of rows.changed)
    for (const key of keys) {
      const told = expected.get(table, key) ?? null;
      if (!rows.holds(table, key, told)) return rowDiffers(rows, { table, key }, told);
    }
  return null;
}

/** I8, Y7: the view is what the pending mutations make of the base: of all, or of what could be another than last time. */
function checkFold(desk: SimDesk, calls: readonly InvertibleCall[], isWhole: boolean): void {
  const { rows } = desk;
  // Nothing is pending and nothing was: what is shown is the base itself.
  if (calls.length === 0 && desk.folded.length === 0 && rows.copies.size === 0) return;
  const affected = isWhole ? 'all' : touchedScopes(desk, calls);
  desk.folded = calls;
  if (affected !== 'all' && affected.size === 0) return;
  const isIn = (scope: Scope): boolean => affected === 'all' || affected.has(scope);
  const own = calls.filter((call) => affected === 'all' || call.scopes.some(isIn));
  const covered = rows.covered();
  const finals = foldOf(desk, own, covered);
  const compare = (at: RowAt, folded: RowValues | null): void => {
    if (rows.shows(at.table, at.key, folded)) return;
    const difference = differenceOf(at, rows.shown(at.table, at.key), folded);
    broken('Y7', `desk ${desk.deps.index}: view | fold(pending, base): ${difference}`);
  };
  for (const { table, key, row } of finals.values())
    compare({ table, key: joined(key) }, row === null ? null : rowToWire(table, row as never));
  for (const [name, { table, key, scope, values }] of covered)
    if (!finals.has(name) && isIn(scope)) compare({ table, key: joined(key) }, values);
}

/** What these calls make of the base, read again and worked out from nothing. */
function foldOf(
  { core }: SimDesk,
  calls: readonly InvertibleCall[],
  covered: ReadonlyMap<string, BaseRow>,
): ReadonlyMap<string, FinalRow> {
  const space = rowSpace();
  if (calls.length === 0) return space.finals();
  loadReads(
    core.replica.db,
    space,
    calls.map((call) => call.reads),
    overlayOf(covered),
  );
  rebase(space, calls, core.replica.frame());
  return space.finals();
}

/** Where the fold may come out otherwise than at the last look: rows written, calls come and gone, and what they reach. */
function touchedScopes(desk: SimDesk, calls: readonly InvertibleCall[]): ReadonlySet<Scope> | 'all' {
  const scopes = new Set<Scope>();
  for (const [table, keys] of desk.rows.changed) {
    if (SHARED_TABLES.includes(table)) return 'all';
    for (const key of keys) {
      const scope = desk.rows.scopeOf(table, key);
      if (scope === null) return 'all';
      scopes.add(scope);
      if (table === 'message') scopes.add(messageScope(String(key)));
    }
  }
  const came = calls.filter((call) => !desk.folded.includes(call));
  const gone = desk.folded.filter((call) => !calls.includes(call));
  for (const call of came) for (const scope of call.scopes) scopes.add(scope);
  for (const call of gone) for (const scope of call.scopes) scopes.add(scope);
  return scopes.size === 0 ? scopes : affectedScopes([...calls, ...gone], scopes);
}

/** I2, Y6, Y7: the cursor goes back only through a reset. The base is no state of the workspace until it has passed its pages. */
function followCursor(desk: SimDesk): void {
  const { cursor, bootstrap } = desk.core.replica.state();
  const wasReset = desk.resets !== desk.seenResets;
  desk.seenResets = desk.resets;
  if (wasReset || bootstrap.state === 'due') desk.pagesTo = 0;
  if (bootstrap.seen !== null) desk.pagesTo = Math.max(desk.pagesTo, bootstrap.seen.seq);
  if (bootstrap.state !== 'done' || cursor === null) {
    desk.isFuzzy = true;
    desk.lastSeq = -1;
    desk.seenCursor = cursor;
    return;
  }
  if (cursor.seq < desk.pagesTo && bootstrap.seen === null)
    broken('Y6', `at ${cursor.seq} it forgot that its pages were read at ${desk.pagesTo}`);
  const hasMoved = cursor !== desk.seenCursor && desk.seenCursor !== null;
  desk.seenCursor = cursor;
  if (wasReset) desk.isFuzzy = true;
  else if (hasMoved && cursor.seq >= desk.pagesTo) {
    desk.isFuzzy = false;
    desk.pagesTo = 0;
  }
  if (cursor.seq < desk.lastSeq && !wasReset)
    broken('I2', `the cursor went from ${desk.lastSeq} to ${cursor.seq}`);
  desk.lastSeq = cursor.seq;
}

/** Y1, Y12: numbers without gaps, and no two records of one. */
function checkNumbers(desk: SimDesk): void {
  const entries = desk.core.outbox.entries();
  if (entries === desk.numbered) return;
  desk.numbered = entries;
  let last: number | null = null;
  for (const { mid } of entries) {
    if (last !== null && mid !== last + 1) broken('Y1', `mid ${mid} follows ${last}`);
    last = mid;
  }
  if (last !== null && last >= desk.core.outbox.nextMid()) broken('Y1', `mid ${last} would be used again`);
}

/** I5: what was called saved lies in the files of this desk: waiting, journalled or set before a person. */
export function checkSaved(desk: SimDesk): void {
  const db = desk.deps.files.outbox();
  const names = (table: string): Map<number, string> =>
    new Map(db.prepareRaw<[number, string], []>(`SELECT mid, name FROM ${table}`).all());
  const outbox = names('outbox');
  const journal = names('journal');
  for (const [mid, name] of desk.ledger.mids) {
    const held = outbox.get(mid) ?? journal.get(mid);
    if (held === undefined)
      broken('I5', `desk ${desk.deps.index}: ${name} (mid ${mid}) was saved and is gone`);
    if (held !== name && held !== 'noop')
      broken('I4', `desk ${desk.deps.index}: mid ${mid} was ${name} and is ${held}`);
  }
}

/** I5: what the desk counts as answered, the workspace has answered so. */
export function checkAnswered(desk: SimDesk, workspace: SimWorkspace): void {
  const { core } = desk;
  const entries = core.outbox.entries();
  const { lastMid } = core.replica.state();
  // What the workspace has answered only grows.
  if (entries === desk.answeredOf && lastMid === desk.answeredTo) return;
  desk.answeredOf = entries;
  desk.answeredTo = lastMid;
  const client = core.clientId;
  for (const { mid, outcome } of entries)
    if (outcome !== null && !workspace.answered.has(client, mid, outcome))
      broken('I5', `desk ${desk.deps.index}: mid ${mid} counts as ${outcome}`);
  if (lastMid > 0 && !workspace.answered.has(client, lastMid))
    broken('I5', `desk ${desk.deps.index}: confirmed up to ${lastMid}`);
}

/** At rest: everything arrived, and the desk is the workspace row by row, of which `whole` are all (I11, I12). */
export function checkAtRest(desk: SimDesk, whole: ByRow<Change>, chain: string): void {
  const { index, agentId } = desk.deps;
  const { replica, outbox } = desk.core;
  const waiting = outbox.entries();
  if (waiting.length > 0)
    broken(
      'I12',
      `desk ${index}: ${waiting.map(({ mid, name, outcome }) => `${mid} ${name} ${outcome ?? ''}`).join()} left`,
    );
  const { cursor } = replica.state();
  if (must(cursor, 'a cursor').chain !== chain) broken('I11', `desk ${index} is not at the head`);
  const wrong = wholeDiffers(desk.rows.readAgain(replica.db), whole, agentId);
  if (wrong !== null) broken('I11', `desk ${index}: desk | workspace: ${wrong}`);
}

/** What a desk at rest holds, compared: for schedules that begin there. */
export function comparedAtRest(desk: SimDesk, workspace: SimWorkspace): DeskBegins {
  const { cursor } = desk.core.replica.state();
  const { chain } = must(cursor, 'a cursor');
  checkAtRest(desk, workspace.truth.whole(chain), chain);
  return { view: desk.rows.readAgain(desk.core.replica.db).view, chain };
}

/** At rest: every text that was called saved is delivered once, or lies before its author (I4, I5, I12, I13). */
export async function checkTexts(desks: readonly SimDesk[], { store }: SimWorkspace): Promise<void> {
  const rows = await store.rowsOf('message', await store.conversationIds('', 1_000));
  const delivered = new Map<string, number>();
  for (const { text } of [...rows.values()].flat()) delivered.set(text, (delivered.get(text) ?? 0) + 1);
  for (const { core, ledger, deps } of desks) {
    const shown = JSON.stringify(core.outbox.attention().map((item) => item.args));
    for (const [text, state] of ledger.texts) {
      const times = delivered.get(text) ?? 0;
      if (times > 1) broken('I4', `desk ${deps.index}: "${text}" was delivered ${times} times`);
      if (state === 'saved' && times === 0 && !shown.includes(text))
        broken('I5', `desk ${deps.index}: "${text}" was saved and is lost`);
      if (state === 'recalled' && times > 0)
        broken('Y12', `desk ${deps.index}: "${text}" was recalled and delivered`);
    }
  }
}
