import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { asId } from '../../../src/base/ids.ts';
import { epochMillis } from '../../../src/base/time.ts';
import { DEFAULT_POLICY, type Fact, type HistoryEvent } from '../../../src/domain/events.ts';
import { type FoldResult, foldHistory } from '../../../src/domain/fold.ts';
import { type IngestEvent, ingestEventSchema } from '../../../src/protocol/ingest.ts';
import { airlineFile, hasAirlineData } from '../../support/airline.ts';
import { brokenInvariants } from '../../support/domain/invariants.ts';

/** The facts of the event types that the file holds. */
function factOf(event: IngestEvent): Fact {
  switch (event.type) {
    case 'conversation.started':
      return {
        type: 'started',
        customerId: asId<'CustomerId'>(event.profile.id),
        source: 'airline',
        channel: event.channel,
        page: event.page ?? null,
        language: event.language ?? null,
        initialSkill: event.initialSkill ?? null,
        withAi: event.handledBy === 'ai',
      };
    case 'message.posted':
      return {
        type: 'messagePosted',
        messageId: asId<'MessageId'>(event.messageId),
        authorKind: event.author.kind,
        authorId: event.author.id ?? null,
        note: event.note,
        text: event.text,
        writtenAt: null,
      };
    case 'conversation.escalated':
      return {
        type: 'escalated',
        method: event.method,
        reasonCode: event.reasonCode ?? null,
        reason: event.reason ?? null,
        tags: event.tags,
        skill: event.skill ?? null,
      };
    case 'conversation.resolved':
      return {
        type: 'resolved',
        finalSkill: event.finalSkill ?? null,
        tags: event.tags,
        rawStatus: event.status ?? null,
      };
    default:
      throw new Error(`the file holds no ${event.type}`);
  }
}

function eventsById(): Map<string, HistoryEvent[]> {
  const byConversation = new Map<string, HistoryEvent[]>();
  readFileSync(airlineFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .forEach((line, index) => {
      const event = ingestEventSchema.parse(JSON.parse(line));
      const conversationId = 'conversationId' in event ? (event.conversationId ?? '') : '';
      const at = epochMillis(typeof event.at === 'number' ? event.at : Date.parse(event.at));
      const list = byConversation.get(conversationId) ?? [];
      byConversation.set(conversationId, list);
      list.push({
        id: asId<'EventId'>(event.id),
        conversationId: asId<'ConversationId'>(conversationId),
        at,
        arrival: index + 1,
        origin: 'source',
        fact: factOf(event),
      });
    });
  return byConversation;
}

describe.skipIf(!hasAirlineData)('airline data', () => {
  const now = epochMillis(Date.UTC(2026, 10, 21));
  let folded: readonly FoldResult[] = [];

  beforeAll(() => {
    folded = [...eventsById().values()].map((events) => foldHistory(events, DEFAULT_POLICY, now));
  });

  test('[S2][S3][I1] airline data: 48 notResolvedByAi, 67 resolvedByAi, 85 closedUnresolved', () => {
    const counts = new Map<string | null, number>();
    for (const { snapshot } of folded) {
      const outcome = snapshot.conversation?.aiOutcome ?? null;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      notResolvedByAi: 48,
      resolvedByAi: 67,
      closedUnresolved: 85,
    });
  });

  test('[O5] airline data: 49 resolved by the source’s word, 18 by the idle rule', () => {
    const resolved = folded.filter(({ snapshot }) => snapshot.conversation?.aiOutcome === 'resolvedByAi');
    const byRule = resolved.filter(({ snapshot: { conversation } }) => {
      const { lastPublicAt, aiClosedAt } = conversation ?? { lastPublicAt: null, aiClosedAt: null };
      return (
        aiClosedAt !== null &&
        lastPublicAt !== null &&
        aiClosedAt - lastPublicAt === DEFAULT_POLICY.idleWindow
      );
    });
    expect([resolved.length - byRule.length, byRule.length]).toEqual([49, 18]);
  });

  test('[S2] airline data: 48 in the inbox, each with a reason, waiting since its hand-off', () => {
    const inbox = folded.filter(({ snapshot }) => snapshot.conversation?.humanState === 'open');
    expect(inbox).toHaveLength(48);
    for (const { rows } of inbox) {
      expect(rows.conversation.handoffReason).not.toBeNull();
      expect(rows.conversation.waitingSince).toBe(rows.conversation.handoffAt);
      expect(rows.handoffs).toHaveLength(1);
    }
  });

  test('airline data: 200 conversations, 2,841 messages, every one public', () => {
    expect(folded).toHaveLength(200);
    const messages = folded.reduce((sum, { rows }) => sum + rows.messages.length, 0);
    const counted = folded.reduce((sum, { rows }) => sum + rows.conversation.messageCount, 0);
    expect([messages, counted]).toEqual([2_841, 2_841]);
  });

  test('[T9] airline data: every conversation satisfies the invariants', () => {
    expect(folded.flatMap(({ rows }) => brokenInvariants(rows))).toEqual([]);
  });
});
