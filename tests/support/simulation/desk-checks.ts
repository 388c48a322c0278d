import { must } from '../../../src/base/must.ts';
import { readBaseRows } from '../../../src/desk/replica/base-rows.ts';
import { prepareCall } from '../../../src/desk/replica/calls.ts';
import { loadReads, overlayOf } from '../../../src/desk/replica/load-rows.ts';
import { rebase } from '../../../src/desk/replica/rebase.ts';
import type { InvertibleCall } from '../../../src/desk/replica/replica.ts';
import { columnsOf } from '../../../src/desk/replica/row-sql.ts';
import { rowKey, rowSpace } from '../../../src/desk/replica/row-space.ts';
import { REPLICATED_TABLES, rowToWire, TABLES, type WireValue } from '../../../src/protocol/tables.ts';
import type { SimDesk } from './sim-desk.ts';
import type { SimWorkspace } from './sim-workspace.ts';
import type { RowMap } from './truth.ts';
import { broken } from './violation.ts';

const READS = REPLICATED_TABLES.map((table) => {
  const spec: { readonly sql: string; readonly key: readonly string[]; readonly columns: readonly string[] } =
    TABLES[table];
  return {
    table,
    name: spec.sql,
    sql: `SELECT ${columnsOf(table)} FROM ${spec.sql}`,
    at: spec.key.map((column) => spec.columns.indexOf(column)),
  };
});

/** What a desk shows, by `rowKey`, as JSON; tables that nothing can have written are taken from the last reading. */
function viewRows(desk: SimDesk): RowMap {
  const { touched } = desk.power;
  const { db } = desk.core.replica;
  const rows: RowMap = new Map();
  for (const { table, name, sql, at } of READS) {
    let part = desk.view.get(table);
    if (part === undefined || touched.has('*') || touched.has(name)) {
      part = new Map();
      for (const values of db.prepareRaw<WireValue[], []>(sql).all())
        part.set(
          rowKey(
            table,
            at.map((index) => values[index] ?? null),
          ),
          JSON.stringify(values),
        );
      desk.view.set(table, part);
    }
    for (const [key, json] of part) rows.set(key, json);
  }
  touched.clear();
  return rows;
}

function differ(left: RowMap, right: RowMap): string | null {
  for (const [key, json] of left) {
    const other = right.get(key);
    if (other !== json) return `${key.replaceAll('\n', ' ')}: ${json} | ${other ?? 'nothing'}`;
  }
  for (const key of right.keys())
    if (!left.has(key)) return `${key.replaceAll('\n', ' ')}: nothing | ${right.get(key) ?? ''}`;
  return null;
}

/** Checks what must hold of a desk after every step; nothing where nothing was written since the last time. */
export function checkDesk(desk: SimDesk, workspace: SimWorkspace): void {
  const thrown = desk.takeThrown();
  if (thrown !== null) throw thrown;
  if (desk.power.dead || desk.checkedWrites === desk.power.writes) return;
  desk.checkedWrites = desk.power.writes;
  const { replica, outbox } = desk.core;
  checkNumbers(desk);
  const state = replica.state();
  followCursor(desk);
  const view = viewRows(desk);
  const copies = readBaseRows(replica.db, 'all');
  const base = new Map(view);
  for (const [key, row] of copies) {
    if (row.values === null) base.delete(key);
    else base.set(key, JSON.stringify(row.values));
  }
  if (state.cursor !== null && state.bootstrap.state === 'done') {
    if (workspace.truth.seqOf(state.cursor.chain) !== state.cursor.seq)
      broken('Y6', 'a cursor that never was');
    workspace.truth.move(desk.expected, desk.expectedAt, state.cursor.chain, desk.deps.agentId);
    desk.expectedAt = state.cursor.chain;
    const wrong = desk.isFuzzy ? null : differ(base, desk.expected);
    if (wrong !== null)
      broken('I1', `desk ${desk.deps.index} at ${state.cursor.seq}: base | workspace: ${wrong}`);
  }
  if (state.agentId === null) return;
  const who = { agentId: state.agentId, clientId: desk.core.clientId };
  const calls: InvertibleCall[] = [];
  for (const entry of outbox.pendingAfter(state.lastMid)) {
    const prepared = prepareCall(entry, who);
    if (prepared.ok) calls.push(prepared.value);
  }
  const shown = replica.pending().map((call) => call.mid);
  if (shown.join() !== calls.map((call) => call.mid).join())
    broken('Y1', `the view holds ${shown.join()}, the outbox ${calls.map((call) => call.mid).join()}`);
  if (calls.length === 0 && copies.size === 0) return;
  const space = rowSpace();
  loadReads(
    replica.db,
    space,
    calls.map((call) => call.reads),
    overlayOf(copies),
  );
  rebase(space, calls, replica.frame());
  for (const [key, final] of space.finals()) {
    if (final.row === null) base.delete(key);
    else base.set(key, JSON.stringify(rowToWire(final.table, final.row as never)));
  }
  const wrong = differ(view, base);
  if (wrong !== null) broken('Y7', `desk ${desk.deps.index}: view | fold(pending, base): ${wrong}`);
}

