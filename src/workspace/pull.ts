import { asId } from '../base/ids.ts';
import type { Clock } from '../base/time.ts';
import type { Cursor, PullRequest, PullResponse, RESET_REASONS, TableRows } from '../protocol/sync.ts';
import type { WireValue } from '../protocol/tables.ts';
import type { Desk } from './push.ts';
import type { ScopeAnswer, ScopeAsk } from './scope.ts';
import type { Store, TableChanges } from './store/store.ts';

/** More changed rows than this are fetched anew instead (Y6, `tooFar`). */
export const PULL_LIMIT = 100_000;

export interface PullDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** `PULL_LIMIT` when absent. */
  readonly pullLimit?: number;
}

/**
 * The rows changed since a desk's cursor, at one moment of the log (Y6, Y7), or the reason why the log does not lead
 * from there to here. History never leaves; read markers only to their agent. A desk that holds a part gets what it may not
 * hold whole, and goes further back where it asks to (Y9).
 */
export async function pull(deps: PullDeps, desk: Desk, request: PullRequest): Promise<PullResponse> {
  const { cursor, seen } = request;
  const now = deps.clock.now();
  const broken =
    (await brokenLink(deps.store, cursor)) ??
    (seen === undefined ? null : await brokenLink(deps.store, seen));
  if (broken !== null) return { kind: 'reset', reason: broken, now };
  const changes = await deps.store.changes({
    after: cursor.seq,
    agentId: desk.agentId,
    clientId: asId(request.clientId),
    maxRows: deps.pullLimit ?? PULL_LIMIT,
    scope: request.scope === undefined ? undefined : scopeAsk(request.scope),
  });
  if (changes.kind === 'tooMany') return { kind: 'reset', reason: 'tooFar', now };
  const answer = {
    kind: 'changes' as const,
    from: cursor,
    to: { epoch: cursor.epoch, seq: changes.head.seq, chain: changes.head.chain },
    lastMid: changes.lastMid,
    tables: changes.tables.map(tableRows),
    now,
  };
  return changes.scope === undefined ? answer : { ...answer, scope: scopeAnswer(changes.scope) };
}

function scopeAsk({ held, reach, ids }: NonNullable<PullRequest['scope']>): ScopeAsk {
  return { held, reach: reach ?? null, ids: ids.map((id) => asId<'ConversationId'>(id)) };
}

/** As the wire's schema types it: its arrays are mutable. */
function scopeAnswer({ held, absent }: ScopeAnswer): Extract<PullResponse, { kind: 'changes' }>['scope'] {
  return { held: held === null ? null : { ...held }, absent: [...absent] };
}

/** Why a cursor is not a place in this log; null when it is. The chain tells a rewritten history (Y6). */
export async function brokenLink(
  store: Store,
  cursor: Cursor,
): Promise<(typeof RESET_REASONS)[number] | null> {
  const identity = await store.identity();
  if (cursor.epoch !== identity.epoch) return 'epoch';
  const chain = await store.chainAt(cursor.seq);
  if (chain === null) return 'ahead';
  return chain === cursor.chain ? null : 'chain';
}

/** Rows as they cross the wire, and their digests beside them. */
export function tableRows({ table, puts, deletes }: TableChanges): TableRows {
  const rows: (readonly WireValue[])[] = [];
  const sums: number[] = [];
  for (const { values, sum } of puts) {
    rows.push(values);
    sums.push(sum);
  }
  return { table, puts: rows, sums, deletes };
}
