import type { ConversationId } from '../../base/ids.ts';
import type { ListQuery, ListRow, OpenList } from '../../protocol/rpc/list.ts';
import { createMatcher } from '../columns/matcher.ts';
import { Mirror, type MirrorListener } from '../columns/mirror.ts';
import { countOf, pageOf, recordsByNumber, rowsByIds } from '../queries/list-page.ts';
import { type ListRecord, recordToListRow } from '../queries/list-row.ts';
import { createSearch, type Search } from '../search/search.ts';
import type { ListDeps, ListService, ReplicaChange } from '../service/lists.ts';
import { OpenRows } from './open-rows.ts';
import { countChanged, dropGone, noteChange, type View } from './view.ts';

/** Views kept at a time, and row numbers in all of them; the one that was longest unused goes first. */
export const MOST_VIEWS = 16;
export const MOST_VIEW_ROWS = 6_000_000;
/** Changed rows that one slice takes in, and that a question takes in before it is answered (some 20 ms). */
const ROWS_A_SLICE = 500;
const ROWS_A_QUESTION = 2_000;
/** Slices between two tellings of how far indexing is. */
const SLICES_A_STATUS = 25;

interface Waiting {
  readonly query: ListQuery;
  readonly resolve: (facets: ReturnType<Mirror['facets']>) => void;
  readonly reject: (reason: Error) => void;
}

const EVERY = (): boolean => true;

/** Everything a list service holds. */
interface State {
  readonly deps: ListDeps;
  /** Null until the first slice: the first page does not wait for it. */
  mirror: Mirror | null;
  readonly search: Search;
  readonly openRows: OpenRows;
  /** In the order of their last use, the latest at the end. */
  readonly views: Map<string, View>;
  waiting: Waiting[];
  customersWanted: boolean;
  nextView: number;
  slices: number;
  /** Whether a question was answered with changes left to take in: it is worth asking again after them. */
  isStale: boolean;
  /** Whether more is to be indexed than what just changed: then its end is told. */
  isBehind: boolean;
  cancel: (() => void) | null;
  isDisposed: boolean;
}

/** Makes the list service over a replica (see `ListService`). Indexing begins at once, in slices. */
export function createListService(deps: ListDeps): ListService {
  const state: State = {
    deps,
    mirror: null,
    search: createSearch(deps.db),
    openRows: new OpenRows(deps.db, () => deps.me),
    views: new Map(),
    waiting: [],
    customersWanted: false,
    nextView: 1,
    slices: 0,
    isStale: false,
    isBehind: true,
    cancel: null,
    isDisposed: false,
  };
  schedule(state);
  return {
    open: (query, limit) => openList(state, `v${state.nextView++}`, query, 0, limit),
    rows: (viewId, offset, limit) => {
      const view = find(state, viewId);
      if (view === null) return null;
      return {
        offset,
        rows: rowsAt(state, view, offset, limit),
        total: view.total,
        changed: state.mirror === null ? 0 : countChanged(view, state.mirror.columns),
      };
    },
    refresh: (viewId, offset, limit) => {
      const old = find(state, viewId);
      return old === null ? null : openList(state, old.id, old.query, offset, limit);
    },
    locate: (viewId, conversationId) => locate(state, viewId, conversationId),
    close: (viewId) => {
      state.views.delete(viewId);
    },
    facets: (query) => {
      flush(state);
      if (state.mirror?.isReady === true)
        return Promise.resolve(state.mirror.facets(query, amongOf(state, query)));
      return new Promise((resolve, reject) => state.waiting.push({ query, resolve, reject }));
    },
    search: (text, after, limit) => state.search.find(text, after, limit),
    rowsOf: (ids) => rowsByIds(deps.db, ids, deps.me, deps.marks),
    changed: (change) => takeChange(state, change),
    indexing: () => indexing(state),
    dispose: () => dispose(state),
  };
}

function find(state: State, viewId: string): View | null {
  flush(state);
  const view = state.views.get(viewId);
  if (view === undefined) return null;
  state.views.delete(viewId);
  state.views.set(viewId, view);
  return view;
}

/** Keeps a view, and lets go of those longest unused beyond what memory allows. */
function keep(state: State, view: View): void {
  state.views.delete(view.id);
  state.views.set(view.id, view);
  let rows = 0;
  for (const held of state.views.values()) rows += held.order.length;
  for (const held of state.views.values()) {
    if (held === view || (state.views.size <= MOST_VIEWS && rows <= MOST_VIEW_ROWS)) break;
    rows -= held.order.length;
    state.views.delete(held.id);
  }
}

/** Freezes a query's order as things are now and shows a part of it. */
function openList(state: State, id: string, query: ListQuery, offset: number, limit: number): OpenList {
  flush(state);
  const mirror = state.mirror?.isReady === true ? state.mirror : null;
  const among = amongOf(state, query);
  const selected = among === null ? null : (mirror?.select(query) ?? null);
  const order = query.among === undefined ? selected : (selected?.filter((n) => among?.(n) === true) ?? null);
  if (mirror === null || order === null) return openFirstPage(state, id, query, offset, limit);
  const matcher = createMatcher(mirror.columns.kinds, query, state.deps.me);
  const fresh = { originals: new Map(), isAllChanged: false };
  const view: View = {
    id,
    query,
    order,
    total: order.length,
    ready: true,
    matcher,
    among: query.among === undefined ? null : among,
    ...fresh,
  };
  keep(state, view);
  return { viewId: id, total: view.total, ready: true, rows: rowsAt(state, view, offset, limit) };
}

/** What a query's `among` holds: everything where it names no figure, null while that is not known yet. */
function amongOf(state: State, query: ListQuery): ((n: number) => boolean) | null {
  return query.among === undefined ? EVERY : (state.deps.among?.(query.among) ?? null);
}