/** I2, Y7: the cursor goes back only through a reset. */
function followCursor(desk: SimDesk): void {
  const { cursor, bootstrap } = desk.core.replica.state();
  const wasReset = desk.resets !== desk.seenResets;
  desk.seenResets = desk.resets;
  if (bootstrap.state !== 'done' || cursor === null) {
    desk.isFuzzy = true;
    desk.lastSeq = -1;
    desk.seenCursor = cursor;
    return;
  }
  if (cursor !== desk.seenCursor && desk.seenCursor !== null && !wasReset) desk.isFuzzy = false;
  if (wasReset) desk.isFuzzy = true;
  desk.seenCursor = cursor;
  if (cursor.seq < desk.lastSeq && !wasReset)
    broken('I2', `the cursor went from ${desk.lastSeq} to ${cursor.seq}`);
  desk.lastSeq = cursor.seq;
}

/** Y1, Y12: numbers without gaps, and no two records of one. */
function checkNumbers(desk: SimDesk): void {
  const entries = desk.core.outbox.entries();
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before !== undefined && entry.mid !== before.mid + 1)
      broken('Y1', `mid ${entry.mid} follows ${before.mid}`);
  }
  const last = entries.at(-1);
  if (last !== undefined && last.mid >= desk.core.outbox.nextMid())
    broken('Y1', `mid ${last.mid} would be used again`);
}

interface Stored {
  readonly mid: number;
  readonly name: string;
}

/** I5: what was called saved lies in the files of this desk: waiting, journalled or set before a person. */
export function checkSaved(desk: SimDesk): void {
  const db = desk.deps.files.outbox();
  const names = (table: string): Map<number, string> =>
    new Map(db.all<Stored>(`SELECT mid, name FROM ${table} LIMIT 10000`).map(({ mid, name }) => [mid, name]));
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
  const client = desk.core.clientId;
  for (const { mid, outcome } of desk.core.outbox.entries())
    if (outcome !== null && !workspace.answered.has(`${client}:${mid}:${outcome}`))
      broken('I5', `desk ${desk.deps.index}: mid ${mid} counts as ${outcome}`);
  const { lastMid } = desk.core.replica.state();
  if (
    lastMid > 0 &&
    !workspace.answered.has(`${client}:${lastMid}:applied`) &&
    !workspace.answered.has(`${client}:${lastMid}:refused`)
  )
    broken('I5', `desk ${desk.deps.index}: confirmed up to ${lastMid}`);
}

/** At rest: everything arrived, and the desk is the workspace row by row (I11, I12). */
export function checkAtRest(desk: SimDesk, workspace: SimWorkspace, chain: string): void {
  const { index, agentId } = desk.deps;
  const { replica, outbox } = desk.core;
  // Everything is read again from the file.
  desk.power.touched.add('*');
  const waiting = outbox.entries();
  if (waiting.length > 0)
    broken(
      'I12',
      `desk ${index}: ${waiting.map(({ mid, name, outcome }) => `${mid} ${name} ${outcome ?? ''}`).join()} left`,
    );
  const { cursor } = replica.state();
  if (must(cursor, 'a cursor').chain !== chain) broken('I11', `desk ${index} is not at the head`);
  const truth: RowMap = new Map();
  workspace.truth.move(truth, null, chain, agentId);
  const wrong = differ(viewRows(desk), truth);
  if (wrong !== null) broken('I11', `desk ${index}: desk | workspace: ${wrong}`);
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
