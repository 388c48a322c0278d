import type {
  Conversation,
  Csat,
  Cycle,
  FieldValue,
  Follower,
  Handoff,
  Message,
  MetricEvent,
  Product,
  Tag,
} from './model.ts';
import { del, put, type RowChange } from './rows.ts';

/** Every row that belongs to one conversation and is made by its history. */
export interface ConversationRows {
  readonly conversation: Conversation;
  readonly cycles: readonly Cycle[];
  readonly handoffs: readonly Handoff[];
  readonly tags: readonly Tag[];
  readonly products: readonly Product[];
  readonly fields: readonly FieldValue[];
  readonly csat: readonly Csat[];
  readonly metricEvents: readonly MetricEvent[];
  readonly followers: readonly Follower[];
  readonly messages: readonly Message[];
}

/** The rows of one conversation while it folds, by key within it; the conversation's own row lies in the snapshot. */
export class RowModel {
  readonly cycles = new Map<number, Cycle>();
  readonly handoffs = new Map<number, Handoff>();
  readonly tags = new Map<string, Tag>();
  readonly products = new Map<string, Product>();
  readonly fields = new Map<string, FieldValue>();
  readonly csat = new Map<number, Csat>();
  readonly metricEvents = new Map<string, MetricEvent>();
  readonly followers = new Map<string, Follower>();
  readonly messages = new Map<string, Message>();

  apply(change: RowChange): void {
    if (change.op === 'put') this.put(change);
    else this.delete(change);
  }

  private put(change: Extract<RowChange, { op: 'put' }>): void {
    switch (change.table) {
      case 'cycle':
        this.cycles.set(change.row.ordinal, change.row);
        return;
      case 'handoff':
        this.handoffs.set(change.row.ordinal, change.row);
        return;
      case 'tag':
        this.tags.set(change.row.tag, change.row);
        return;
      case 'product':
        this.products.set(change.row.productId, change.row);
        return;
      case 'fieldValue':
        this.fields.set(fieldKey(change.row.field, change.row.ordinal), change.row);
        return;
      case 'csat':
        this.csat.set(change.row.ordinal, change.row);
        return;
      case 'metricEvent':
        this.metricEvents.set(change.row.id, change.row);
        return;
      case 'follower':
        this.followers.set(change.row.agentId, change.row);
        return;
      case 'message':
        this.messages.set(change.row.id, change.row);
        return;
      default:
    }
  }

  private delete(change: Extract<RowChange, { op: 'delete' }>): void {
    switch (change.table) {
      case 'cycle':
        this.cycles.delete(change.key[1]);
        return;
      case 'tag':
        this.tags.delete(change.key[1]);
        return;
      case 'fieldValue':
        this.fields.delete(fieldKey(change.key[1], change.key[2]));
        return;
      case 'csat':
        this.csat.delete(change.key[1]);
        return;
      case 'metricEvent':
        this.metricEvents.delete(change.key[1]);
        return;
      case 'follower':
        this.followers.delete(change.key[1]);
        return;
      default:
    }
  }

  rows(conversation: Conversation): ConversationRows {
    return {
      conversation,
      cycles: [...this.cycles.values()],
      handoffs: [...this.handoffs.values()],
      tags: [...this.tags.values()],
      products: [...this.products.values()],
      fields: [...this.fields.values()],
      csat: [...this.csat.values()],
      metricEvents: [...this.metricEvents.values()],
      followers: [...this.followers.values()],
      messages: [...this.messages.values()],
    };
  }
}

function fieldKey(field: string, ordinal: number): string {
  return `${ordinal}:${field}`;
}

/** Whether two rows of one table hold the same values. */
export function isSameRow<T extends object>(a: T, b: T): boolean {
  if (a === b) return true;
  for (const key of Object.keys(a) as (keyof T)[]) if (a[key] !== b[key]) return false;
  return true;
}

const NOTHING: readonly never[] = [];

function isAlike<T extends object>(a: T | undefined, b: T): boolean {
  return a !== undefined && isSameRow(a, b);
}

/** The changes that make `before` into `after`, row by key; unchanged rows make none. */
function difference<T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (row: T) => string | number,
  write: (row: T) => RowChange,
  remove: (row: T) => RowChange,
): readonly RowChange[] {
  // Nearly always the same rows in the same order: a late event changes one or two of a conversation's.
  if (before.length === after.length && after.every((row, at) => isAlike(before[at], row))) return NOTHING;
  const left = new Map(before.map((row) => [keyOf(row), row]));
  const changes: RowChange[] = [];
  for (const row of after) {
    const old = left.get(keyOf(row));
    left.delete(keyOf(row));
    if (old === undefined || !isSameRow(old, row)) changes.push(write(row));
  }
  for (const row of left.values()) changes.push(remove(row));
  return changes;
}

/** The changes that carry stored rows over to refolded ones (T8, T11): what is new or different, and what is gone. */
export function refoldChanges(before: ConversationRows, after: ConversationRows): RowChange[] {
  const id = after.conversation.id;
  return [
    ...difference(
      [before.conversation],
      [after.conversation],
      (row) => row.id,
      (row) => put('conversation', row),
      (row) => del('conversation', [row.id]),
    ),
    ...difference(
      before.cycles,
      after.cycles,
      (row) => row.ordinal,
      (row) => put('cycle', row),
      (row) => del('cycle', [id, row.ordinal]),
    ),
    ...difference(
      before.handoffs,
      after.handoffs,
      (row) => row.ordinal,
      (row) => put('handoff', row),
      (row) => del('handoff', [id, row.ordinal]),
    ),
    ...difference(
      before.tags,
      after.tags,
      (row) => row.tag,
      (row) => put('tag', row),
      (row) => del('tag', [id, row.tag]),
    ),
    ...difference(
      before.products,
      after.products,
      (row) => row.productId,
      (row) => put('product', row),
      (row) => del('product', [id, row.productId]),
    ),
    ...difference(
      before.fields,
      after.fields,
      (row) => fieldKey(row.field, row.ordinal),
      (row) => put('fieldValue', row),
      (row) => del('fieldValue', [id, row.field, row.ordinal]),
    ),
    ...difference(
      before.csat,
      after.csat,
      (row) => row.ordinal,
      (row) => put('csat', row),
      (row) => del('csat', [id, row.ordinal]),
    ),
    ...difference(
      before.metricEvents,
      after.metricEvents,
      (row) => row.id,
      (row) => put('metricEvent', row),
      (row) => del('metricEvent', [id, row.id]),
    ),
    ...difference(
      before.followers,
      after.followers,
      (row) => row.agentId,
      (row) => put('follower', row),
      (row) => del('follower', [id, row.agentId]),
    ),
    ...difference(
      before.messages,
      after.messages,
      (row) => row.id,
      (row) => put('message', row),
      (row) => del('message', [row.id]),
    ),
  ];
}
