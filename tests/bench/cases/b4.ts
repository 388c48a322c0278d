import type { ConversationId } from '../../../src/base/ids.ts';
import { nextInt, type Rng, seededRng } from '../../../src/base/rng.ts';
import { manualClock } from '../../../src/base/time.ts';
import { createListService } from '../../../src/desk/lists/list-service.ts';
import { OPEN_ROWS_A_SLICE } from '../../../src/desk/lists/open-rows.ts';
import { pageOf } from '../../../src/desk/queries/list-page.ts';
import { recordToListRow } from '../../../src/desk/queries/list-row.ts';
import type { Keyset } from '../../../src/desk/queries/list-sort.ts';
import type { ListService } from '../../../src/desk/service/lists.ts';
import {
  DEFAULT_SORTS,
  fieldSort,
  type ListQuery,
  QUEUES,
  type Queue,
} from '../../../src/protocol/rpc/list.ts';
import type { Database } from '../../../src/sqlite/database.ts';
import { openReplica, replicaFile } from '../dataset.ts';
import { GENERATED_ME, GENERATED_NOW } from '../generate.ts';
import { generatedFields } from '../generate-values.ts';
import { type Bench, type BenchContext, digestOf, type Figure, type Side } from '../harness.ts';
import { median, quantile } from '../stats.ts';
import { combined, filteredBy, sortedBy } from './custom-fields.ts';
import { type HandRecord, handWritten } from './list-sides.ts';

const LIMIT = 100;
const PAGES = 60;
const CACHE_MIB = 64;
/** Custom fields of every type, each filled in a fifth of the conversations. */
const FIELDS = 20;
const CUSTOM = generatedFields(FIELDS);
const NO_MARKS = { hasDraft: false, pending: 0, attention: null } as const;

/** Where pages begin: the same random places for both sides. */
function startingPlaces(db: Database, queue: Queue, rng: Rng): (Keyset | null)[] {
  const query = { queue, filters: {}, sort: DEFAULT_SORTS[queue] };
  const column = query.sort.by === 'waiting' ? 'waiting_since' : 'last_message_at';
  const { where } = handWritten(queue, query.sort.by);
  const held = db.pluck<number>(`SELECT count(*) FROM conversation c WHERE ${where}`) ?? 0;
  const at = db.prepareRaw<[number, number]>(
    `SELECT c.${column}, c.n FROM conversation c WHERE ${where} ORDER BY c.${column}, c.n LIMIT 1 OFFSET ?`,
  );
  return Array.from({ length: PAGES }, (_, page) => {
    // Somewhere with a whole page left on either side, where there is so much.
    const place = page === 0 || held < 3 * LIMIT ? undefined : at.get(nextInt(rng, LIMIT, held - LIMIT - 1));
    return place === undefined ? null : { stretch: 'set', values: place };
  });
}

interface Page {
  readonly ids: readonly unknown[];
  readonly rows: readonly unknown[];
}

const digestPages = (pages: readonly Page[]): string => digestOf(pages.map((page) => page.ids));

function keysetSides(db: Database, queue: Queue, places: readonly (Keyset | null)[]) {
  const query: ListQuery = { queue, filters: {}, sort: DEFAULT_SORTS[queue] };
  const hand = handWritten(queue, DEFAULT_SORTS[queue].by);
  const first = db.prepare<HandRecord>(hand.first);
  const next = db.prepare<HandRecord>(hand.next);
  const ourPage = (after: Keyset | null): Page => {
    const { records } = pageOf(db, { query, me: GENERATED_ME, after, limit: LIMIT });
    const rows = records.map((record) => recordToListRow(record, NO_MARKS));
    return { ids: rows.map((row) => row.id), rows };
  };
  const handPage = (after: Keyset | null): Page => {
    const rows =
      after === null ? first.all(GENERATED_ME, LIMIT) : next.all(GENERATED_ME, ...after.values, LIMIT);
    return { ids: rows.map((row) => row['id']), rows };
  };
  const all = (page: (after: Keyset | null) => Page): Side<Page[]> => ({
    run: () => places.map(page),
    digest: digestPages,
  });
  return { ours: all(ourPage), beside: all(handPage), ourPage, handPage };
}

/** Queues that hold less than a page with a value end in the stretch without one; the comparison keeps to the first. */
function hasAPage(db: Database, queue: Queue): boolean {
  const { first } = handWritten(queue, DEFAULT_SORTS[queue].by);
  return db.prepare<HandRecord>(first).all(GENERATED_ME, LIMIT).length === LIMIT;
}

