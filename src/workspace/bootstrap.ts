import { type AgentId, asId, type ConversationId } from '../base/ids.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import { parseScope, SCOPE_KEY, scopeDays } from '../domain/desk-scope.ts';
import type { WireError } from '../protocol/errors.ts';
import type { BootstrapPosition, BootstrapRequest, BootstrapResponse, TableRows } from '../protocol/sync.ts';
import {
  isOfConversation,
  REPLICATED_TABLES,
  type ReplicatedTable,
  TABLES,
  type WireValue,
} from '../protocol/tables.ts';
import { brokenLink, tableRows } from './pull.ts';
import type { Desk } from './push.ts';
import type { Whole } from './scope.ts';
import { sentRow } from './store/log.ts';
import type { ConversationOf, OpenPosition, SentRow, Store } from './store/store.ts';

export interface BootstrapDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly total: RowTotal;
}

interface Page {
  readonly tables: readonly TableRows[];
  readonly next: BootstrapPosition | null;
}

/**
 * One page of a bootstrap (Y9): open conversations first, opened last first, with all their rows, so that the list is
 * usable at once; then every table by key, or for a scoped desk what the AI is at and the tables that it always holds whole. It keeps nothing between requests: a position alone resumes it. The head is
 * read before the rows, so that the pull from the first page's cursor brings whatever changed meanwhile. `badRequest`: the
 * position is none that a page ended with. Where the log no longer holds what the page before was read from, the answer
 * says `rewritten` and has no rows (Y6).
 */
export async function bootstrap(
  deps: BootstrapDeps,
  desk: Desk,
  request: BootstrapRequest,
): Promise<Result<BootstrapResponse, WireError>> {
  const { store, clock } = deps;
  if (!isPosition(request.position)) return err({ type: 'badRequest', path: 'position.after' });
  const identity = await store.identity();
  const head = await store.head();
  const client = await store.client(asId(request.clientId));
  const isRewritten = request.seen !== undefined && (await brokenLink(store, request.seen)) !== null;
  const isScoped = await isScopedDesk(store, desk, request);
  const asked = { agentId: desk.agentId, limit: request.limit, isScoped };
  const page = isRewritten ? NO_PAGE : await readPageAt(store, request.position, asked);
  const answer: BootstrapResponse = {
    cursor: { epoch: identity.epoch, seq: head.seq, chain: head.chain },
    tables: [...page.tables],
    next: page.next === null || !isScoped ? page.next : { ...page.next, scoped: true },
    totalRows: await deps.total.of(desk.agentId, isScoped),
    lastMid: client?.agentId === desk.agentId ? client.lastMid : 0,
    now: clock.now(),
  };
  const told: BootstrapResponse = isRewritten ? { ...answer, rewritten: true } : answer;
  return ok(isScoped ? { ...told, scoped: true } : told);
}

/** Whether the desk begins with open work alone (Y9): what a bootstrap began as, it stays. */
async function isScopedDesk(store: Store, { role }: Desk, request: BootstrapRequest): Promise<boolean> {
  if (request.position !== null) return request.position.scoped === true;
  if (request.whole === true) return false;
  const [setting] = await store.rows('setting', [[SCOPE_KEY]]);
  return scopeDays(parseScope(setting?.value ?? null), role) !== null;
}

/** Whose page it is, and how large. */
interface Asked {
  readonly agentId: AgentId;
  readonly limit: number;
  readonly isScoped: boolean;
}

const NO_PAGE: Page = { tables: [], next: null };

/** Whether a position is one that a page could have ended with: it is the desk's word. */
function isPosition(position: BootstrapPosition | null): boolean {
  if (position === null || position.after === null) return true;
  if (position.phase === 'open') return openPosition(position.after) !== null;
  if (position.phase === 'withAi')
    return position.after.length === 1 && typeof position.after[0] === 'string';
  return position.after.length === TABLES[position.phase].key.length;
}

async function readPageAt(store: Store, position: BootstrapPosition | null, asked: Asked): Promise<Page> {
  if (position === null || position.phase === 'open')
    return openConversations(store, asked, position === null ? null : openPosition(position.after));
  if (position.phase === 'withAi') return withAi(store, asked, String(position.after?.[0] ?? ''));
  return tablePages(store, asked, { table: position.phase, after: position.after });
}

function openPosition(after: readonly WireValue[] | null): OpenPosition | null {
  const [openedAt, id] = after ?? [];
  return typeof openedAt === 'number' && typeof id === 'string' ? { openedAt, id } : null;
}

/** Rows of a usual conversation: how many are read together so that a page is about full. */
const USUAL_ROWS = 25;

/** Open conversations whole, as many as fit: at least one, so that it always moves on. */
async function openConversations(
  store: Store,
  { agentId, limit, isScoped }: Asked,
  after: OpenPosition | null,
): Promise<Page> {
  const wanted = pageOf(limit);
  const open = await store.openPage(after, wanted);
  const rows = new PageRows();
  // Names and rules come first: a list without them is not usable.
  if (after === null) {
    for (const table of ['setting', 'agent'] as const)
      rows.addAll(table, (await store.page({ table, after: null, limit, agentId })).map(sentRow));
  }
  const taken = await takeWhole(store, open, agentId, rows, limit);
  const last = taken.at(-1);
  const hasMore = taken.length < open.length || open.length === wanted;
  return {
    tables: rows.tables(),
    next:
      hasMore && last !== undefined
        ? { phase: 'open', after: [last.openedAt, last.id] }
        : { phase: isScoped ? 'withAi' : REPLICATED_TABLES[0], after: null },
  };
}

