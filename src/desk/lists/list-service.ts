import type { ConversationId } from '../../base/ids.ts';
import { isPlainSort, type ListQuery, type ListRow, type OpenList } from '../../protocol/rpc/list.ts';
import { createMatcher } from '../columns/matcher.ts';
import { Mirror, type MirrorListener } from '../columns/mirror.ts';
import type { RowTest } from '../columns/values/conditions.ts';
import { countOf, pageOf, recordsByNumber, rowsByIds } from '../queries/list-page.ts';
import { type ListRecord, recordToListRow } from '../queries/list-row.ts';
import { createSearch, type Search } from '../search/search.ts';
import type { ListDeps, ListService, ReplicaChange } from '../service/lists.ts';
import { OpenRows } from './open-rows.ts';
import { rowFields } from './row-fields.ts';
import { countChanged, dropGone, noteChanged, noteChanging, type View } from './view.ts';

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
  /** Whether a query asked for what is not built yet: the order by customers, a column of the profile. */
  isMoreWanted: boolean;
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
    isMoreWanted: false,
    nextView: 1,
    slices: 0,
    isStale: false,
    isBehind: true,
    cancel: null,
    isDisposed: false,
  };
  schedule(state);
  return {
    open: (query, limit, columns = []) =>
      openList(state, `v${state.nextView++}`, { query, columns }, 0, limit),
    rows: (viewId, offset, limit) => {
      const view = find(state, viewId);
      if (view === null) return null;
      return {
        offset,
        rows: rowsAt(state, view, offset, limit),
        total: view.total,
        changed: state.mirror === null ? 0 : countChanged(view, state.mirror),
      };
    },
    refresh: (viewId, offset, limit) => {
      const old = find(state, viewId);
      return old === null ? null : openList(state, old.id, old, offset, limit);
    },
    locate: (viewId, conversationId) => locate(state, viewId, conversationId),
    close: (viewId) => {
      state.views.delete(viewId);
    },
    facets: (query) => {
      flush(state);
      return new Promise((resolve, reject) => {
        state.waiting.push({ query, resolve, reject });
        answerWaiting(state);
      });
    },
    passing: (query) => passing(state, query),
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

/** What a list is opened with: a query and the columns of its rows. */
type Asked = Pick<View, 'query' | 'columns'>;

/** Freezes a query's order as things are now and shows a part of it. */
function openList(state: State, id: string, asked: Asked, offset: number, limit: number): OpenList {
  flush(state);
  const { query, columns } = asked;
  const mirror = state.mirror?.isReady === true ? state.mirror : null;
  const passes = mirror === null || !mirror.want(query) ? null : testOf(state, mirror, query);
  const all = passes === null ? null : (mirror?.select(query) ?? null);
  if (mirror === null || passes === null || all === null) {
    return openFirstPage(state, id, asked, offset, limit);
  }
  const order = query.among === undefined ? all : all.filter(passes);
  const matcher = createMatcher(mirror.columns.kinds, query, state.deps.me);
  const fresh = { originals: new Map(), isAllChanged: false };
  const view: View = {
    id,
    query,
    columns,
    order,
    total: order.length,
    ready: true,
    matcher,
    passes,
    ...fresh,
  };
  keep(state, view);
  return { viewId: id, total: view.total, ready: true, rows: rowsAt(state, view, offset, limit) };
}

/** Whether a row's kind alone decides, so that SQL can give a first page: no figure, no fields, no order by one. */
function isPlain({ among, filters, sort }: ListQuery): boolean {
  return among === undefined && filters.fields === undefined && isPlainSort(sort.by);
}

/** What a query asks of rows beside their kind; null while that is not known yet. */
function testOf({ deps }: State, mirror: Mirror, query: ListQuery): RowTest | null {
  const fields = mirror.test(query);
  if (query.among === undefined || fields === null) return fields;
  const among = deps.among?.(query.among) ?? null;
  return among === null ? null : (n) => among(n) && fields(n);
}

/** Which rows pass what SQL does not know of, frozen as things are now; null while that is not known. */
function passing(state: State, query: ListQuery): RowTest | null {
  flush(state);
  const mirror = state.mirror?.isReady === true ? state.mirror : null;
  if (mirror === null || takeIn(state, ROWS_A_QUESTION)) return null;
  if (!mirror.want(query)) {
    state.isMoreWanted = true;
    schedule(state);
    return null;
  }
  const test = testOf(state, mirror, query);
  if (test === null) return null;
  const mask = Uint8Array.from({ length: mirror.columns.end }, (_, n) => (test(n) ? 1 : 0));
  return (n) => mask[n] === 1;
}

/** While what decides is not built: the first rows from SQL where it can tell them, and how many there are. */
function openFirstPage(state: State, id: string, asked: Asked, offset: number, limit: number): OpenList {
  const { db, me } = state.deps;
  const { query } = asked;
  if (state.mirror?.isReady === true) {
    state.isMoreWanted = true;
    schedule(state);
  }
  // What is behind a figure or has a field, only the columns know: an empty page until they are built.
  const canTell = isPlain(query);
  const { records } = canTell ? pageOf(db, { query, me, after: null, limit: offset + limit }) : NOTHING;
  // A page that is not full holds everything.
  const isAll = records.length < offset + limit || !canTell;
  const total = isAll ? records.length : countOf(db, query, me);
  const order = Uint32Array.from(records, (record) => record.n);
  const fresh = { originals: new Map(), isAllChanged: false };
  keep(state, { id, ...asked, order, total, ready: false, matcher: null, passes: null, ...fresh });
  return { viewId: id, total, ready: false, rows: rowsOf(state, records.slice(offset), asked.columns) };
}

const NOTHING: { readonly records: readonly ListRecord[] } = { records: [] };

function rowsOf(
  { deps }: State,
  records: readonly ListRecord[],
  columns: readonly string[],
): readonly ListRow[] {
  const fieldsOf = rowFields(deps.db, columns, records);
  return records.map((record) => recordToListRow(record, deps.marks(record.id), fieldsOf(record.id)));
}

function rowsAt(state: State, view: View, offset: number, limit: number): readonly ListRow[] {
  const { db, me } = state.deps;
  const numbers = [...view.order.subarray(offset, offset + limit)];
  // What is open is known by the columns: until they are ready, the replica alone is asked.
  const { mirror } = state;
  const isReady = mirror?.isReady === true;
  const records = isReady ? state.openRows.read(numbers, mirror.columns) : recordsByNumber(db, numbers, me);
  return rowsOf(state, records, view.columns);
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
    changing: (n) => views.forEach((view) => noteChanging(view, mirror, n)),
    changed: (n) => views.forEach((view) => noteChanged(view, mirror, n)),
  };
  return mirror.flush(listener, most);
}

