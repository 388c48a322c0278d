import path from 'node:path';
import { asId } from '../../../src/base/ids.ts';
import { type ManualClock, manualClock } from '../../../src/base/time.ts';
import { DeskCore } from '../../../src/desk/desk-core.ts';
import type { ExportDeps } from '../../../src/desk/export/make-export.ts';
import { exportResources } from '../../../src/host/locales.ts';
import type { Csat, Role } from '../../../src/domain/model.ts';
import type { ExportRequestInput } from '../../../src/protocol/rpc/exports.ts';
import type { TableRows } from '../../../src/protocol/sync.ts';
import { AT, conversationRow, cycleRow, digested, messageRow, puts, tagRow } from '../desk/sample-rows.ts';
import { testOutbox } from '../desk/test-outbox.ts';
import { FULL, ME, testReplica } from '../desk/test-replica.ts';

export const RESOURCES = exportResources(path.resolve(import.meta.dirname, '../../..'));
export const MINUTE = 60_000;

export function csatRow(conversationId: string, ordinal: number, patch: Partial<Csat> = {}): Csat {
  return {
    conversationId: asId(conversationId),
    ordinal,
    surveyId: 's1',
    scale: 5,
    language: 'ko',
    medium: 'form',
    ownerId: ME,
    sentAt: AT,
    expiresAt: null,
    score: null,
    comment: null,
    answeredAt: null,
    answerCount: 0,
    link: null,
    ...patch,
  } as Csat;
}

/** Twelve conversations, handed over a minute apart, answered after three minutes, closed after ten. */
export function exportRows(count = 12): readonly TableRows[] {
  const ids = Array.from({ length: count }, (_, index) => `c${String(index).padStart(3, '0')}`);
  const at = (index: number): typeof AT => (AT + index * MINUTE) as typeof AT;
  return [
    puts(
      'conversation',
      ...ids.map((id, index) =>
        conversationRow(id, {
          startedAt: at(count - index),
          openedAt: at(index),
          closedAt: at(index + 10),
          humanState: 'closed',
          closedBy: 'agent',
          priority: index % 2 === 0 ? 'high' : null,
          handoffReasonCode: index % 3 === 0 ? 'complaint' : null,
        }),
      ),
    ),
    puts(
      'cycle',
      ...ids.map((id, index) =>
        cycleRow(id, 1, {
          openedAt: at(index),
          clockStartAt: at(index),
          firstReplyAt: at(index + 3),
          replyCount: 1,
          replyTotal: 3 * MINUTE,
          waitingSince: null,
          closedAt: at(index + 10),
          closedBy: 'agent',
          closedByAgentId: ME,
          assigneeAtCloseId: ME,
        }),
      ),
    ),
    puts(
      'message',
      ...ids.flatMap((id, index) => [
        messageRow(id, `${id}-m1`, { at: at(index), text: '=HYPERLINK("http://x")' }),
        messageRow(id, `${id}-m2`, {
          at: at(index + 3),
          authorKind: 'agent',
          authorId: ME,
          text: '환불해 드렸어요',
        }),
        messageRow(id, `${id}-m3`, {
          at: at(index + 4),
          authorKind: 'agent',
          authorId: ME,
          note: true,
          text: 'calm again',
        }),
      ]),
    ),
    puts(
      'tag',
      ...ids.map((id) => tagRow(id, 'vip')),
      ...ids.slice(0, 4).map((id) => tagRow(id, 'complaint')),
    ),
    puts(
      'csat',
      ...ids.map((id, index) =>
        csatRow(
          id,
          1,
          index % 2 === 0
            ? {
                score: (index % 5) + 1,
                comment: `comment ${index}`,
                answeredAt: at(index + 12),
                answerCount: 1,
              }
            : {},
        ),
      ),
    ),
  ];
}

export interface ExportWorld {
  readonly core: DeskCore;
  readonly deps: ExportDeps;
  readonly clock: ManualClock;
}

/** A desk in a file, filled with `rows`; its agent has `role`. */
export function exportWorld(role: Role = 'lead', rows: readonly TableRows[] = exportRows()): ExportWorld {
  const replica = testReplica();
  const agent = { id: ME, name: 'Ada Lind', role, active: true };
  const tables = digested([puts('agent', agent), ...rows]);
  replica.apply(tables, { ...FULL, lastMid: 0, lastSyncAt: AT });
  const clock = manualClock(AT + 60 * MINUTE);
  const core = new DeskCore({ replica, outbox: testOutbox().outbox, clock, onChange: () => undefined });
  return {
    core,
    clock,
    deps: {
      core,
      clock,
      version: '1.2.3',
      resources: RESOURCES,
      breathe: async () => undefined,
      passing: () => null,
    },
  };
}

export const REQUEST: ExportRequestInput = {
  query: { queue: 'all', filters: {}, sort: { by: 'started', direction: 'asc' } },
  range: { by: 'closed', from: null, to: null },
  languages: ['sv', 'ko'],
  zone: 'UTC',
  format: 'xlsx',
  withMessages: true,
  reason: 'Kvartalsgranskning',
};
