import { asId, type ConversationId } from '../../src/base/ids.ts';
import { nextFloat, nextInt, pick, type Rng } from '../../src/base/rng.ts';
import { manualClock } from '../../src/base/time.ts';
import { createListService } from '../../src/desk/lists/list-service.ts';
import type { ListService } from '../../src/desk/service/lists.ts';
import {
  type Facets,
  FILTER_NAMES,
  type FilterName,
  type ListQuery,
  NONE,
  QUEUES,
  type Queue,
  SORTS,
} from '../../src/protocol/rpc/list.ts';
import type { Database } from '../../src/sqlite/database.ts';
import { generateBundle, GENERATED_AGENTS, GENERATED_ME, GENERATED_NOW } from '../bench/generate.ts';
import { insertRows, replicaOf } from '../bench/dataset.ts';
import { wireRowsOf } from '../bench/rows.ts';

/** Work that was put off, run when a test says so. */
export interface Turns {
  readonly soon: (work: () => void) => () => void;
  /** Runs one piece of work; false when there is none. */
  one(): boolean;
  /** Runs until nothing is left. */
  all(): void;
}

export function turns(): Turns {
  let queue: (() => void)[] = [];
  const one = (): boolean => {
    const work = queue.shift();
    work?.();
    return work !== undefined;
  };
  return {
    soon: (work) => {
      queue.push(work);
      return () => {
        queue = queue.filter((other) => other !== work);
      };
    },
    one,
    all: () => {
      while (one());
    },
  };
}

export interface ListWorld {
  readonly db: Database;
  readonly lists: ListService;
  readonly turns: Turns;
  readonly told: string[];
}

export const NO_MARKS = { hasDraft: false, pending: 0, attention: null } as const;

/** A list service over a replica in memory of `conversations` generated conversations. */
export function listWorld(
  seed: number,
  conversations: number,
  isFilling: () => boolean = () => false,
): ListWorld {
  const options = { seed, conversations, messages: conversations * 3 };
  const bundles = Array.from({ length: conversations }, (_, index) => generateBundle(options, index));
  const db = replicaOf(bundles);
  const waiting = turns();
  const told: string[] = [];
  const lists = createListService({
    db,
    me: GENERATED_ME,
    clock: manualClock(GENERATED_NOW),
    marks: () => NO_MARKS,
    isFilling,
    soon: waiting.soon,
    onIndexed: (what) => told.push(what),
  });
  return { db, lists, turns: waiting, told };
}

export function idsIn(db: Database): ConversationId[] {
  return db
    .preparePluck<string>('SELECT id FROM conversation ORDER BY n')
    .all()
    .map((id) => asId(id));
}

const STATES = ['open', 'snoozed', 'closed', null];
const OUTCOMES = ['open', 'resolvedByAi', 'notResolvedByAi', 'closedUnresolved', null];
const LEVELS = ['high', 'medium', 'low', null];
const SOME_TAGS = ['refund', 'shipping', '환불', 'devolução', 'rare'];

function change(rng: Rng, db: Database, id: ConversationId, fresh: () => ConversationId): ConversationId {
  const set = (assignment: string, ...values: (string | number | null)[]): ConversationId => {
    db.run(`UPDATE conversation SET ${assignment} WHERE id = ?`, ...values, id);
    return id;
  };
  const moment = nextFloat(rng) < 0.2 ? null : GENERATED_NOW - nextInt(rng, 0, 50) * 1_000;
  switch (nextInt(rng, 0, 9)) {
    case 0:
      return set('human_state = ?', pick(rng, STATES));
    case 1:
      return set('ai_outcome = ?', pick(rng, OUTCOMES));
    case 2:
      return set('priority = ?', pick(rng, LEVELS));
    case 3:
      return set('assignee_id = ?', nextFloat(rng) < 0.3 ? null : pick(rng, GENERATED_AGENTS.slice(0, 3)).id);
    case 4:
      return set('last_message_at = ?', moment);
    case 5:
      return set('waiting_since = ?, opened_at = ?', moment, moment);
    case 6:
      db.run(
        "INSERT OR IGNORE INTO tag (conversation_id, tag, applied_by, at) VALUES (?, ?, 'ai', 1)",
        id,
        pick(rng, SOME_TAGS),
      );
      return id;
    case 7:
      db.run('DELETE FROM tag WHERE conversation_id = ? AND tag = ?', id, pick(rng, SOME_TAGS));
      return id;
    case 8:
      db.run('DELETE FROM conversation WHERE id = ?', id);
      return id;
    default:
      return fresh();
  }
}

