import type { AgentId } from '../../base/ids.ts';
import {
  type Facets,
  type FilterName,
  type ListFilters,
  type ListQuery,
  NONE,
  QUEUES,
  type Queue,
} from '../../protocol/rpc/list.ts';
import {
  CODES,
  isInQueue,
  OUTCOME_VALUES,
  outcomeOf,
  PRIORITY_VALUES,
  priorityOf,
  STATE_VALUES,
  stateOf,
} from './codes.ts';
import type { Kinds } from './kinds.ts';
import { createMatcher, FAILS } from './matcher.ts';

type Counts = Map<number, number>;
type ValueCount = Facets['filters'][FilterName][number];

/** Conversations by what they are, for each dimension: those that fail nothing, or that dimension alone. */
interface Tallies {
  /** By code and by whose it is: nobody's, mine, someone else's. */
  readonly queue: Uint32Array;
  readonly state: Uint32Array;
  readonly aiOutcome: Uint32Array;
  readonly priority: Uint32Array;
  readonly tagSet: Uint32Array;
  readonly assignee: Uint32Array;
  readonly channel: Uint32Array;
  total: number;
}

const OWNERS = 3;

function bump(counts: Uint32Array, index: number, by: number): void {
  counts[index] = (counts[index] ?? 0) + by;
}

/** One pass over the kinds; `counts` says how many rows are of each. */
function tally(kinds: Kinds, query: ListQuery, me: AgentId, counts: Uint32Array): Tallies {
  const failing = createMatcher(kinds, query, me).fails();
  const mine = kinds.assignees.find(me);
  const tallies: Tallies = {
    queue: new Uint32Array(CODES * OWNERS),
    state: new Uint32Array(CODES),
    aiOutcome: new Uint32Array(CODES),
    priority: new Uint32Array(CODES),
    tagSet: new Uint32Array(kinds.tagSets.size),
    assignee: new Uint32Array(kinds.assignees.size + 1),
    channel: new Uint32Array(kinds.channels.size + 1),
    total: 0,
  };
  const { codes, assigneeOf, tagSetOf, channelOf } = kinds;
  for (let kind = 1; kind < kinds.size; kind += 1) {
    const count = counts[kind] ?? 0;
    if (count === 0) continue;
    const fails = failing[kind] ?? 0;
    // More than one bit: it counts nowhere.
    if ((fails & (fails - 1)) !== 0) continue;
    const code = codes[kind] ?? 0;
    const assignee = assigneeOf[kind] ?? 0;
    const owner = assignee === 0 ? 0 : assignee === mine ? 1 : 2;
    if (fails === 0) tallies.total += count;
    if ((fails & ~FAILS.queue) === 0) bump(tallies.queue, code * OWNERS + owner, count);
    if ((fails & ~FAILS.state) === 0) bump(tallies.state, code, count);
    if ((fails & ~FAILS.aiOutcome) === 0) bump(tallies.aiOutcome, code, count);
    if ((fails & ~FAILS.priority) === 0) bump(tallies.priority, code, count);
    if ((fails & ~FAILS.tag) === 0) bump(tallies.tagSet, tagSetOf[kind] ?? 0, count);
    if ((fails & ~FAILS.assignee) === 0) bump(tallies.assignee, assignee, count);
    if ((fails & ~FAILS.channel) === 0) bump(tallies.channel, channelOf[kind] ?? 0, count);
  }
  return tallies;
}

/** Sums over codes by one of their parts. */
function byPart(counts: Uint32Array, partOf: (code: number) => number): Counts {
  const sums: Counts = new Map();
  counts.forEach((count, code) => {
    if (count > 0) sums.set(partOf(code), (sums.get(partOf(code)) ?? 0) + count);
  });
  return sums;
}

function queueCounts(counts: Uint32Array): Record<Queue, number> {
  const sumOf = (queue: Queue): number =>
    counts.reduce((sum, count, index) => {
      const owner = index % OWNERS;
      return isInQueue(queue, Math.floor(index / OWNERS), owner, 1) ? sum + count : sum;
    }, 0);
  return Object.fromEntries(QUEUES.map((queue) => [queue, sumOf(queue)])) as Record<Queue, number>;
}

/** Every value of a short list, zeros included, in the list's order. */
function listed(values: readonly string[], counts: Counts): ValueCount[] {
  return values.map((value, index) => ({ value, count: counts.get(index) ?? 0 }));
}

/** Values of a dictionary that occur or are chosen: the commonest first, then by their text. */
function occurring(
  counts: Counts,
  nameOf: (number: number) => string,
  chosen: ListFilters[FilterName],
): ValueCount[] {
  const found = [...counts].map(([number, count]) => ({ value: nameOf(number), count }));
  const missing = (chosen ?? []).filter((value) => !found.some((entry) => entry.value === value));
  return [...found, ...missing.map((value) => ({ value, count: 0 }))].toSorted(
    (a, b) => b.count - a.count || (a.value < b.value ? -1 : 1),
  );
}

/**
 * The counts beside every filter value and every queue: each dimension counted with all the others applied (B4). A kind
 * that fails nothing counts everywhere, one that fails a single dimension counts there.
 */
export function facetsOf(
  kinds: Kinds,
  query: ListQuery,
  me: AgentId,
  counts: Uint32Array = kinds.counts,
): Facets {
  const tallies = tally(kinds, query, me, counts);
  const same = (index: number): number => index;
  const tags: Counts = new Map();
  for (const [set, count] of byPart(tallies.tagSet, same)) {
    for (const tag of kinds.tagSets.tagsOf(set)) tags.set(tag, (tags.get(tag) ?? 0) + count);
  }
  const agentName = (agent: number): string => (agent === 0 ? NONE : kinds.assignees.valueOf(agent));
  const { filters } = query;
  return {
    queues: queueCounts(tallies.queue),
    filters: {
      state: listed(STATE_VALUES, byPart(tallies.state, stateOf)),
      aiOutcome: listed(OUTCOME_VALUES, byPart(tallies.aiOutcome, outcomeOf)),
      priority: listed(PRIORITY_VALUES, byPart(tallies.priority, priorityOf)),
      tag: occurring(tags, (tag) => kinds.tagSets.tags.valueOf(tag), filters.tag),
      assignee: occurring(byPart(tallies.assignee, same), agentName, filters.assignee),
      channel: occurring(
        byPart(tallies.channel, same),
        (channel) => kinds.channels.valueOf(channel),
        filters.channel,
      ),
    },
    total: tallies.total,
  };
}

/** How many conversations match: a sum over kinds. */
export function totalOf(kinds: Kinds, query: ListQuery, me: AgentId): number {
  let total = 0;
  createMatcher(kinds, query, me)
    .fails()
    .forEach((fails, kind) => {
      if (fails === 0) total += kinds.countOf(kind);
    });
  return total;
}
