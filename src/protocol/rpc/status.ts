import type { ConversationId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { Agent } from '../../domain/model.ts';
import type { RefusalCode } from '../../mutations/mutation.ts';
import type { WireErrorCode } from '../errors.ts';

/** Who I am, who else is here, and what this build is. */
export interface AppInfo {
  readonly version: string;
  readonly me: Agent;
  readonly agents: readonly Agent[];
  readonly workspace: 'embedded' | 'remote';
  readonly sample: boolean;
  readonly preferences: Readonly<Record<string, string>>;
}

/** Why there is no desk behind the screens: codes of what stopped it. */
export const START_FAILURES = [
  /** A file was written by a newer build; nothing was written to it (Y15). */
  'fromTheFuture',
  /** Another engine works with the same data directory (Y15). */
  'inUse',
  'corrupt',
  'notADatabase',
  'cannotOpen',
  'badConfig',
  'otherMode',
  'notSample',
  'workspaceMissing',
  'workspaceFailed',
  'internal',
] as const;
export type StartFailureCode = (typeof START_FAILURES)[number];

/** Whether the engine has its desk, else why not. `path`: the file it is about; `pid`: the process that has the data. */
export type StartState =
  | { readonly state: 'running' }
  | {
      readonly state: 'failed';
      readonly code: StartFailureCode;
      readonly path: string | null;
      readonly pid: number | null;
    };

/** The three separate facts of the status bar, and what is under way. */
export interface SyncStatus {
  readonly network: 'up' | 'down' | 'unknown';
  readonly workspace: 'connected' | 'connecting' | 'disconnected' | 'offlineByChoice' | 'refused';
  /** Why it is refused or disconnected, where that is known. */
  readonly problem: WireErrorCode | null;
  /** From when `workspace` is so, by this machine's clock as corrected (Y10). */
  readonly since: EpochMillis;
  /** What was found damaged at this start, and mended (Y1); null: nothing. */
  readonly mended: Mended | null;
  readonly lastSyncAt: EpochMillis | null;
  readonly pending: number;
  readonly needsAttention: number;
  readonly bootstrap: { readonly done: number; readonly total: number } | null;
  /** Search and counts are built behind the data; null when they have caught up. */
  readonly indexing: { readonly done: number; readonly total: number } | null;
}

/** A damaged file of this desk was set aside. `replica`: built again from the workspace. `outbox`: what could be read went on. */
export interface Mended {
  readonly replica: { readonly path: string } | null;
  readonly outbox: {
    readonly path: string;
    readonly entries: number;
    readonly drafts: number;
    readonly attention: number;
  } | null;
}

/** One change of this desk that the workspace has not confirmed, or refused. */
export interface OutboxItem {
  readonly mid: number;
  readonly name: string;
  readonly conversationId: ConversationId | null;
  readonly customerName: string | null;
  readonly text: string | null;
  /** What was asked for, by the mutation's own names. */
  readonly args: unknown;
  readonly madeAt: EpochMillis;
  readonly state: 'queued' | 'sending' | 'held' | 'refused';
  readonly code: RefusalCode | null;
  readonly detail: Readonly<Record<string, string | number | null>> | null;
  readonly recallable: boolean;
}

/**
 * A list of mine that was merged, item by item, with what others changed since I saw it (F1, S8); told until it is read.
 * `field`: the key of a profile field, or `tags`. `agentIds`: whose changes are in it, null for a source's.
 */
export interface MergedList {
  readonly mid: number;
  readonly conversationId: ConversationId;
  readonly customerName: string | null;
  readonly field: string;
  /** As this desk showed it after my change. */
  readonly mine: readonly string[];
  /** As it stood once both were in it. */
  readonly result: readonly string[];
  readonly agentIds: readonly (string | null)[];
  /** When the last of the others' changes was made, by the workspace's clock. */
  readonly at: EpochMillis;
}

/** One action of this session that can be, or was, taken back. */
export interface UndoItem {
  readonly mid: number;
  readonly name: string;
  readonly conversationId: ConversationId | null;
  readonly customerName: string | null;
  readonly args: unknown;
  readonly at: EpochMillis;
  /** Taken back, and not done again since. */
  readonly undone: boolean;
  /** Whether it can be done again: `next` is what the key does, `listed` only the list. */
  readonly redo: 'next' | 'listed' | null;
}

/** The answer to a change: it is durable in the outbox (Y1); the workspace's word follows as an event. */
export interface Saved {
  readonly mid: number;
  readonly undoable: boolean;
}

/** A message found. `ranges` mark the hits in `text` ([from, to), UTF-16). */
export interface SearchHit {
  readonly conversationId: ConversationId;
  readonly messageId: string;
  readonly at: EpochMillis;
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
  readonly customerName: string | null;
  readonly authorKind: string;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly next: string | null;
  /** What was searched, said honestly: messages indexed of messages held. */
  readonly scope: { readonly indexed: number; readonly total: number };
}
