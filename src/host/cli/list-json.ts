import type { Agent } from '../../domain/model.ts';
import type { ListRow } from '../../protocol/rpc/list.ts';

/** A moment as ISO 8601 in UTC; null stays null. */
export function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** One conversation of `list --json`. Times are ISO 8601 in UTC. */
export interface ListedConversation {
  readonly id: string;
  readonly state: string | null;
  readonly aiOutcome: string | null;
  /** Null when unset, which screens show as medium (C5). */
  readonly priority: string | null;
  readonly tags: readonly string[];
  readonly tagsByAi: readonly string[];
  readonly page: string | null;
  readonly reason: string | null;
  readonly reasonCode: string | null;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly channel: string;
  readonly customer: string | null;
  readonly firstQuestion: string | null;
  readonly messageCount: number;
  readonly startedAt: string | null;
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  readonly snoozedUntil: string | null;
  readonly waitingSince: string | null;
  readonly lastMessageAt: string | null;
}

/** What to call the customer: name, else email, else phone, else nothing (O8). */
export function customerLabel(
  row: Pick<ListRow, 'customerName' | 'customerEmail' | 'customerPhone'>,
): string | null {
  return row.customerName ?? row.customerEmail ?? row.customerPhone;
}

/** A list row as `list --json` prints it. */
export function listedConversation(row: ListRow, agents: ReadonlyMap<string, Agent>): ListedConversation {
  return {
    id: row.id,
    state: row.humanState,
    aiOutcome: row.aiOutcome,
    priority: row.priority,
    tags: row.tags.map((tag) => tag.tag),
    tagsByAi: row.tags.filter((tag) => tag.appliedBy === 'ai').map((tag) => tag.tag),
    page: row.page,
    reason: row.handoffReason,
    reasonCode: row.handoffReasonCode,
    assignee: row.assigneeId,
    assigneeName: row.assigneeId === null ? null : (agents.get(row.assigneeId)?.name ?? null),
    channel: row.channel,
    customer: customerLabel(row),
    firstQuestion: row.firstQuestion,
    messageCount: row.messageCount,
    startedAt: isoTime(row.startedAt),
    openedAt: isoTime(row.openedAt),
    closedAt: isoTime(row.closedAt),
    snoozedUntil: isoTime(row.snoozedUntil),
    waitingSince: isoTime(row.waitingSince),
    lastMessageAt: isoTime(row.lastMessageAt),
  };
}
