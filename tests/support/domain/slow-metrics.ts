import { DEFAULT_POLICY, type HistoryEvent } from '../../../src/domain/events.ts';
import { compareEvents } from '../../../src/domain/fold.ts';
import type { Metric } from '../../../src/domain/model.ts';

/** A data point as the slow way finds it. */
export interface SlowPoint {
  readonly metric: Metric;
  readonly at: number;
}

/** The AI's side of a conversation at the end, as the slow way finds it. */
export interface SlowOutcome {
  readonly outcome: 'open' | 'resolvedByAi' | 'notResolvedByAi' | 'closedUnresolved' | null;
  readonly handoffBy: 'ai' | 'agent' | null;
  readonly points: readonly SlowPoint[];
}

interface Side {
  outcome: SlowOutcome['outcome'];
  handoffBy: SlowOutcome['handoffBy'];
  offer: boolean;
  handoffs: number;
  last: { readonly kind: string; readonly at: number } | null;
  /** A human cycle is open, or was and is closed now; null while there was none. */
  human: 'open' | 'closed' | null;
  readonly points: SlowPoint[];
}

/**
 * Reads a history word by word, event after event, and says what O5–O7 and K1–K4 say of it. Made to be obvious, not fast,
 * and of nothing that `src/domain` computes with but the order of events. Only for conversations whose cycles need no undoing.
 */
export function slowOutcome(events: readonly HistoryEvent[], until: number): SlowOutcome {
  const side: Side = {
    outcome: null,
    handoffBy: null,
    offer: false,
    handoffs: 0,
    last: null,
    human: null,
    points: [],
  };
  const seen = new Set<string>();
  for (const event of [...events].sort(compareEvents)) {
    if (event.fact.type === 'messagePosted') {
      if (seen.has(event.fact.messageId)) continue;
      seen.add(event.fact.messageId);
    }
    idle(side, event.at);
    happen(side, event);
  }
  idle(side, until);
  return side;
}

const WINDOW = DEFAULT_POLICY.idleWindow;

function idle(side: Side, now: number): void {
  if (side.outcome !== 'open' || side.last === null || side.last.at + WINDOW > now) return;
  end(side, side.last.at + WINDOW, side.last.kind === 'ai');
}

function end(side: Side, at: number, isResolved: boolean): void {
  side.outcome = isResolved ? 'resolvedByAi' : 'closedUnresolved';
  if (isResolved) side.points.push({ metric: 'resolved', at });
}

function handOver(side: Side, by: 'ai' | 'agent', at: number): void {
  side.outcome = 'notResolvedByAi';
  side.handoffBy ??= by;
  side.handoffs += 1;
  side.offer = false;
  if (by === 'ai') side.points.push({ metric: 'escalated', at });
}

function happen(side: Side, { fact, at }: HistoryEvent): void {
  switch (fact.type) {
    case 'started':
      side.outcome = fact.withAi ? 'open' : null;
      if (fact.withAi) side.points.push({ metric: 'started', at });
      return;
    case 'messagePosted':
      if (fact.note || fact.authorKind === 'system') return;
      if (fact.authorKind === 'customer') customer(side);
      if (fact.authorKind === 'agent') agent(side, at);
      side.last = { kind: fact.authorKind, at };
      return;
    case 'escalated':
      handOver(side, 'ai', at);
      if (fact.method !== 'message') side.human = 'open';
      return;
    case 'handoffOffered':
      side.offer = true;
      return;
    case 'handoffAccepted':
      if (side.handoffs > 0 && !side.offer) return;
      handOver(side, 'ai', at);
      side.human = 'open';
      return;
    case 'handoffDeclined':
      // A "no" stays an answered offer: a later "yes" still counts.
      if (side.handoffs === 0 || side.offer) side.offer = true;
      return;
    case 'takenOver':
      takeOver(side, at);
      return;
    case 'resolved':
      if (side.handoffs > 0 || side.outcome === 'resolvedByAi') return;
      end(side, at, true);
      return;
    case 'closed':
      if (side.human === 'open') side.human = 'closed';
      else if (side.outcome === 'open') end(side, at, side.last?.kind === 'ai' && fact.by !== 'agent');
      return;
    case 'reopened':
      if (side.human !== 'open' && side.outcome !== 'open') side.human = 'open';
      return;
    case 'productsRecommended':
      side.points.push({ metric: 'recommended', at });
      return;
    case 'productClicked':
      side.points.push({ metric: 'clicked', at });
      return;
    default:
  }
}

function customer(side: Side): void {
  if (side.human === 'open') return;
  if (side.human === 'closed' || side.outcome === null) side.human = 'open';
  else if (side.outcome === 'resolvedByAi' || side.outcome === 'closedUnresolved') side.outcome = 'open';
}

function takeOver(side: Side, at: number): void {
  if (side.human === 'open') return;
  if (side.outcome === 'open') handOver(side, 'agent', at);
  side.human = 'open';
}

function agent(side: Side, at: number): void {
  if (side.human === null && side.outcome !== 'resolvedByAi' && side.outcome !== 'closedUnresolved')
    takeOver(side, at);
}