/** While the columns (or the order by customers) are not built: the first rows from SQL, and how many there are. */
function openFirstPage(state: State, id: string, query: ListQuery, offset: number, limit: number): OpenList {
  const { db, me } = state.deps;
  if (state.mirror?.isReady === true) {
    state.customersWanted = true;
    schedule(state);
  }
  // What is behind a figure, only the columns know: an empty page until they are built.
  const { records } =
    query.among === undefined ? pageOf(db, { query, me, after: null, limit: offset + limit }) : NOTHING;
  // A page that is not full holds everything.
  const total =
    query.among !== undefined ? 0 : records.length < offset + limit ? records.length : countOf(db, query, me);
  const order = Uint32Array.from(records, (record) => record.n);
  const fresh = { originals: new Map(), isAllChanged: false };
  keep(state, { id, query, order, total, ready: false, matcher: null, among: null, ...fresh });
  return { viewId: id, total, ready: false, rows: rowsOf(state, records.slice(offset)) };
}

const NOTHING: { readonly records: readonly ListRecord[] } = { records: [] };

function rowsOf(state: State, records: readonly ListRecord[]): readonly ListRow[] {
  return records.map((record) => recordToListRow(record, state.deps.marks(record.id)));
}

function rowsAt(state: State, view: View, offset: number, limit: number): readonly ListRow[] {
  const { db, me } = state.deps;
  const numbers = [...view.order.subarray(offset, offset + limit)];
  // What is open is known by the columns: until they are ready, the replica alone is asked.
  const { mirror } = state;
  const isReady = mirror?.isReady === true;
  return rowsOf(
    state,
    isReady ? state.openRows.read(numbers, mirror.columns) : recordsByNumber(db, numbers, me),
  );
}

function locate(state: State, viewId: string, conversationId: ConversationId): number | null {
  const view = find(state, viewId);
  if (view === null) return null;
  const n = state.deps.db.pluck<number>('SELECT n FROM conversation WHERE id = ?', conversationId);
  const index = n === undefined ? -1 : view.order.indexOf(n);
  return index < 0 ? null : index;
}

/** Takes in what changed since (`most` rows at most), telling every view; false when nothing is left. */
function takeIn(state: State, most: number): boolean {
  const { mirror, views } = state;
  if (mirror === null) return false;
  const listener: MirrorListener = {
    gone: (numbers) => views.forEach((view) => dropGone(view, numbers)),
    changed: (before) => views.forEach((view) => noteChange(view, mirror.columns, before)),
  };
  return mirror.flush(listener, most);
}

/** Before a question: takes in what changed, as far as the time allows. */
function flush(state: State): void {
  if (takeIn(state, ROWS_A_QUESTION)) state.isStale = true;
}

function takeChange(state: State, change: ReplicaChange): void {
  if (change.conversations === null) state.isBehind = true;
  state.mirror?.changed(change.conversations);
  state.mirror?.customersChanged(change.customers);
  state.openRows.changed(change);
  schedule(state);
}

function indexing(state: State): ReturnType<ListService['indexing']> {
  const { mirror } = state;
  const parts = [mirror?.isReady === false ? mirror.progress : null, state.search.progress()];
  const open = parts.filter((part) => part !== null);
  if (open.length === 0) return null;
  // Whoever was told that it is under way is told of its end.
  state.isBehind = true;
  return {
    done: open.reduce((sum, part) => sum + part.done, 0),
    total: open.reduce((sum, part) => sum + part.total, 0),
  };
}

/** One slice after another, each on its own turn, so that questions are answered in between. */
function schedule(state: State): void {
  if (state.cancel !== null || state.isDisposed) return;
  state.cancel = state.deps.soon(() => {
    state.cancel = null;
    if (state.isDisposed) return;
    if (slice(state)) schedule(state);
  });
}

/** Does one slice of what is due; false when nothing is left. */
function slice(state: State): boolean {
  const { search, deps } = state;
  const mirror = (state.mirror ??= new Mirror(deps.db, () => deps.me));
  state.slices += 1;
  if (!mirror.isReady) {
    if (mirror.step()) becameReady(state, mirror);
  } else if (takeIn(state, ROWS_A_SLICE)) {
    return true;
  } else if (state.isStale) {
    state.isStale = false;
    deps.onIndexed('list');
  } else if (state.customersWanted) {
    if (mirror.stepCustomers()) {
      state.customersWanted = false;
      deps.onIndexed('list');
    }
  } else if (!state.openRows.step(mirror.columns) && !search.step()) {
    if (state.isBehind) deps.onIndexed('status');
    state.isBehind = false;
    return false;
  }
  if (state.slices % SLICES_A_STATUS === 0) {
    state.isBehind = true;
    deps.onIndexed('status');
  }
  return true;
}

/** The columns were built, or built anew: what open views knew of the old ones is void, their order stands. */
function becameReady(state: State, mirror: Mirror): void {
  const { deps } = state;
  for (const view of state.views.values()) {
    if (!view.ready) continue;
    view.matcher = createMatcher(mirror.columns.kinds, view.query, deps.me);
    view.originals.clear();
    view.isAllChanged = true;
  }
  flush(state);
  const { waiting } = state;
  state.waiting = [];
  for (const { query, resolve } of waiting) resolve(mirror.facets(query, amongOf(state, query)));
  deps.onIndexed('list');
}

function dispose(state: State): void {
  if (state.isDisposed) return;
  state.isDisposed = true;
  state.cancel?.();
  for (const { reject } of state.waiting) reject(new Error('the list service was disposed'));
  state.views.clear();
  state.mirror?.dispose();
}
