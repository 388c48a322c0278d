import type { MessagePort } from 'node:worker_threads';
import type { OpenError } from '../../sqlite/database.ts';

/** Why a workspace's thread is not there: its file cannot be opened (Y15), or something else went wrong. */
export type ThreadError = OpenError | { readonly type: 'workspaceFailed'; readonly problem: string };

/** What a workspace's thread is started with. */
export interface ThreadStart {
  /** The workspace's file. */
  readonly file: string;
  /** Whose desk it serves. */
  readonly agentId: string;
  /** Where it listens, for threads that do: 0 takes a free port. */
  readonly httpPort: number;
}

/** What the thread says: once that it is ready or has failed, and log lines at any time. */
export type FromThread =
  | { readonly type: 'ready'; readonly address: string | null; readonly token: string | null }
  | { readonly type: 'failed'; readonly error: ThreadError }
  | { readonly type: 'log'; readonly line: string };

/** What the thread is told. `port`: a message port on which the sync protocol is spoken. */
export type ToThread = { readonly type: 'port'; readonly port: MessagePort } | { readonly type: 'close' };