/** Before a question: takes in what changed, as far as the time allows. */
function flush(state: State): void {
  if (takeIn(state, ROWS_A_QUESTION)) state.isStale = true;
  if (state.mirror?.isReady !== true || !state.mirror.values.rulesChanged()) return;
  // Timings are being computed anew under other business hours: what views knew of them is void.
  voidViews(state, state.mirror);
  state.isMoreWanted = true;
  schedule(state);
}

/** What open views knew of the columns is void, their order stands. */
function voidViews(state: State, mirror: Mirror): void {
  for (const view of state.views.values()) {
    if (!view.ready) continue;
    view.matcher = createMatcher(mirror.columns.kinds, view.query, state.deps.me);
    view.passes = mirror.want(view.query) ? testOf(state, mirror, view.query) : null;
    if (view.passes === null) state.isMoreWanted = true;
    view.originals.clear();
    view.isAllChanged = true;
  }
}

/** Answers the counts that wait for nothing any more. */
function answerWaiting(state: State): void {
  const { mirror } = state;
  if (mirror?.isReady !== true) return;
  const { waiting } = state;
  state.waiting = [];
  for (const one of waiting) {
    const passes = mirror.want(one.query) ? testOf(state, mirror, one.query) : null;
    if (passes !== null || one.query.among !== undefined) one.resolve(mirror.facets(one.query, passes));
    else {
      state.waiting.push(one);
      state.isMoreWanted = true;
      schedule(state);
    }
  }
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
  const parts = [mirror?.isBuilding === true ? mirror.progress : null, state.search.progress()];
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
  const isFilling = deps.isFilling?.() === true;
  state.slices += 1;
  if (mirror.isBuilding && !(isFilling && mirror.isReady)) {
    if (mirror.step()) becameReady(state, mirror);
  } else if (!(isFilling && mirror.behind > ROWS_A_SLICE) && takeIn(state, ROWS_A_SLICE)) {
    return true;
  } else if (state.isStale) {
    state.isStale = false;
    deps.onIndexed('list');
  } else if (isFilling) {
    // The end of the page is told, and brings the rest.
    return false;
  } else if (state.isMoreWanted) {
    if (mirror.stepWanted()) wantedIsBuilt(state, mirror);
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

/** The columns were built, or built anew. */
function becameReady(state: State, mirror: Mirror): void {
  voidViews(state, mirror);
  flush(state);
  answerWaiting(state);
  state.deps.onIndexed('list');
}

/** What queries asked for beside the columns was built: views that were open before can be told apart again. */
function wantedIsBuilt(state: State, mirror: Mirror): void {
  state.isMoreWanted = false;
  for (const view of state.views.values()) {
    if (view.ready && view.passes === null) view.passes = testOf(state, mirror, view.query);
  }
  answerWaiting(state);
  state.deps.onIndexed('list');
}

function dispose(state: State): void {
  if (state.isDisposed) return;
  state.isDisposed = true;
  state.cancel?.();
  for (const { reject } of state.waiting) reject(new Error('the list service was disposed'));
  state.views.clear();
  state.mirror?.dispose();
}