async function pages(bench: BenchContext, db: Database): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const queue of QUEUES) {
    if (!hasAPage(db, queue)) {
      bench.note(`${queue}: fewer than ${LIMIT} rows with a value, left out`);
      continue;
    }
    const places = startingPlaces(db, queue, seededRng(bench.seed));
    const sides = keysetSides(db, queue, places);
    const { by, direction } = DEFAULT_SORTS[queue];
    const name = `page of ${LIMIT}, ${queue} by ${by} ${direction}`;
    figures.push(
      await bench.ratio({
        name,
        ours: sides.ours,
        beside: sides.beside,
        bar: { kind: 'time', limit: 1.25 },
        pairs: 15,
        sample: `${PAGES} pages at random places`,
      }),
    );
  }
  return figures;
}

/**
 * One page as a screen asks for it: rows of the opened list at a place, against the hand-written page at the same place.
 */
async function singlePages(bench: BenchContext, db: Database, lists: ListService): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const queue of QUEUES.filter((each) => hasAPage(db, each))) {
    const sort = DEFAULT_SORTS[queue];
    const places = startingPlaces(db, queue, seededRng(bench.seed));
    const { handPage } = keysetSides(db, queue, places);
    const { viewId } = lists.open({ queue, filters: {}, sort }, LIMIT);
    const pagesAt = places.map((place) => {
      const hand = handPage(place);
      const offset = lists.locate(viewId, hand.ids[0] as ConversationId) ?? 0;
      const same = lists.rows(viewId, offset, LIMIT)?.rows.map((row) => row.id) ?? [];
      if (digestOf(same) !== digestOf(hand.ids)) throw new Error(`${queue}: other rows at ${offset}`);
      return { place, offset };
    });
    let turn = 0;
    // Half a round apart: neither side finds in the cache what the other has just read.
    let other = PAGES / 2;
    figures.push(
      await bench.absolute({
        name: `one page of ${LIMIT} of the opened list, ${queue} by ${sort.by} ${sort.direction}`,
        run: () => lists.rows(viewId, pagesAt[turn++ % PAGES]?.offset ?? 0, LIMIT),
        control: () => handPage(pagesAt[other++ % PAGES]?.place ?? null),
        limits: [{ quantile: 0.99, maxMs: 1 }],
        samples: 600,
      }),
    );
    lists.close(viewId);
  }
  return figures;
}

const OTHER_SORTS: readonly ListQuery['sort'][] = [
  { by: 'activity', direction: 'asc' },
  { by: 'waiting', direction: 'desc' },
  { by: 'opened', direction: 'desc' },
  { by: 'started', direction: 'asc' },
  { by: 'priority', direction: 'desc' },
  { by: 'customer', direction: 'asc' },
];

/** What the columns of the profile are asked for: timings in and out of business hours, a moment, a text. */
const FIELD_FILTERS: readonly ListQuery['filters'][] = [
  { fields: { waitingTime: { type: 'range', from: null, to: 3_600_000 } } },
  { fields: { operationResolutionTime: { type: 'filled' } }, channel: ['email', 'sms'] },
  { fields: { 'source.page': { type: 'contains', text: 'cart' }, closedAt: { type: 'filled' } } },
  { fields: { waitingTime: { type: 'empty' }, operationResolutionTime: { type: 'empty' } } },
];
const FIELD_SORTS: readonly ListQuery['sort'][] = [
  { by: fieldSort('waitingTime'), direction: 'asc' },
  { by: fieldSort('operationResolutionTime'), direction: 'desc' },
  { by: fieldSort('source.page'), direction: 'asc' },
  { by: 'activity', direction: 'desc' },
];
const FIELD_QUERIES = FIELD_SORTS.flatMap((sort) =>
  FIELD_FILTERS.map((filters): ListQuery => ({ queue: 'all', filters, sort })),
);

const OTHER_FILTERS: readonly ListQuery['filters'][] = [
  {},
  { state: ['closed'], priority: ['high', 'none'] },
  { tag: ['refund', '환불'] },
  { channel: ['email', 'sms'], assignee: ['agent-03', 'none'] },
  { aiOutcome: ['resolvedByAi'], channel: ['whatsapp'], tag: ['shipping'] },
];

