import type { EpochMillis } from '../../base/time.ts';
import { epochMillis, plus } from '../../base/time.ts';
import { SURVEY_LATEST, UNDO_WINDOW } from '../../domain/csat/survey.ts';
import type { RowChange } from '../../domain/rows.ts';
import type { Closing, CommitBatch } from './store.ts';

/** A cycle's closing written down, or struck out where `dueAt` is null. */
export interface ClosingMark extends Omit<Closing, 'dueAt'> {
  readonly dueAt: EpochMillis | null;
}

type CycleChange = Extract<RowChange, { readonly table: 'cycle' }>;

/** What one changed row says: a cycle that is gone (S11) hands the word back to the one before it, whose survey waits anew. */
function marksOf(change: CycleChange, at: EpochMillis): readonly ClosingMark[] {
  if (change.op === 'delete') {
    const [conversationId, ordinal] = change.key;
    const gone = { conversationId, ordinal, dueAt: null };
    return ordinal > 1 ? [gone, { conversationId, ordinal: ordinal - 1, dueAt: at }] : [gone];
  }
  const { conversationId, ordinal, closedAt } = change.row;
  const isRecent = closedAt !== null && closedAt > epochMillis(at - SURVEY_LATEST);
  return [{ conversationId, ordinal, dueAt: isRecent ? plus(closedAt, UNDO_WINDOW) : null }];
}

/** What a batch says about closed cycles, in order: what its rows close and open, then what was decided. */
export function closingMarks(batch: CommitBatch): readonly ClosingMark[] {
  const marks: ClosingMark[] = [];
  for (const change of batch.changes) if (change.table === 'cycle') marks.push(...marksOf(change, batch.at));
  const settled = (batch.settledClosings ?? []).map((closing) => ({ ...closing, dueAt: null }));
  return [...marks, ...(batch.closings ?? []), ...settled];
}