/** What the AI is at, whole: of a desk that holds a part, which would lack what is older than its days. */
async function withAi(store: Store, { agentId, limit }: Asked, afterId: string): Promise<Page> {
  const wanted = pageOf(limit);
  const found = await store.withAiPage(afterId, wanted);
  const rows = new PageRows();
  const taken = await takeWhole(store, found, agentId, rows, limit);
  const last = taken.at(-1);
  const hasMore = taken.length < found.length || found.length === wanted;
  return {
    tables: rows.tables(),
    next:
      hasMore && last !== undefined
        ? { phase: 'withAi', after: [last.id] }
        : { phase: REPLICATED_TABLES[0], after: null },
  };
}

function pageOf(limit: number): number {
  return Math.max(1, Math.floor(limit / USUAL_ROWS));
}

/** A conversation that was listed, and is there no more. */
const GONE: Whole = { rows: new Map(), count: 0 };

async function takeWhole<One extends ConversationOf>(
  store: Store,
  open: readonly One[],
  agentId: AgentId,
  rows: PageRows,
  limit: number,
): Promise<readonly One[]> {
  const ids: readonly ConversationId[] = open.map((row) => asId(row.id));
  const wholes = await store.wholes(ids);
  const customers = await store.sentRows(
    'customer',
    open.map((row) => [row.customerId]),
  );
  const markers = await store.sentRows(
    'readMarker',
    ids.map((id) => [agentId, id]),
  );
  const taken: One[] = [];
  for (const [index, one] of open.entries()) {
    const whole = wholes[index] ?? GONE;
    // With its customer and its read marker.
    if (taken.length > 0 && rows.count + whole.count + 2 > limit) break;
    for (const [table, list] of whole.rows) rows.addAll(table, list);
    rows.add('customer', customers[index]);
    rows.add('readMarker', markers[index]);
    taken.push(one);
  }
  return taken;
}

/** Tables by key from a position on, until the page is full or nothing is left. */
async function tablePages(
  store: Store,
  { agentId, limit, isScoped }: Asked,
  from: { readonly table: ReplicatedTable; readonly after: readonly WireValue[] | null },
): Promise<Page> {
  const rows = new PageRows();
  let after = from.after;
  for (const table of REPLICATED_TABLES.slice(REPLICATED_TABLES.indexOf(from.table))) {
    if (isScoped && isOfConversation(table)) continue;
    const left = limit - rows.count;
    if (left === 0) return { tables: rows.tables(), next: { phase: table, after: null } };
    const page = await store.page({ table, after, limit: left, agentId });
    rows.addAll(table, page.map(sentRow));
    const last = page.at(-1);
    if (page.length === left && last !== undefined)
      return { tables: rows.tables(), next: { phase: table, after: keyOfValues(table, last) } };
    after = null;
  }
  return { tables: rows.tables(), next: null };
}

function keyOfValues(table: ReplicatedTable, values: readonly WireValue[]): WireValue[] {
  const spec = TABLES[table];
  const columns: readonly string[] = spec.columns;
  return spec.key.map((column) => values[columns.indexOf(column)] ?? null);
}

/** Rows of a page by table. */
class PageRows {
  count = 0;
  private readonly byTable = new Map<ReplicatedTable, SentRow[]>();

  add(table: ReplicatedTable, row: SentRow | null | undefined): void {
    if (row !== null && row !== undefined) this.addAll(table, [row]);
  }

  addAll(table: ReplicatedTable, rows: readonly SentRow[]): void {
    if (rows.length === 0) return;
    const list = this.byTable.get(table) ?? [];
    for (const row of rows) list.push(row);
    this.byTable.set(table, list);
    this.count += rows.length;
  }

  /** In the replicated order, whatever order they were added in. */
  tables(): TableRows[] {
    const tables: TableRows[] = [];
    for (const table of REPLICATED_TABLES) {
      const puts = this.byTable.get(table);
      if (puts !== undefined) tables.push(tableRows({ table, puts, deletes: [] }));
    }
    return tables;
  }
}

/** How many rows a bootstrap sends, counted at most once a minute: a count walks every table. */
export interface RowTotal {
  of(agentId: AgentId, isScoped: boolean): Promise<number>;
}

const COUNT_AGE = 60_000;

export function rowTotal(store: Store, clock: Clock): RowTotal {
  const known = new Map<string, { readonly at: number; readonly count: number }>();
  return {
    of: async (agentId, isScoped) => {
      const now = clock.now();
      const whose = `${isScoped ? 'part' : 'whole'} ${agentId}`;
      const last = known.get(whose);
      if (last !== undefined && now - last.at >= 0 && now - last.at < COUNT_AGE) return last.count;
      const count = await store.count(agentId, isScoped);
      known.set(whose, { at: now, count });
      return count;
    },
  };
}