/** A service over the replica with the columns and the order by customers built; the search index is left alone. */
function readyService(bench: BenchContext, db: Database): ListService {
  let work: (() => void) | null = null;
  let built = 0;
  const lists = createListService({
    db,
    me: GENERATED_ME,
    clock: manualClock(GENERATED_NOW),
    marks: () => NO_MARKS,
    soon: (next) => {
      work = next;
      return () => {
        work = null;
      };
    },
    onIndexed: (what) => {
      if (what === 'list') built += 1;
    },
  });
  const slices: number[] = [];
  const build = (what: string, until: number): void => {
    const from = slices.length;
    while (built < until) {
      const now = work as (() => void) | null;
      work = null;
      const started = performance.now();
      now?.();
      slices.push(performance.now() - started);
    }
    const taken = slices.slice(from);
    const sum = taken.reduce((total, ms) => total + ms, 0);
    bench.note(
      `${what} built in ${Math.round(sum)} ms, ${taken.length} slices of p50 ${median(taken).toFixed(1)}, p99 ${quantile(taken, 0.99).toFixed(1)} ms`,
    );
  };
  build('columns', 1);
  lists.close(
    lists.open({ queue: 'all', filters: {}, sort: { by: 'customer', direction: 'asc' } }, 1).viewId,
  );
  build('the order by customers', 2);
  for (const query of FIELD_QUERIES) lists.close(lists.open(query, 1).viewId);
  build('columns of two timings, a moment and a text', 3);
  for (const query of sortedBy(CUSTOM)) lists.close(lists.open(query, 1).viewId);
  build(`columns of ${FIELDS} custom fields`, 4);
  readAhead(db, () => {
    const now = work;
    work = null;
    now?.();
  });
  return lists;
}

/** The slices that read open work ahead, and none more: the search index would be next, and write. */
function readAhead(db: Database, slice: () => void): void {
  const open = "SELECT count(*) FROM conversation WHERE human_state IN ('open', 'snoozed')";
  for (let left = Math.ceil((db.pluck<number>(open) ?? 0) / OPEN_ROWS_A_SLICE); left > 0; left -= 1) slice();
}

const OTHER_QUERIES = OTHER_SORTS.flatMap((sort) =>
  OTHER_FILTERS.map((filters): ListQuery => ({ queue: 'all', filters, sort })),
);

async function opening(
  bench: BenchContext,
  lists: ListService,
  name: string,
  queries: readonly ListQuery[],
): Promise<Figure> {
  let turn = 0;
  const open = (): void => {
    const query = queries[turn++ % queries.length];
    if (query === undefined) return;
    lists.close(lists.open(query, LIMIT).viewId);
  };
  return bench.absolute({
    name: `open with ${name}, whole order and first page`,
    run: open,
    limits: [{ quantile: 0.95, maxMs: 100 }],
    samples: 150,
  });
}

async function anyOther(bench: BenchContext, lists: ListService): Promise<Figure[]> {
  return [
    await opening(bench, lists, 'any other filter or sort', OTHER_QUERIES),
    await opening(bench, lists, 'any field or timing', FIELD_QUERIES),
    await opening(bench, lists, 'a custom field, filtered', filteredBy(CUSTOM)),
    await opening(bench, lists, 'a custom field, sorted', sortedBy(CUSTOM)),
    await opening(bench, lists, 'three custom fields, sorted by a fourth', combined(CUSTOM)),
    await facets(bench, lists, 'a filter', OTHER_FILTERS),
    await facets(bench, lists, 'fields and timings', FIELD_FILTERS),
    await facets(
      bench,
      lists,
      'custom fields',
      [...filteredBy(CUSTOM), ...combined(CUSTOM)].map(({ filters }) => filters),
    ),
  ];
}

async function facets(
  bench: BenchContext,
  lists: ListService,
  what: string,
  choices: readonly ListQuery['filters'][],
): Promise<Figure> {
  let turn = 0;
  return bench.absolute({
    name: `all facet counts and queue counts of ${what}`,
    run: () => {
      const filters = choices[turn++ % choices.length] ?? {};
      void lists.facets({ queue: 'all', filters, sort: DEFAULT_SORTS.all });
    },
    limits: [
      { quantile: 0.5, maxMs: 16 },
      { quantile: 0.95, maxMs: 16 },
    ],
    samples: 150,
  });
}

/** B4: the list at a million conversations. */
export const b4: Bench = {
  id: 'B4',
  title: 'list at 1,000,000 conversations beside hand-written SQL',
  run: async (bench) => {
    const conversations = bench.quick ? 20_000 : 1_000_000;
    const options = { seed: bench.seed, conversations, messages: conversations, fields: FIELDS };
    const file = replicaFile(options, bench.note);
    const db = openReplica(file, CACHE_MIB);
    try {
      const keyset = await pages(bench, db);
      const lists = readyService(bench, db);
      const rest = [...(await singlePages(bench, db, lists)), ...(await anyOther(bench, lists))];
      lists.dispose();
      return [...keyset, ...rest];
    } finally {
      db.close();
    }
  },
};
