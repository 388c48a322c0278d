import type { AgentId } from '../../base/ids.ts';
import { type FilterName, type ListQuery, NONE } from '../../protocol/rpc/list.ts';
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

/** The dimensions of a query, a bit each: a kind fails some of them. */
export const FAILS = {
  queue: 1,
  state: 2,
  aiOutcome: 4,
  priority: 8,
  tag: 16,
  assignee: 32,
  channel: 64,
} as const satisfies Record<FilterName | 'queue', number>;

/** A query made ready: what each code, assignee, tag set and channel fails. A kind fails what its parts fail. */
export interface Matcher {
  /** Whether a kind matches. Kind 0, no conversation, never does. */
  matches(kind: number): boolean;
  /** For each kind below `kinds.size`, bits of `FAILS` of the dimensions that it fails: 0 for a match. */
  fails(): Uint8Array;
}

/** The values wanted as a set; null when the filter is not set: an empty one filters nothing. */
function wanted(values: readonly string[] | undefined): ReadonlySet<string> | null {
  return values === undefined || values.length === 0 ? null : new Set(values);
}

/** A code stands for all its conversations: `mine` and `unassigned` are narrowed by the assignee's own table. */
function codeFails(query: ListQuery): readonly number[] {
  const { filters, queue } = query;
  const state = wanted(filters.state);
  const outcome = wanted(filters.aiOutcome);
  const priority = wanted(filters.priority);
  const base = queue === 'mine' || queue === 'unassigned' ? 'inbox' : queue;
  const misses = (set: ReadonlySet<string> | null, values: readonly string[], index: number): boolean =>
    set !== null && !set.has(values[index] ?? '');
  return Array.from({ length: CODES }, (_, code) => {
    let fails = isInQueue(base, code, 0, 0) ? 0 : FAILS.queue;
    if (misses(state, STATE_VALUES, stateOf(code))) fails |= FAILS.state;
    if (misses(outcome, OUTCOME_VALUES, outcomeOf(code))) fails |= FAILS.aiOutcome;
    if (misses(priority, PRIORITY_VALUES, priorityOf(code))) fails |= FAILS.priority;
    return fails;
  });
}

/** Compiles a query for `kinds`. It stays right when kinds and dictionary entries are added later. */
export function createMatcher(kinds: Kinds, query: ListQuery, me: AgentId): Matcher {
  const byCode = codeFails(query);
  const byAssignee: number[] = [];
  const byTagSet: number[] = [];
  const byChannel: number[] = [];
  const assignees = wanted(query.filters.assignee);
  const tags = wanted(query.filters.tag);
  const channels = wanted(query.filters.channel);

  const assigneeFails = (assignee: number): number => {
    const name = assignee === 0 ? NONE : kinds.assignees.valueOf(assignee);
    const inQueue =
      query.queue === 'mine' ? name === me : query.queue === 'unassigned' ? assignee === 0 : true;
    return (inQueue ? 0 : FAILS.queue) | (assignees === null || assignees.has(name) ? 0 : FAILS.assignee);
  };
  const tagSetFails = (set: number): number =>
    tags === null || kinds.tagSets.tagsOf(set).some((tag) => tags.has(kinds.tagSets.tags.valueOf(tag)))
      ? 0
      : FAILS.tag;
  const channelFails = (channel: number): number =>
    channels === null || channels.has(kinds.channels.valueOf(channel)) ? 0 : FAILS.channel;

  const extend = (): void => {
    for (let number = byAssignee.length; number <= kinds.assignees.size; number += 1) {
      byAssignee.push(assigneeFails(number));
    }
    for (let set = byTagSet.length; set < kinds.tagSets.size; set += 1) byTagSet.push(tagSetFails(set));
    // Number 0 is no channel: every conversation has one.
    if (byChannel.length === 0) byChannel.push(FAILS.channel);
    for (let number = byChannel.length; number <= kinds.channels.size; number += 1) {
      byChannel.push(channelFails(number));
    }
  };
  const isBehind = (): boolean =>
    byAssignee.length <= kinds.assignees.size ||
    byTagSet.length < kinds.tagSets.size ||
    byChannel.length <= kinds.channels.size;
  const matches = (kind: number): boolean => {
    if (isBehind()) extend();
    const fails =
      (byCode[kinds.codes[kind] ?? 0] ?? 0) |
      (byAssignee[kinds.assigneeOf[kind] ?? 0] ?? 0) |
      (byTagSet[kinds.tagSetOf[kind] ?? 0] ?? 0) |
      (byChannel[kinds.channelOf[kind] ?? 0] ?? 0);
    return kind !== 0 && fails === 0;
  };
  return {
    matches,
    fails: () => {
      extend();
      return failsTable(
        kinds,
        Uint8Array.from(byCode),
        Uint8Array.from(byAssignee),
        Uint8Array.from(byTagSet),
        Uint8Array.from(byChannel),
      );
    },
  };
}

/** The loop over all kinds, on plain arrays of bytes: a few nanoseconds each. */
function failsTable(
  kinds: Kinds,
  byCode: Uint8Array,
  byAssignee: Uint8Array,
  byTagSet: Uint8Array,
  byChannel: Uint8Array,
): Uint8Array {
  const { codes, assigneeOf, tagSetOf, channelOf, size } = kinds;
  const table = new Uint8Array(size);
  for (let kind = 1; kind < size; kind += 1) {
    table[kind] =
      (byCode[codes[kind] ?? 0] ?? 0) |
      (byAssignee[assigneeOf[kind] ?? 0] ?? 0) |
      (byTagSet[tagSetOf[kind] ?? 0] ?? 0) |
      (byChannel[channelOf[kind] ?? 0] ?? 0);
  }
  table[0] = FAILS.queue;
  return table;
}
