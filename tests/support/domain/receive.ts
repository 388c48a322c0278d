import type { EpochMillis } from '../../../src/base/time.ts';
import { refoldChanges } from '../../../src/domain/conversation-rows.ts';
import type { HistoryEvent, Policy } from '../../../src/domain/events.ts';
import { foldHistory, needsRefold } from '../../../src/domain/fold.ts';
import { settle, step } from '../../../src/domain/step.ts';
import { C1 } from './history.ts';
import { TableModel } from './table-model.ts';

/**
 * Receives events one by one as a workspace does: steps where it can, refolds where it must, skips a message it has. The
 * rows live in tables between any two events.
 */
export class Receiver {
  readonly model = new TableModel();
  readonly log: HistoryEvent[] = [];
  refolds = 0;
  /** In force now: may be replaced between two events. */
  policy: Policy;

  constructor(policy: Policy) {
    this.policy = policy;
  }

  receive(event: HistoryEvent): void {
    this.log.push(event);
    const snapshot = this.model.snapshot(C1);
    const { conversation } = snapshot;
    if (conversation !== null && needsRefold(conversation, event)) {
      this.refolds += 1;
      const after = foldHistory(this.log, this.policy).rows;
      this.model.apply(refoldChanges(this.model.rows(C1), after));
      return;
    }
    const isRepeat = event.fact.type === 'messagePosted' && this.model.message(event.fact.messageId) !== null;
    if (!isRepeat) this.model.apply(step(snapshot, event, this.policy).changes);
  }

  sweep(now: EpochMillis): void {
    this.model.apply(settle(this.model.snapshot(C1), now, this.policy).changes);
  }
}
