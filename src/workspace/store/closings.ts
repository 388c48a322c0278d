import type { EpochMillis } from '../../base/time.ts';
import { epochMillis, plus } from '../../base/time.ts';
import { SURVEY_LATEST, UNDO_WINDOW } from '../../domain/csat/survey.ts';
import type { RowChange } from '../../domain/rows.ts';
import type { Closing, CommitBatch } from './store.ts';

/** A cycle's closing written down, or struck out where `dueAt` is null. */
export interface ClosingMark extends Omit<Closing, 'dueAt'> {
  readonly dueAt: EpochMillis | null;
}

function markOf(change: RowChange, at: EpochMillis): ClosingMark | null {
  if (change.table !== 'cycle') return null;
  if (change.op === 'delete') {
    const [conversationId, ordinal] = change.key;
    return { conversationId, ordinal, dueAt: null };
  }
  const { conversationId, ordinal, closedAt } = change.row;
  const isRecent = closedAt !== null && closedAt > epochMillis(at - SURVEY_LATEST);
  return { conversationId, ordinal, dueAt: isRecent ? plus(closedAt, UNDO_WINDOW) : null };
}

/** What a batch says about closed cycles, in order: what its rows close and open, then what was decided. */
export function closingMarks(batch: CommitBatch): readonly ClosingMark[] {
  const marks = batch.changes.flatMap((change) => markOf(change, batch.at) ?? []);
  const settled = (batch.settledClosings ?? []).map((closing) => ({ ...closing, dueAt: null }));
  return [...marks, ...(batch.closings ?? []), ...settled];
}
