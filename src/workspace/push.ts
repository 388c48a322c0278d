import { type AgentId, asId, type ClientId } from '../base/ids.ts';
import { must } from '../base/must.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import type { HistoryRow, Role } from '../domain/model.ts';
import type { RowChange } from '../domain/rows.ts';
import type { Reads } from '../mutations/mutation.ts';
import type { WireError } from '../protocol/errors.ts';
import type { Merged, OutboxMutation, Outcome, PushRequest, PushResponse } from '../protocol/sync.ts';
import type { WorkspaceLog } from './log-events.ts';
import {
  type PreparedCall,
  type PrepareMutation,
  prepareCall,
  type RanMutation,
  refusedOutcome,
  runCall,
} from './push-run.ts';
import { readPolicy } from './settings.ts';
import { isStorableText } from './storable.ts';
import type { AuditEntry, ClientRow, LogHead, OutcomeRow, Store } from './store/store.ts';
import { type Batch, withAuthor } from './who-changed.ts';
import { withMergers } from './who-merged.ts';
import { loadWorkingSet } from './working-set.ts';

/** Who pushes, as the workspace knows it: taken from the token, never from the request. */
export interface Desk {
  readonly agentId: AgentId;
  readonly role: Role;
}

export interface PushDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: WorkspaceLog;
  readonly prepare: PrepareMutation;
}

/** Which of a request's mutations are new, and where the numbering broke off. */
export interface PushPlan {
  readonly fresh: readonly OutboxMutation[];
  /** How many of the request's mutations, from its start, get an answer. */
  readonly answered: number;
  readonly gapAt: number | null;
}

/** Y3: seen before is skipped, a gap stops, the rest is new. Pure. */
export function planPush(mutations: readonly OutboxMutation[], lastMid: number): PushPlan {
  const fresh: OutboxMutation[] = [];
  let expected = lastMid + 1;
  for (const [index, mutation] of mutations.entries()) {
    if (mutation.mid > expected) return { fresh, answered: index, gapAt: expected };
    if (mutation.mid < expected) continue;
    fresh.push(mutation);
    expected += 1;
  }
  return { fresh, answered: mutations.length, gapAt: null };
}

/** How often a batch is worked out anew when another process moved the log in between. */
const ATTEMPTS = 20;

/**
 * Runs a desk's mutations on the truth (Y3, Y4): each as a whole or not at all, the batch in one transaction, every
 * new one with exactly one recorded outcome. A repeated one answers what was recorded. `forbidden`: the client id
 * belongs to another agent.
 */
export async function push(
  deps: PushDeps,
  desk: Desk,
  request: PushRequest,
): Promise<Result<PushResponse, WireError>> {
  const clientId: ClientId = asId(request.clientId);
  if (!isStorableText(clientId)) return err({ type: 'badRequest', path: 'clientId' });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const head = await deps.store.head();
    const client = await deps.store.client(clientId);
    if (client !== null && client.agentId !== desk.agentId)
      return err({ type: 'forbidden', path: 'clientId' });
    const lastMid = client?.lastMid ?? 0;
    const plan = planPush(request.mutations, lastMid);
    const run = await runFresh(deps, desk, clientId, head, plan.fresh);
    const committed = await commitRun(deps, { id: clientId, agentId: desk.agentId, lastMid }, head, run);
    if (committed === null) continue;
    return ok(await answer(deps, clientId, request, plan, committed));
  }
  return err({ type: 'unavailable' });
}

interface Run {
  readonly outcomes: readonly OutcomeRow[];
  readonly changes: readonly RowChange[];
  readonly audit: readonly AuditEntry[];
  readonly arrival: number;
}