/** Changes the replica at random, in one commit; answers the conversations it touched. */
export function changeAtRandom(rng: Rng, db: Database, count: number, from: number): ConversationId[] {
  const touched: ConversationId[] = [];
  let next = from;
  const options = { seed: 77, conversations: 1_000, messages: 3_000 };
  db.transaction(() => {
    for (let done = 0; done < count; done += 1) {
      const ids = idsIn(db);
      const fresh = (): ConversationId => {
        const bundle = generateBundle(options, next);
        next += 1;
        db.run('DELETE FROM customer WHERE id = ?', bundle.conversation.customerId);
        insertRows(db, wireRowsOf([bundle]));
        return bundle.conversation.id;
      };
      touched.push(ids.length === 0 ? fresh() : change(rng, db, pick(rng, ids), fresh));
    }
  });
  return touched;
}

const pickSome = (rng: Rng, values: readonly string[]): string[] => values.filter(() => nextFloat(rng) < 0.4);

/** A query at random: any queue and sort, filters now and then. */
export function randomQuery(rng: Rng): ListQuery {
  const values: Record<FilterName, readonly string[]> = {
    state: ['open', 'snoozed', 'closed', NONE],
    aiOutcome: ['open', 'resolvedByAi', 'notResolvedByAi', 'closedUnresolved', NONE],
    priority: ['high', 'medium', 'low', NONE],
    tag: [...SOME_TAGS, 'unknown'],
    assignee: [...GENERATED_AGENTS.slice(0, 5).map((agent) => agent.id), NONE, 'unknown'],
    channel: ['web_chat', 'email', 'sms', 'unknown'],
  };
  const filters: ListQuery['filters'] = {};
  for (const name of FILTER_NAMES) if (nextFloat(rng) < 0.25) filters[name] = pickSome(rng, values[name]);
  return {
    queue: nextFloat(rng) < 0.5 ? 'all' : pick(rng, QUEUES),
    filters,
    sort: { by: pick(rng, SORTS), direction: nextFloat(rng) < 0.5 ? 'asc' : 'desc' },
  };
}

/** A conversation with everything that lists look at, read without any of the list's own code. */
export interface PlainRow {
  readonly n: number;
  readonly id: ConversationId;
  readonly state: string | null;
  readonly aiOutcome: string | null;
  readonly priority: string | null;
  readonly assignee: string | null;
  readonly channel: string;
  readonly unreadHandoff: number;
  readonly activity: number | null;
  readonly waiting: number | null;
  readonly opened: number | null;
  readonly started: number | null;
  readonly name: string | null;
  readonly customerN: number | null;
  readonly tags: string[];
}

export function plainRows(db: Database): PlainRow[] {
  const rows = db.all<Omit<PlainRow, 'tags'>>(`
    SELECT c.n, c.id, human_state AS state, ai_outcome AS aiOutcome, priority, assignee_id AS assignee, channel,
      handoff_at IS NOT NULL AND handoff_read_by IS NULL AS unreadHandoff, last_message_at AS activity,
      waiting_since AS waiting, opened_at AS opened, started_at AS started, cu.name, cu.n AS customerN
    FROM conversation c LEFT JOIN customer cu ON cu.id = c.customer_id`);
  const tags = db.preparePluck<string>('SELECT tag FROM tag WHERE conversation_id = ?');
  return rows.map((row) => ({ ...row, tags: tags.all(row.id) }));
}

