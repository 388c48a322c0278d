import { explainCycle } from '../../domain/timings/explain.ts';
import { CSAT_COMMENT_FIELD, CSAT_FIELD, READY_MADE_FIELDS } from '../../domain/fields/definition.ts';
import type { CycleTimings } from '../../domain/timings/timings.ts';
import type { Csat } from '../../domain/model.ts';
import type { Cell, CellType } from '../table.ts';
import { columnMaker, type ReadColumn } from './column.ts';
import type { ExportedConversation, ReportContext } from './source.ts';
import { timingColumns } from './timing-columns.ts';

/** One cycle of a conversation, with its survey. */
export interface ExportedCycle {
  readonly one: CycleTimings;
  readonly csat: Csat | null;
  /** `2026-01-01 Europe/Stockholm`: the schedules that its values used (T5, T10). */
  readonly schedules: readonly string[];
}

/** The cycles of a conversation, earliest first. */
export function cyclesOf(
  { cycles, csat }: ExportedConversation,
  { rules }: ReportContext,
): readonly ExportedCycle[] {
  return cycles.map((one) => ({
    one,
    csat: csat.find(({ ordinal }) => ordinal === one.cycle.ordinal) ?? null,
    schedules: [
      ...new Set(
        explainCycle(one, rules).flatMap(({ schedules }) =>
          schedules.map(({ validFrom, zone }) => `${validFrom} ${zone}`),
        ),
      ),
    ],
  }));
}

/** `Cycles`: one row a cycle, its six timings with the policy and the schedules behind them, its survey. */
export function cycleColumns({
  labels,
  agentNames,
  rules,
  fields,
}: ReportContext): readonly ReadColumn<ExportedCycle>[] {
  const column = columnMaker<ExportedCycle>(labels);
  const field = (
    key: string,
    type: CellType,
    read: (one: ExportedCycle) => Cell,
  ): ReadColumn<ExportedCycle> => {
    const known = [...fields, ...READY_MADE_FIELDS].find((one) => one.key === key);
    return { key, header: known === undefined ? key : labels.field(known), type, read };
  };
  const agent = (id: string | null): string | null => (id === null ? null : (agentNames.get(id) ?? id));
  const policy = `${rules.policy.name} ${rules.policy.version}`;
  return [
    column('chatId', 'text', ({ one }) => one.cycle.conversationId),
    column('cycle', 'integer', ({ one }) => one.cycle.ordinal),
    column('openedAt', 'dateTime', ({ one }) => one.cycle.openedAt),
    column('openedBy', 'text', ({ one }) => labels.text(`export:openedBy.${one.cycle.openedBy}`)),
    column('firstReplyAt', 'dateTime', ({ one }) => one.cycle.firstReplyAt),
    column('replyCount', 'integer', ({ one }) => one.cycle.replyCount),
    column('closedAt', 'dateTime', ({ one }) => one.cycle.closedAt),
    column('closedBy', 'text', ({ one: { cycle } }) =>
      cycle.closedBy === null ? null : labels.text(`states:closedBy.${cycle.closedBy}`),
    ),
    column('closedByAgent', 'text', ({ one }) => agent(one.cycle.closedByAgentId)),
    column('assigneeAtClose', 'text', ({ one }) => agent(one.cycle.assigneeAtCloseId)),
    ...timingColumns<ExportedCycle>(labels, ({ one }) => one.timings),
    column('policy', 'text', () => policy),
    column('schedules', 'list', ({ schedules }) => schedules),
    column('complete', 'boolean', ({ one }) => one.agrees),
    column('csat.sentAt', 'dateTime', ({ csat }) => (csat?.surveyId == null ? null : csat.sentAt)),
    column('csat.scale', 'integer', ({ csat }) => csat?.scale ?? null),
    field(CSAT_FIELD, 'number', ({ csat }) => csat?.score ?? null),
    field(CSAT_COMMENT_FIELD, 'longText', ({ csat }) => csat?.comment ?? null),
    column('csat.answeredAt', 'dateTime', ({ csat }) => csat?.answeredAt ?? null),
  ];
}
