import type { AgentId, ConversationId, CustomerId, EventId, MessageId, ProductId } from '../base/ids.ts';
import type { EpochMillis } from '../base/time.ts';
import type { AuthorKind, ClosedBy, CsatMedium, CsatScale, HandoffMethod, Priority } from './model.ts';

/** A value of a conversation profile key as a source sends it (F1): a list is an ordered set of strings. */
export type ProfileValue = string | number | boolean | readonly string[] | null;

/** What happened, in the past tense: the only input of the state machine. Ingest and mutations both speak it. */
export type Fact =
  | {
      readonly type: 'started';
      readonly customerId: CustomerId;
      readonly source: string;
      readonly channel: string;
      readonly page: string | null;
      readonly language: string | null;
      readonly initialSkill: string | null;
      /** An AI agent has the channel (S1); false: cycle 1 opens at the customer's first message. */
      readonly withAi: boolean;
    }
  | {
      readonly type: 'messagePosted';
      readonly messageId: MessageId;
      readonly authorKind: AuthorKind;
      readonly authorId: string | null;
      readonly note: boolean;
      readonly text: string;
      readonly writtenAt: EpochMillis | null;
    }
  | {
      readonly type: 'escalated';
      readonly method: HandoffMethod;
      readonly reasonCode: string | null;
      readonly reason: string | null;
      readonly tags: readonly string[];
      readonly skill: string | null;
    }
  | {
      readonly type: 'handoffOffered';
      readonly reasonCode: string | null;
      readonly reason: string | null;
      readonly skill: string | null;
    }
  | { readonly type: 'handoffAccepted' }
  | { readonly type: 'handoffDeclined' }
  | { readonly type: 'takenOver'; readonly agentId: AgentId }
  | {
      readonly type: 'resolved';
      readonly finalSkill: string | null;
      readonly tags: readonly string[];
      readonly rawStatus: string | null;
    }
  | { readonly type: 'closed'; readonly by: ClosedBy; readonly agentId: AgentId | null }
  | { readonly type: 'closeUndone'; readonly agentId: AgentId }
  | { readonly type: 'reopened'; readonly agentId: AgentId | null }
  | { readonly type: 'reopenUndone'; readonly agentId: AgentId }
  | { readonly type: 'snoozed'; readonly until: EpochMillis; readonly agentId: AgentId | null }
  | { readonly type: 'woken'; readonly agentId: AgentId | null }
  | { readonly type: 'assigned'; readonly assigneeId: AgentId | null; readonly agentId: AgentId | null }
  | { readonly type: 'prioritySet'; readonly priority: Priority | null }
  | {
      readonly type: 'tagAdded';
      readonly tag: string;
      readonly appliedBy: 'ai' | 'agent';
      readonly agentId: AgentId | null;
    }
  | { readonly type: 'tagRemoved'; readonly tag: string }
  | { readonly type: 'descriptionSet'; readonly description: string | null }
  | { readonly type: 'handoffRead'; readonly agentId: AgentId }
  | { readonly type: 'followed'; readonly agentId: AgentId }
  | { readonly type: 'unfollowed'; readonly agentId: AgentId }
  | {
      readonly type: 'productsRecommended';
      readonly products: readonly {
        readonly id: ProductId;
        readonly name: string | null;
        readonly url: string | null;
      }[];
    }
  | { readonly type: 'productClicked'; readonly productId: ProductId }
  | { readonly type: 'profileSet'; readonly values: Readonly<Record<string, ProfileValue>> }
  | {
      readonly type: 'surveySent';
      /** The cycle it asks about (Q3); null for the one at that time. */
      readonly ordinal: number | null;
      readonly surveyId: string;
      readonly scale: CsatScale;
      readonly language: string | null;
      readonly medium: CsatMedium;
      /** The assignee at that cycle's closing (Q3); null: as history says. */
      readonly ownerId: AgentId | null;
      readonly expiresAt: EpochMillis | null;
      readonly link: string | null;
    }
  | {
      readonly type: 'surveyAnswered';
      readonly ordinal: number;
      readonly score: number | null;
      readonly comment: string | null;
    }
  | {
      /** A score that another system asked for (Q6). */
      readonly type: 'scoreImported';
      /** The cycle it is about; null for the one at that time. */
      readonly ordinal: number | null;
      /** Null: nobody said which. */
      readonly scale: CsatScale | null;
      readonly score: number;
      readonly comment: string | null;
    };

/** A fact in a conversation's history. History folds in (`at`, `id`) order (T8). */
export interface HistoryEvent {
  readonly id: EventId;
  readonly conversationId: ConversationId;
  readonly at: EpochMillis;
  /** Receipt number in the workspace; on a desk, one more than anything it has seen. */
  readonly arrival: number;
  /** `source`: ingested, at its source's time. `desk`: from a mutation, at the workspace's receipt. */
  readonly origin: 'source' | 'desk';
  readonly fact: Fact;
}

/** How long an AI conversation may be idle before it closes by itself (S3, O5), in milliseconds. */
export interface IdleWindows {
  /** Of every source without a window of its own. */
  readonly idleWindow: number;
  /** By source name. */
  readonly idleWindowBySource: Readonly<Record<string, number>>;
}

/** What the rules may be told by the workspace; a replicated setting. */
export interface Policy extends IdleWindows {
  /** Windows that were in force before, oldest first: each counts for conversations whose last message is older than `until`. */
  readonly earlierIdle?: readonly EarlierIdle[] | undefined;
  /** Replies after closing start a new conversation (S5, S10): what is received from now on. */
  readonly blockRepliesAfterClosing: boolean;
  /** What was in force before, oldest first: each counts for events whose receipt number is lower than `until`. */
  readonly earlierBlocking?: readonly EarlierBlocking[] | undefined;
}

export interface EarlierBlocking {
  /** The receipt number (`HistoryEvent.arrival`) from which on the next one counts. */
  readonly until: number;
  readonly blocks: boolean;
}

export interface EarlierIdle extends IdleWindows {
  readonly until: EpochMillis;
}

export const DEFAULT_POLICY: Policy = {
  idleWindowBySource: {},
  idleWindow: 48 * 3_600_000,
  blockRepliesAfterClosing: false,
};
