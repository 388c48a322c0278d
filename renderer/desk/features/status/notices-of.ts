import type { Mended, SyncStatus } from '../../../../src/protocol/rpc/status.ts';

/** What is said above the list while it is so, or until it was read: never in the way of work. */
export type Notice =
  /** The workspace refused this desk: which side is too old (Y14), or that it does not know it. */
  | {
      readonly kind: 'refused';
      readonly why: 'deskTooOld' | 'workspaceTooOld' | 'unknown';
      readonly pending: number;
    }
  /** The replica was damaged and set aside (Y1). `rebuilding`: its rows are not all back yet. */
  | {
      readonly kind: 'replica';
      readonly path: string;
      readonly rebuilding: boolean;
      /** Waiting work was in a file that is sound. */
      readonly workIsWhole: boolean;
    }
  /** The outbox was damaged; what could be read went on. */
  | { readonly kind: 'outbox'; readonly saved: NonNullable<Mended['outbox']> }
  /** Rows are still coming; the newest open conversations are there first (Y9). `share` from 0 to 1. */
  | { readonly kind: 'fetching'; readonly share: number };

function refusalOf({ workspace, problem, pending }: SyncStatus): readonly Notice[] {
  if (workspace !== 'refused') return [];
  const why = problem === 'deskTooOld' || problem === 'workspaceTooOld' ? problem : 'unknown';
  return [{ kind: 'refused', why, pending }];
}

function mendedOf({ mended, bootstrap }: SyncStatus, read: ReadonlySet<string>): readonly Notice[] {
  const notices: Notice[] = [];
  const replica = mended?.replica ?? null;
  const outbox = mended?.outbox ?? null;
  if (outbox !== null && !read.has(outbox.path)) notices.push({ kind: 'outbox', saved: outbox });
  if (replica !== null && !read.has(replica.path))
    notices.push({
      kind: 'replica',
      path: replica.path,
      rebuilding: bootstrap !== null,
      workIsWhole: outbox === null,
    });
  return notices;
}

function fetchingOf({ bootstrap, workspace }: SyncStatus): readonly Notice[] {
  if (bootstrap === null || workspace === 'refused') return [];
  const share = bootstrap.total === 0 ? 0 : Math.min(1, bootstrap.done / bootstrap.total);
  return [{ kind: 'fetching', share }];
}

/** What there is to say, the gravest first. `read` holds the paths of set-aside files whose notice was read. */
export function noticesOf(status: SyncStatus, read: ReadonlySet<string>): readonly Notice[] {
  return [...refusalOf(status), ...mendedOf(status, read), ...fetchingOf(status)];
}
