import { z } from 'zod';
import type { AgentId, ConversationId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { AiOutcome, AuthorKind, HumanState, Priority } from '../../domain/model.ts';
import { drillSchema } from './drill.ts';

/** The sidebar's queues. `unread`: handed over and nobody has read the AI part yet; `review`: not resolved by AI. */
export const QUEUES = [
  'inbox',
  'mine',
  'unassigned',
  'unread',
  'snoozed',
  'closed',
  'review',
  'withAi',
  'all',
] as const;
export type Queue = (typeof QUEUES)[number];

/** `waiting`: longest waiting customer first when ascending; `priority`: high first when descending, then waiting. */
export const SORTS = ['activity', 'waiting', 'opened', 'started', 'priority', 'customer'] as const;
export type PlainSort = (typeof SORTS)[number];
/** By a value of the conversation profile: `field:` and its key (C2, C7), a timing's among them. */
export type FieldSort = `field:${string}`;
export type SortKey = PlainSort | FieldSort;

/** The sort by a field. */
export const fieldSort = (key: string): FieldSort => `field:${key}`;
/** The key of the field that is sorted by; null for the plain sorts. */
export const sortedField = (by: SortKey): string | null =>
  by.startsWith('field:') ? by.slice('field:'.length) : null;
export const isPlainSort = (by: SortKey): by is PlainSort => sortedField(by) === null;

/** Keys that only lists know, beside those of the profile: scale of the latest answer, and whether the latest survey was answered. */
export const CSAT_SCALE = 'csat.scale';
export const CSAT_ANSWERED = 'csat.answered';

/** A filter value for what is unset: no assignee, no priority, no human state. */
export const NONE = 'none';

const values = z.array(z.string().max(200)).max(200);
const fieldKey = z.string().min(1).max(200);
const bound = z.number().finite().nullable();
const dateBound = z.string().max(10).nullable();

/** What a field of the profile must be. Bounds are inclusive; null is no bound. A value that is not set passes `empty` alone. */
export const fieldConditionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('empty') }),
  z.object({ type: z.literal('filled') }),
  /** Boolean. */
  z.object({ type: z.literal('is'), value: z.boolean() }),
  /** String: one of these, letter by letter. List: any of these. */
  z.object({ type: z.literal('anyOf'), values }),
  /** String and List: the text somewhere, whatever the case. */
  z.object({ type: z.literal('contains'), text: z.string().max(200) }),
  /** Number; Datetime in epoch milliseconds; durations in milliseconds. */
  z.object({ type: z.literal('range'), from: bound, to: bound }),
  /** Date: year-month-day against the dates with a year, month-day against those without. */
  z.object({ type: z.literal('dates'), from: dateBound, to: dateBound }),
]);
export type FieldCondition = z.infer<typeof fieldConditionSchema>;

export const listFiltersSchema = z.object({
  state: values.optional(),
  aiOutcome: values.optional(),
  priority: values.optional(),
  /** Any of these tags. */
  tag: values.optional(),
  assignee: values.optional(),
  channel: values.optional(),
  /** By key of the profile: fields, timings, `profile.csat`, `csat.scale`, `csat.answered`. All of them hold. */
  fields: z.record(fieldKey, fieldConditionSchema).optional(),
});
export type ListFilters = z.infer<typeof listFiltersSchema>;
export type FilterName = Exclude<keyof ListFilters, 'fields'>;
export const FILTER_NAMES = [
  'state',
  'aiOutcome',
  'priority',
  'tag',
  'assignee',
  'channel',
] as const satisfies readonly FilterName[];

export const listQuerySchema = z.object({
  queue: z.enum(QUEUES),
  filters: listFiltersSchema.default({}),
  /** Only the conversations behind a figure; the rest of the query narrows them further. */
  among: drillSchema.optional(),
  sort: z.object({
    by: z.union([z.enum(SORTS), z.templateLiteral(['field:', fieldKey])]),
    direction: z.enum(['asc', 'desc']),
  }),
});
/** Keys of the profile whose values come with each row; none when absent. */
export const listColumnsSchema = z.array(fieldKey).max(50).optional();
export type ListQuery = z.infer<typeof listQuerySchema>;
export type ListSort = ListQuery['sort'];

