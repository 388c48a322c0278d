import type { EpochMillis } from '../../base/time.ts';
import type { HistoryEvent } from '../events.ts';
import type { Conversation, Metric, MetricEvent, Tag } from '../model.ts';
import { put, type RowChange } from '../rows.ts';
import type { Draft } from './draft.ts';

type Properties = Partial<Pick<MetricEvent, 'skill' | 'reasonCode' | 'reason' | 'products'>>;

/** The tags the AI applied (K2, K3), in the order of their names: the same however they came. Null for none. */
function aiTags(tags: readonly Tag[]): string | null {
  const names = tags.filter((tag) => tag.appliedBy === 'ai').map((tag) => tag.tag);
  return names.length === 0 ? null : JSON.stringify(names.sort());
}

function dataPoint(
  conversation: Conversation,
  id: string,
  metric: Metric,
  at: EpochMillis,
  tags: string | null,
  properties: Properties,
): RowChange {
  return put('metricEvent', {
    conversationId: conversation.id,
    id,
    customerId: conversation.customerId,
    metric,
    at,
    channel: conversation.channel,
    skill: properties.skill ?? null,
    reasonCode: properties.reasonCode ?? null,
    reason: properties.reason ?? null,
    tags,
    products: properties.products ?? null,
  });
}

/** K1: the AI has a new conversation. It bears its start's id and moment, so that the feed counts what O1 counts. */
export function conversationStarted(conversation: Conversation, event: HistoryEvent): readonly RowChange[] {
  if (conversation.aiOutcome === null) return [];
  const { initialSkill: skill } = conversation;
  return [dataPoint(conversation, event.id, 'started', event.at, null, { skill })];
}

/** K2 by the passing of time (O5): dated when the idle window ended, with an id made of that, whenever the sweep runs. */
export function resolvedByIdling(conversation: Conversation, tags: readonly Tag[]): readonly RowChange[] {
  const { aiClosedAt: at, finalSkill: skill } = conversation;
  if (conversation.aiOutcome !== 'resolvedByAi' || at === null) return [];
  return [dataPoint(conversation, `idle@${at}`, 'resolved', at, aiTags(tags), { skill })];
}

/**
 * Writes a data point of what the draft's event did; call it once what the event says (tags, skills) stands in the draft.
 * One event makes at most one, which bears its id: a refold makes the same again (T11).
 */
function record(draft: Draft, metric: Metric, properties: Properties, tags: string | null): void {
  const { conversation, event } = draft;
  draft.changes.push(dataPoint(conversation, event.id, metric, event.at, tags, properties));
}

/** K2: the status became resolved. */
export function recordResolved(draft: Draft): void {
  record(draft, 'resolved', { skill: draft.conversation.finalSkill }, aiTags(draft.tags));
}

/** K3: the AI handed over; an agent's taking over is none (S4). */
export function recordEscalated(
  draft: Draft,
  why: Pick<MetricEvent, 'skill' | 'reasonCode' | 'reason'>,
): void {
  const skill = why.skill ?? draft.conversation.finalSkill;
  record(draft, 'escalated', { ...why, skill }, aiTags(draft.tags));
}

/** K4: the AI recommended products; `ids` as it named them, each once. */
export function recordRecommended(draft: Draft, ids: readonly string[]): void {
  record(draft, 'recommended', { products: JSON.stringify([...new Set(ids)]) }, null);
}

/** A product was clicked, recommended or not: A1 asks for the recommendation itself. */
export function recordClicked(draft: Draft, productId: string): void {
  record(draft, 'clicked', { products: JSON.stringify([productId]) }, null);
}
