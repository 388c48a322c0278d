import { useMemo } from 'react';
import { type AgentId, asId, type ConversationId, type MessageId } from '../../../../src/base/ids.ts';
import type { EpochMillis } from '../../../../src/base/time.ts';
import type { Conversation, Priority } from '../../../../src/domain/model.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { type Change, useChange } from './use-change.ts';

/** What an action has to know of the conversation it is about. */
export type ActionTarget = Pick<
  Conversation,
  'id' | 'humanState' | 'aiOutcome' | 'assigneeId' | 'lastCustomerMessageId' | 'lastMessageAt'
>;

/** What can be done with one conversation. Each answers whether it is saved; what went wrong has been said by then. */
export interface ConversationActions {
  take(): Promise<boolean>;
  assign(agentId: AgentId | null): Promise<boolean>;
  setPriority(priority: Priority | null): Promise<boolean>;
  addTag(tag: string): Promise<boolean>;
  removeTag(tag: string): Promise<boolean>;
  setDescription(description: string | null): Promise<boolean>;
  snooze(until: EpochMillis): Promise<boolean>;
  wake(): Promise<boolean>;
  close(): Promise<boolean>;
  reopen(): Promise<boolean>;
  markRead(through: EpochMillis): Promise<boolean>;
  markUnread(): Promise<boolean>;
  follow(on: boolean): Promise<boolean>;
}

/** Whether the AI still has it, so that it must be taken over rather than taken (S4). */
export function isWithAi(target: Pick<ActionTarget, 'humanState' | 'aiOutcome'>): boolean {
  return target.humanState === null && target.aiOutcome === 'open';
}

/** What surrounds the actions: words, and what follows from them on the screen. */
export interface ActionSurroundings {
  readonly showLabel: string;
  /** Brings the newest message into view, after a refused close (S6). */
  readonly onShow: () => void;
  /** It was dealt with for now: the list may go on to the next. */
  readonly onDealtWith: () => void;
}

/** Binds the actions to a conversation. */
export function conversationActions(
  change: Change,
  target: ActionTarget,
  { showLabel, onShow, onDealtWith }: ActionSurroundings,
): ConversationActions {
  const dealt = async (done: Promise<boolean>): Promise<boolean> => {
    const saved = await done;
    if (saved) onDealtWith();
    return saved;
  };
  const conversationId: ConversationId = target.id;
  const seenCustomerMessageId: MessageId | null = target.lastCustomerMessageId;
  return {
    take: () =>
      isWithAi(target)
        ? change('conversation.takeOver', { conversationId })
        : change('conversation.take', { conversationId, from: target.assigneeId }),
    assign: (assigneeId) => change('conversation.assign', { conversationId, assigneeId }),
    setPriority: (priority) => change('conversation.setPriority', { conversationId, priority }),
    addTag: (tag) => change('tag.add', { conversationId, tag }),
    removeTag: (tag) => change('tag.remove', { conversationId, tag }),
    setDescription: (description) => change('conversation.setDescription', { conversationId, description }),
    snooze: (until) => dealt(change('conversation.snooze', { conversationId, until })),
    wake: () => change('conversation.wake', { conversationId }),
    close: () =>
      dealt(
        change(
          'conversation.close',
          { conversationId, seenCustomerMessageId },
          { onRefused: { code: 'newCustomerMessage', label: showLabel, run: onShow } },
        ),
      ),
    reopen: () => change('conversation.reopen', { conversationId }),
    markRead: (readThroughAt) =>
      change('conversation.markRead', { conversationId, readThroughAt }, { quiet: true }),
    markUnread: () => change('conversation.markUnread', { conversationId }),
    follow: (on) => change(on ? 'conversation.follow' : 'conversation.unfollow', { conversationId }),
  };
}

const NOTHING = (): void => undefined;

/** The actions of the conversation that is shown; null while none is. */
export function useConversationActions(
  target: ActionTarget | null,
  onShow: () => void = NOTHING,
): ConversationActions | null {
  const change = useChange();
  const { t } = useText();
  const { dealtWith } = useScreenActions();
  return useMemo(() => {
    if (target === null) return null;
    return conversationActions(change, target, {
      showLabel: t('common:show'),
      onShow,
      onDealtWith: dealtWith,
    });
  }, [change, target, t, onShow, dealtWith]);
}

/** Names a chosen value as the id that actions take. */
export const asAgentId = (id: string): AgentId => asId<'AgentId'>(id);