export interface PlainListSort {
  readonly by: PlainSort;
  readonly direction: 'asc' | 'desc';
}

const LONGEST_WAITING: PlainListSort = { by: 'waiting', direction: 'asc' };
const LATEST_ACTIVITY: PlainListSort = { by: 'activity', direction: 'desc' };

/** The order in which each queue opens; the replica has an index for each of these (B4). What is unset comes last. */
export const DEFAULT_SORTS: Readonly<Record<Queue, PlainListSort>> = {
  inbox: LONGEST_WAITING,
  mine: LONGEST_WAITING,
  unassigned: LONGEST_WAITING,
  unread: LONGEST_WAITING,
  snoozed: LATEST_ACTIVITY,
  closed: LATEST_ACTIVITY,
  review: LATEST_ACTIVITY,
  withAi: LATEST_ACTIVITY,
  all: LATEST_ACTIVITY,
};

export interface RowTag {
  readonly tag: string;
  readonly appliedBy: 'ai' | 'agent';
}

/** One row of the list. Texts are previews; times are epoch milliseconds. */
export interface ListRow {
  readonly id: ConversationId;
  readonly customerName: string | null;
  readonly customerEmail: string | null;
  readonly customerPhone: string | null;
  readonly channel: string;
  readonly page: string | null;
  readonly language: string | null;
  readonly humanState: HumanState | null;
  readonly aiOutcome: AiOutcome | null;
  readonly priority: Priority | null;
  readonly assigneeId: AgentId | null;
  readonly firstQuestion: string | null;
  readonly lastMessagePreview: string | null;
  readonly lastMessageKind: AuthorKind | null;
  readonly lastMessageAt: EpochMillis | null;
  readonly waitingSince: EpochMillis | null;
  readonly startedAt: EpochMillis;
  readonly openedAt: EpochMillis | null;
  readonly closedAt: EpochMillis | null;
  readonly snoozedUntil: EpochMillis | null;
  readonly handoffReasonCode: string | null;
  /** The AI's own words; whole. */
  readonly handoffReason: string | null;
  readonly messageCount: number;
  readonly tags: readonly RowTag[];
  readonly unread: boolean;
  /** Handed over, and nobody has read it since. */
  readonly unreadHandoff: boolean;
  readonly hasDraft: boolean;
  /** How many of this desk's changes on it the workspace has not confirmed. */
  readonly pending: number;
  readonly attention: 'held' | 'refused' | null;
  /** Values of the columns that the list was opened with, by key; a key without a value is not there. Timings in milliseconds. */
  readonly fields: Readonly<Record<string, FieldCell>>;
}
/** A value of the profile in a list. */
export type FieldCell = string | number | boolean | readonly string[];

/**
 * An opened list: its order is fixed until it is refreshed, so that nothing moves under the reader. `total` counts all
 * matches; `ready` is false while only the first page can be reached (the index is still being built; a `list` event follows).
 */
export interface OpenList {
  readonly viewId: string;
  readonly total: number;
  readonly ready: boolean;
  readonly rows: readonly ListRow[];
}

/** An opened list on a desk that may hold a part (Y9). */
export interface HeldList extends OpenList {
  /** The list is whole from this moment on: `total` is of a part. Null: it is whole. */
  readonly since: EpochMillis | null;
}

export interface ListWindow {
  readonly offset: number;
  readonly rows: readonly ListRow[];
  readonly total: number;
  /** How many conversations would come, go or move if the list were refreshed now. */
  readonly changed: number;
}

/** Counts beside every filter value: each dimension counted with all the other filters applied. */
export interface Facets {
  readonly queues: Readonly<Record<Queue, number>>;
  readonly filters: Readonly<
    Record<FilterName, readonly { readonly value: string; readonly count: number }[]>
  >;
  readonly total: number;
}
