import type { AiOutcome, Conversation, Tag } from '../model.ts';
import type { OverviewGroup } from './presets.ts';

/** A share with what it is made of; `value` is null where nothing is in the denominator. */
export interface Share {
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

/** A share of `denominator`. */
export function shareOf(numerator: number, denominator: number): Share {
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator };
}

/** How many conversations that the AI started came to which end; `takenOver` of those not resolved began with an agent (S4). */
export interface OutcomeCounts extends Readonly<Record<AiOutcome, number>> {
  readonly takenOver: number;
}

/** The figures of O3 but for sales. */
export interface Figures {
  readonly totalVolume: number;
  readonly resolvedByAi: Share;
  readonly notResolvedByAi: Share;
  readonly handedOver: number;
  readonly takenOver: number;
  readonly open: number;
  readonly closedUnresolved: number;
}

/** O-rates: both rates divide by everything the AI started, what is open or ended unresolved included. */
export function figuresOf(counts: OutcomeCounts): Figures {
  const { open, resolvedByAi, notResolvedByAi, closedUnresolved, takenOver } = counts;
  const totalVolume = open + resolvedByAi + notResolvedByAi + closedUnresolved;
  return {
    totalVolume,
    resolvedByAi: shareOf(resolvedByAi, totalVolume),
    notResolvedByAi: shareOf(notResolvedByAi, totalVolume),
    handedOver: notResolvedByAi - takenOver,
    takenOver,
    open,
    closedUnresolved,
  };
}

/** The one tag that a conversation is counted under (O-rates): the first of the AI's, else of a human's; null for none. */
export function groupTag(tags: readonly Pick<Tag, 'tag' | 'appliedBy' | 'at'>[]): string | null {
  const inOrder = tags.toSorted((a, b) => a.at - b.at || (a.tag < b.tag ? -1 : 1));
  return (inOrder.find((tag) => tag.appliedBy === 'ai') ?? inOrder[0])?.tag ?? null;
}

/** What a conversation is stacked under (O1). */
export function groupValue(
  group: OverviewGroup,
  conversation: Pick<Conversation, 'channel' | 'aiOutcome'>,
  tags: readonly Pick<Tag, 'tag' | 'appliedBy' | 'at'>[],
): string | null {
  if (group === 'channel') return conversation.channel;
  return group === 'status' ? conversation.aiOutcome : groupTag(tags);
}
