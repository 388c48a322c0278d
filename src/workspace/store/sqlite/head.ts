import { must } from '../../../base/must.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import { genesisChain } from '../log.ts';
import type { Identity, LogHead } from '../store.ts';

/** The end of the log. */
export function readHead(db: ReadableDb, identity: Identity): LogHead {
  const last = db
    .prepare<LogHead>('SELECT seq, chain, arrival FROM commit_log ORDER BY seq DESC LIMIT ?')
    .get(1);
  return last ?? { seq: 0, chain: genesisChain(identity), arrival: 0 };
}

/** The chain at `seq`, or null beyond the log. */
export function readChainAt(db: ReadableDb, identity: Identity, seq: number): string | null {
  if (seq === 0) return genesisChain(identity);
  return db.preparePluck<string>('SELECT chain FROM commit_log WHERE seq = ? LIMIT ?').get(seq, 1) ?? null;
}

/** Who the file says it is; thrown about when it says nothing, since opening writes it. */
export function readIdentity(db: ReadableDb): Identity {
  return {
    workspaceId: must(readMeta(db, 'workspaceId'), 'the workspace id'),
    epoch: must(readMeta(db, 'epoch'), 'the epoch'),
  };
}

/** A value of the meta table, or null. */
export function readMeta(db: ReadableDb, key: string): string | null {
  return db.preparePluck<string>('SELECT value FROM meta WHERE key = ? LIMIT ?').get(key, 1) ?? null;
}
