import type { HistoryEvent, Policy } from './events.ts';
import { EMPTY_SNAPSHOT, put, type RowChange, type Snapshot } from './rows.ts';
import { addTags, follow, readHandoff, removeTag, setPriority, unfollow } from './state/attributes.ts';
import {
  assign,
  closed,
  reopened,
  resolved,
  snoozed,
  undoClose,
  undoReopening,
  wake,
} from './state/closing.ts';
import { scoreImported, surveyAnswered, surveySent } from './state/csat.ts';
import { type Draft, draftOf, finishDraft } from './state/draft.ts';
import { escalated, handoffAccepted, handoffDeclined, handoffOffered, takeOverAt } from './state/handoffs.ts';
import { conversationStarted } from './state/metrics.ts';
import { isBlockedReply, messagePosted } from './state/messages.ts';
import { clickProduct, recommendProducts, setProfile } from './state/profile.ts';
import { settle } from './state/settle.ts';
import { startConversation } from './state/started.ts';

export { tagLimitOf } from './state/attributes.ts';
export { isUndoableReopening, undoableClose } from './state/closing.ts';
export { dueAt, idleWindowOf, settle, settled } from './state/settle.ts';

/** What one event did. */
export interface StepResult {
  readonly snapshot: Snapshot;
  /** Whole rows, in no order that matters; the conversation's comes first. */
  readonly changes: readonly RowChange[];
  /** The event was not applied: it belongs to a new conversation (S5, S10). The changes are then only the passage of time. */
  readonly spill?: HistoryEvent;
}

/** One line a fact: what each does lies in `state/`. A second `started` changes nothing. */
function apply(draft: Draft, event: HistoryEvent): void {
  const { fact, at } = event;
  switch (fact.type) {
    case 'started':
      return;
    case 'messagePosted':
      return messagePosted(draft, fact, event);
    case 'escalated':
      return escalated(draft, fact, at);
    case 'handoffOffered':
      return handoffOffered(draft, fact);
    case 'handoffAccepted':
      return handoffAccepted(draft, at);
    case 'handoffDeclined':
      return handoffDeclined(draft);
    case 'takenOver':
      return takeOverAt(draft, fact.agentId, at);
    case 'resolved':
      return resolved(draft, fact, at);
    case 'closed':
      return closed(draft, fact, event);
    case 'closeUndone':
      return undoClose(draft);
    case 'reopened':
      return reopened(draft, at);
    case 'reopenUndone':
      return undoReopening(draft);
    case 'snoozed':
      return snoozed(draft, fact.until, at);
    case 'woken':
      return wake(draft);
    case 'assigned':
      return assign(draft, fact.assigneeId);
    case 'prioritySet':
      return setPriority(draft, fact.priority);
    case 'tagAdded':
      return addTags(draft, [fact.tag], fact.appliedBy, fact.agentId, at);
    case 'tagRemoved':
      return removeTag(draft, fact.tag);
    case 'descriptionSet':
      draft.conversation.description = fact.description;
      return;
    case 'handoffRead':
      return readHandoff(draft, fact.agentId);
    case 'followed':
      return follow(draft, fact.agentId);
    case 'unfollowed':
      return unfollow(draft, fact.agentId);
    case 'productsRecommended':
      return recommendProducts(draft, fact.products, at);
    case 'productClicked':
      return clickProduct(draft, fact.productId, at);
    case 'profileSet':
      return setProfile(draft, fact.values, at);
    case 'surveySent':
      return surveySent(draft, fact, at);
    case 'surveyAnswered':
      return surveyAnswered(draft, fact, at);
    case 'scoreImported':
      return scoreImported(draft, fact, at);
  }
}

/**
 * The state machine (S1–S11): the conversation after `event`, and the rows that changed. Time passes first (`settle`).
 * Total over every fact in every state: what does not apply changes nothing but the fold position. The caller keeps two
 * promises: events come in `compareEvents` order (else it refolds, see `needsRefold`), and a message id that the
 * conversation already has does not come again. Throws on an event of a conversation that was never started.
 */
export function step(snapshot: Snapshot, event: HistoryEvent, policy: Policy): StepResult {
  if (snapshot.conversation === null && event.fact.type === 'started') {
    const conversation = startConversation(event.fact, event);
    const changes = [put('conversation', conversation), ...conversationStarted(conversation, event)];
    return { snapshot: { ...EMPTY_SNAPSHOT, conversation }, changes };
  }
  const now = settle(snapshot, event.at, policy);
  if (isBlockedReply(now.snapshot, event, policy)) return { ...now, spill: event };
  const draft = draftOf(now.snapshot, event);
  // What the passing of time did besides the conversation's own row, which is written anew.
  draft.changes.push(...now.changes.filter((change) => change.table !== 'conversation'));
  apply(draft, event);
  draft.conversation.foldedAt = event.at;
  draft.conversation.foldedId = event.id;
  return finishDraft(draft);
}
