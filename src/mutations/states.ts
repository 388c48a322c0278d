import type { Result } from '../base/result.ts';
import type { Conversation } from '../domain/model.ts';
import { refuse } from './history.ts';
import type { Refusal } from './mutation.ts';

/** Where a conversation stands, in one word for a refusal's detail. */
export type Standing = 'open' | 'snoozed' | 'closed' | 'withAi' | 'closedByAi' | 'notStarted';

/** One word for where it stands: its human state, else what the AI made of it. */
export function standingOf({ humanState, aiOutcome }: Conversation): Standing {
  if (humanState !== null) return humanState;
  if (aiOutcome === 'open' || aiOutcome === 'notResolvedByAi') return 'withAi';
  return aiOutcome === null ? 'notStarted' : 'closedByAi';
}

/** Refuses because of where the conversation stands. */
export function refuseState(conversation: Conversation): Result<never, Refusal> {
  return refuse('invalidState', { state: standingOf(conversation) });
}

/** Whether humans have it now: a cycle is open, snoozed or not. */
export function isOpen({ humanState }: Conversation): boolean {
  return humanState === 'open' || humanState === 'snoozed';
}
