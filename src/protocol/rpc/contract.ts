import { z } from 'zod';
import type { Refusal } from '../../mutations/mutation.ts';
import type { SettingsInForce } from '../settings.ts';
import { exportsMethods } from './exports.ts';
import { fieldsMethods } from './fields.ts';
import { insightMethods } from './insight.ts';
import { type Facets, type HeldList, listColumnsSchema, type ListWindow, listQuerySchema } from './list.ts';
import { method } from './method.ts';
import type {
  AppInfo,
  MergedList,
  OutboxItem,
  Saved,
  SearchResult,
  StartState,
  SyncStatus,
  UndoItem,
} from './status.ts';
import { settingsMethods } from './settings.ts';
import { scopeMethods } from './scope.ts';
import { surveysMethods } from './surveys.ts';
import type { ThreadMessage, ThreadView } from './thread.ts';
import type { ThreadTimings } from './timings.ts';

const conversationId = z.string().min(1).max(200);
const viewId = z.string().min(1).max(64);
const offset = z.number().int().nonnegative();
const limit = z.number().int().positive().max(500);
const mid = z.number().int().positive();
const none = z.object({});

/** A call that a rule refused answers so; a call that is wrong in form is an error of the wire. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** The desk's contract with its screens: queries and commands. Over MessagePort in Electron, WebSocket in a browser. */
export const deskContract = {
  /** Asked first: whether there is a desk to ask. Everything else is `unavailable` where it failed. */
  'app.start': method<StartState>()(none),
  /** Tries once more to start what failed; answers how it stands then. A page's port closes when it came up. */
  'app.restart': method<StartState>()(none, 60_000),
  'app.info': method<AppInfo>()(none),
  'app.setPreference': method<null>()(
    z.object({ key: z.string().min(1).max(100), value: z.string().max(20_000) }),
  ),
  'sample.reset': method<null>()(none, 60_000),

  'list.open': method<HeldList>()(z.object({ query: listQuerySchema, columns: listColumnsSchema, limit })),
  'list.rows': method<ListWindow>()(z.object({ viewId, offset, limit })),
  /** New order and matches for the same query; the view keeps its id. */
  'list.refresh': method<HeldList>()(z.object({ viewId, offset: offset.optional(), limit })),
  /** Position of a conversation in the view; null when it is not in it. */
  'list.locate': method<{ readonly index: number | null }>()(z.object({ viewId, conversationId })),
  'list.close': method<null>()(z.object({ viewId })),
  'list.facets': method<Facets>()(z.object({ query: listQuerySchema })),

  'thread.open': method<ThreadView | null>()(z.object({ conversationId, limit })),
  'thread.earlier': method<{ readonly messages: readonly ThreadMessage[]; readonly hasEarlier: boolean }>()(
    z.object({ conversationId, beforeAt: z.number().int(), beforeId: z.string().max(200), limit }),
  ),
  /**
   * The six timings of every cycle, with what explains them (T9, T10); null when this desk does not hold it. Ask again
   * on `thread`, and on `info`, which tells of new settings.
   */
  'thread.timings': method<ThreadTimings | null>()(z.object({ conversationId })),
  /** The business hours and the policy that timings are counted under (T5, T13). Ask again on `info`. */
  'timings.settings': method<SettingsInForce>()(none),
  ...exportsMethods,
  ...fieldsMethods,
  ...surveysMethods,
  ...settingsMethods,
  ...insightMethods,
  ...scopeMethods,

  'search.messages': method<SearchResult>()(
    z.object({ text: z.string().max(500), after: z.string().max(200).nullable(), limit }),
  ),

  /** Runs a mutation: refused at once when a rule says no here; else durable before the answer. */
  mutate: method<Answer<Saved>>()(z.object({ name: z.string().min(1).max(64), args: z.unknown() })),
  'undo.list': method<readonly UndoItem[]>()(none),
  /** Takes one action back; without a mid, the latest that stands. */
  'undo.apply': method<Answer<Saved>>()(z.object({ mid: mid.optional() })),
  /** Does again what was taken back; without a mid, the last one while no action was made since. */
  'undo.redo': method<Answer<Saved>>()(z.object({ mid: mid.optional() })),

  'draft.put': method<null>()(
    z.object({ conversationId, kind: z.enum(['reply', 'note']), text: z.string().max(100_000) }),
  ),
  'outbox.list': method<readonly OutboxItem[]>()(none),
  /** Takes back what no push has carried yet (Y12); its text returns as a draft. False when it is too late. */
  'outbox.recall': method<{ readonly recalled: boolean }>()(z.object({ mid })),
  /** Sends a held or refused message again, as a new mutation, edited or not. */
  'outbox.resend': method<Answer<Saved>>()(z.object({ mid, text: z.string().max(100_000).optional() })),
  /** Drops a held or refused item for good. */
  'outbox.dismiss': method<null>()(z.object({ mid })),
  /** Lists of mine that others' changes were merged into, latest first, until each is read. */
  'outbox.merged': method<readonly MergedList[]>()(none),
  /** It was read. */
  'outbox.mergedRead': method<null>()(z.object({ mid })),

  'sync.status': method<SyncStatus>()(none),
  'sync.now': method<null>()(none),
  'sync.setOffline': method<null>()(z.object({ offline: z.boolean() })),
  /** What the screen's own system says of the network; told when it connects and whenever it changes. */
  'sync.network': method<null>()(z.object({ online: z.boolean() })),
} as const;
export type DeskContract = typeof deskContract;
export type DeskMethod = keyof DeskContract;

/**
 * What changed; ask again. Coalesced: many changes make one event. `ids` names conversations, null means any.
 * `list`: rows or counts; `thread`: an open conversation; `status`, `outbox`, `undo`, `info`: those screens;
 * `insight`: figures, feed, reviews, segments, and how far they are read in.
 */
export const TOPICS = ['list', 'thread', 'status', 'outbox', 'undo', 'info', 'insight', 'exports'] as const;
export type Topic = (typeof TOPICS)[number];
export interface Invalidation {
  readonly topic: Topic;
  readonly ids: readonly string[] | null;
}
/** An invalidation names at most this many conversations; more become null. */
export const INVALIDATION_IDS = 200;
