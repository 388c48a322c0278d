import type { ConversationId } from '../base/ids.ts';
import type { Conversation, Csat, Cycle, FieldValue, Product, Tag } from '../domain/model.ts';
import type { RowChange, Snapshot } from '../domain/rows.ts';

/**
 * One conversation as far as rules read it. All cycles: taking one back needs the one before. Lists, not maps by key: most hold
 * a row or none, and what a snapshot hands out is the list itself. A list that changes is another one.
 */
export interface ConversationState {
  conversation: Conversation | null;
  cycles: readonly Cycle[];
  tags: readonly Tag[];
  products: readonly Product[];
  fields: readonly FieldValue[];
  csat: readonly Csat[];
  /** Of the rows as they stand, once it was asked for. */
  snapshot: Snapshot | null;
}

/** A conversation as its rows were read. */
export function stateOf(rows: Omit<ConversationState, 'snapshot'>): ConversationState {
  const { conversation, cycles, tags, products, fields, csat } = rows;
  return { conversation, cycles, tags, products, fields, csat, snapshot: null };
}

/** Takes over one change of the conversation's rows: a new row goes behind the others, one that stands keeps its place. */
export function applyTo(state: ConversationState, change: RowChange): void {
  state.snapshot = null;
  switch (change.table) {
    case 'conversation':
      state.conversation = change.op === 'put' ? change.row : null;
      return;
    case 'cycle':
      state.cycles = changed(state.cycles, change, ({ ordinal }) => [ordinal]);
      return;
    case 'tag':
      state.tags = changed(state.tags, change, ({ tag }) => [tag]);
      return;
    case 'product':
      state.products = changed(state.products, change, ({ productId }) => [productId]);
      return;
    case 'fieldValue':
      state.fields = changed(state.fields, change, ({ field, ordinal }) => [field, ordinal]);
      return;
    case 'csat':
      state.csat = changed(state.csat, change, ({ ordinal }) => [ordinal]);
      return;
    default:
  }
}

type Place = readonly (string | number)[];
type Change<R> =
  | { readonly op: 'put'; readonly row: R }
  | { readonly op: 'delete'; readonly key: readonly [ConversationId, ...(string | number)[]] };

/** The rows with one put or taken out; `placeOf`: a row's key behind its conversation. */
function changed<R>(rows: readonly R[], change: Change<R>, placeOf: (row: R) => Place): readonly R[] {
  const place = change.op === 'put' ? placeOf(change.row) : change.key.slice(1);
  const at = rows.findIndex((row) => placeOf(row).every((value, index) => value === place[index]));
  if (change.op === 'delete') return at < 0 ? rows : rows.toSpliced(at, 1);
  return at < 0 ? [...rows, change.row] : rows.with(at, change.row);
}

/** What rules read: the same object until a row changes. */
export function snapshotOf(state: ConversationState): Snapshot {
  state.snapshot ??= made(state);
  return state.snapshot;
}

function made({ conversation, cycles, tags, products, fields, csat }: ConversationState): Snapshot {
  const [cycle = null, previousCycle = null] =
    cycles.length < 2 ? cycles : cycles.toSorted((a, b) => b.ordinal - a.ordinal);
  const scores = csat.length < 2 ? csat : csat.toSorted((a, b) => a.ordinal - b.ordinal);
  return { conversation, cycle, previousCycle, tags, products, fields, csat: scores };
}