async function runFresh(
  deps: PushDeps,
  desk: Desk,
  clientId: ClientId,
  head: LogHead,
  fresh: readonly OutboxMutation[],
): Promise<Run> {
  const prepared: readonly PreparedCall[] = fresh.map((mutation) =>
    prepareCall(deps.prepare, mutation, desk, deps.log),
  );
  const reads: Reads[] = [];
  for (const one of prepared) if (one.ok) reads.push(one.reads);
  const rows = await loadWorkingSet(deps.store, reads);
  const policy = await readPolicy(deps.store, deps.log);
  const outcomes: OutcomeRow[] = [];
  const changes: RowChange[] = [];
  /** The history rows among `changes`, gathered as they come: who asks for them asks at every mutation. */
  const history: HistoryRow[] = [];
  const audit: AuditEntry[] = [];
  let arrival = head.arrival;
  for (const one of prepared) {
    const ran = runCall(one, rows, {
      actor: { id: desk.agentId, role: desk.role },
      clientId,
      now: deps.clock.now(),
      arrival: arrival + 1,
      policy,
      log: deps.log,
    });
    outcomes.push(await outcomeOf(deps, one, ran, { history, clientId, agentId: desk.agentId }));
    if (ran.audit !== null) audit.push(ran.audit);
    rows.apply(ran.changes);
    for (const change of ran.changes) {
      changes.push(change);
      if (change.table !== 'history' || change.op !== 'put') continue;
      history.push(change.row);
      arrival = Math.max(arrival, change.row.arrival);
    }
  }
  return { outcomes, changes, audit, arrival };
}

/** The outcome of a run; a refusal says who was there first, and when (Y4), a merge whose changes are in it (F1). */
async function outcomeOf(
  deps: PushDeps,
  prepared: PreparedCall,
  ran: RanMutation,
  batch: Batch,
): Promise<OutcomeRow> {
  if (!prepared.ok) return ran.outcome;
  const { mid, name, args } = prepared.call;
  const conversationId = prepared.reads.conversations[0] ?? null;
  if (ran.refusal === null) {
    const merged =
      ran.merge === null || conversationId === null
        ? null
        : await withMergers(deps.store, ran.merge, conversationId, batch);
    return merged === null ? ran.outcome : { ...ran.outcome, detail: JSON.stringify(merged) };
  }
  const refusal = await withAuthor(deps.store, { name, args, conversationId, refusal: ran.refusal }, batch);
  return refusedOutcome(mid, name, refusal);
}

/** The head after the batch; null when someone else moved the log first, and nothing was written. */
async function commitRun(deps: PushDeps, client: ClientRow, head: LogHead, run: Run): Promise<number | null> {
  const last = run.outcomes.at(-1);
  if (last === undefined) return head.seq;
  const committed = await deps.store.commit({
    expectedHead: head.seq,
    at: deps.clock.now(),
    changes: run.changes,
    arrival: run.arrival,
    client: { ...client, lastMid: last.mid },
    outcomes: run.outcomes,
    audit: run.audit,
  });
  return committed.ok ? committed.value.head.seq : null;
}

/** Answers from what is recorded, new and old alike. */
async function answer(
  deps: PushDeps,
  clientId: ClientId,
  request: PushRequest,
  plan: PushPlan,
  head: number,
): Promise<PushResponse> {
  const mids = request.mutations.slice(0, plan.answered).map((mutation) => mutation.mid);
  const recorded =
    mids.length === 0 ? [] : await deps.store.outcomes(clientId, Math.min(...mids), Math.max(...mids));
  const byMid = new Map(recorded.map((row) => [row.mid, row]));
  const client = await deps.store.client(clientId);
  const response = {
    outcomes: mids.map((mid) => wireOutcome(must(byMid.get(mid), `the outcome of ${mid}`))),
    lastMid: client?.lastMid ?? 0,
    head,
    now: deps.clock.now(),
  };
  return plan.gapAt === null ? response : { ...response, gapAt: plan.gapAt };
}

function wireOutcome(row: OutcomeRow): Outcome {
  const { mid, status, code } = row;
  if (row.detail === null) return code === null ? { mid, status } : { mid, status, code };
  // As this workspace wrote it.
  if (status === 'applied') return { mid, status, merged: JSON.parse(row.detail) as Merged };
  const detail = JSON.parse(row.detail) as NonNullable<Outcome['detail']>;
  return code === null ? { mid, status, detail } : { mid, status, code, detail };
}