export function isInQueuePlainly(row: PlainRow, queue: Queue): boolean {
  const open = row.state === 'open';
  const answers: Record<Queue, boolean> = {
    inbox: open,
    mine: open && row.assignee === GENERATED_ME,
    unassigned: open && row.assignee === null,
    unread: open && row.unreadHandoff === 1,
    snoozed: row.state === 'snoozed',
    closed: row.state === 'closed',
    review: row.aiOutcome === 'notResolvedByAi',
    withAi: row.state === null && row.aiOutcome === 'open',
    all: true,
  };
  return answers[queue];
}

export function passesPlainly(
  row: PlainRow,
  name: FilterName,
  values: readonly string[] | undefined,
): boolean {
  if (values === undefined || values.length === 0) return true;
  if (name === 'tag') return row.tags.some((tag) => values.includes(tag));
  return values.includes(row[name] ?? NONE);
}

const asciiLower = (text: string): string => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

function compareBy(query: ListQuery): (a: PlainRow, b: PlainRow) => number {
  const { by, direction } = query.sort;
  const sign = direction === 'asc' ? 1 : -1;
  const rank = (row: PlainRow): number => (row.priority === 'high' ? 3 : row.priority === 'low' ? 1 : 2);
  if (by === 'priority') {
    return (a, b) => sign * (rank(a) - rank(b)) || (a.waiting ?? 1e15) - (b.waiting ?? 1e15) || a.n - b.n;
  }
  if (by === 'customer') {
    return (a, b) => {
      if (a.name === null || b.name === null) {
        if (a.name === b.name) return sign * (a.n - b.n);
        return a.name === null ? 1 : -1;
      }
      const order = Buffer.from(asciiLower(a.name)).compare(Buffer.from(asciiLower(b.name)));
      return sign * (order || (a.customerN ?? 0) - (b.customerN ?? 0) || a.n - b.n);
    };
  }
  const moment = by === 'waiting' || by === 'opened' || by === 'started' ? by : 'activity';
  return (a, b) => {
    const [left, right] = [a[moment], b[moment]];
    if (left === null || right === null) {
      if (left === right) return sign * (a.n - b.n);
      return left === null ? 1 : -1;
    }
    return sign * (left - right || a.n - b.n);
  };
}

/** The ids of a query in order, computed the slow and obvious way. */
export function listPlainly(db: Database, query: ListQuery): ConversationId[] {
  return plainRows(db)
    .filter(
      (row) =>
        isInQueuePlainly(row, query.queue) &&
        FILTER_NAMES.every((name) => passesPlainly(row, name, query.filters[name])),
    )
    .toSorted(compareBy(query))
    .map((row) => row.id);
}

/** The facets of a query, computed the slow and obvious way: value → count, zeros left out. */
export function facetsPlainly(db: Database, query: ListQuery): Record<string, Record<string, number>> {
  const rows = plainRows(db);
  const without = (row: PlainRow, left: FilterName | null): boolean =>
    FILTER_NAMES.every((name) => name === left || passesPlainly(row, name, query.filters[name]));
  const counts: Record<string, Record<string, number>> = { queues: {} };
  const add = (dimension: string, value: string): void => {
    const held = (counts[dimension] ??= {});
    held[value] = (held[value] ?? 0) + 1;
  };
  for (const row of rows) {
    for (const queue of QUEUES) {
      if (isInQueuePlainly(row, queue) && without(row, null)) add('queues', queue);
    }
    if (!isInQueuePlainly(row, query.queue)) continue;
    for (const name of FILTER_NAMES) {
      if (!without(row, name)) continue;
      const values = name === 'tag' ? row.tags : [row[name] ?? NONE];
      for (const value of values) add(name, value);
    }
  }
  return counts;
}

/** Facets as value → count, zeros left out: to compare. */
export function nonZero(facets: Facets): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {
    queues: Object.fromEntries(Object.entries(facets.queues).filter(([, count]) => count > 0)),
  };
  for (const name of FILTER_NAMES) {
    const entries = facets.filters[name].filter((entry) => entry.count > 0);
    if (entries.length > 0)
      counts[name] = Object.fromEntries(entries.map(({ value, count }) => [value, count]));
  }
  return counts;
}
