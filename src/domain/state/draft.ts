import { must } from '../../base/must.ts';
import type { HistoryEvent } from '../events.ts';
import type { Conversation, Csat, Cycle, FieldValue, Product, Tag } from '../model.ts';
import { put, type RowChange, type Snapshot } from '../rows.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a handler works on: one shallow copy of the conversation, everything else replaced when it changes. */
export interface Draft {
  /** What is happening to it. */
  readonly event: HistoryEvent;
  readonly conversation: Mutable<Conversation>;
  cycle: Cycle | null;
  previousCycle: Cycle | null;
  tags: readonly Tag[];
  products: readonly Product[];
  fields: readonly FieldValue[];
  csat: readonly Csat[];
  /** The latest cycle's row differs from what was loaded. */
  cycleChanged: boolean;
  /** Changes of rows other than the conversation's and its latest cycle's. */
  readonly changes: RowChange[];
}

/** Starts a draft of `snapshot` for an event; throws when the conversation was never started (the caller keeps such events). */
export function draftOf(snapshot: Snapshot, event: HistoryEvent): Draft {
  return {
    event,
    conversation: { ...must(snapshot.conversation, 'a started conversation') },
    cycle: snapshot.cycle,
    previousCycle: snapshot.previousCycle,
    tags: snapshot.tags,
    products: snapshot.products,
    fields: snapshot.fields,
    csat: snapshot.csat,
    cycleChanged: false,
    changes: [],
  };
}

/** The snapshot after a draft, and every row it wrote: the conversation's always, since its fold position moved. */
export function finishDraft(draft: Draft): { readonly snapshot: Snapshot; readonly changes: RowChange[] } {
  const { conversation, cycle, previousCycle, tags, products, fields, csat } = draft;
  const changes = [put('conversation', conversation)];
  if (draft.cycleChanged && cycle !== null) changes.push(put('cycle', cycle));
  changes.push(...draft.changes);
  return { snapshot: { conversation, cycle, previousCycle, tags, products, fields, csat }, changes };
}

/** Changes columns of the latest cycle; nothing happens where there is none. */
export function patchCycle(draft: Draft, patch: Partial<Cycle>): void {
  if (draft.cycle === null) return;
  draft.cycle = { ...draft.cycle, ...patch };
  draft.cycleChanged = true;
}
