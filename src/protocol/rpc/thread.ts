import type { MessageId } from '../../base/ids.ts';
import type { EpochMillis } from '../../base/time.ts';
import type {
  Conversation,
  Customer,
  Cycle,
  FieldValue,
  Handoff,
  Message,
  Product,
  ReadMarker,
  ShopOrder,
  Tag,
} from '../../domain/model.ts';
import type { RefusalCode } from '../../mutations/mutation.ts';
import type { ListRow } from './list.ts';

/** Y12: the state of an outgoing message. `delivered` once the workspace has confirmed it. */
export type Delivery =
  | {
      readonly state: 'queued';
      readonly mid: number;
      readonly position: number;
      readonly why: 'offline' | 'waiting' | 'paused';
    }
  | { readonly state: 'sending'; readonly mid: number }
  | { readonly state: 'delivered' }
  | { readonly state: 'failed'; readonly mid: number; readonly code: RefusalCode };

export interface ThreadMessage extends Message {
  /** Null for what others wrote, and for history. */
  readonly delivery: Delivery | null;
}

/** A reply that was held because someone wrote publicly since (Y11). */
export interface HeldReply {
  readonly mid: number;
  readonly text: string;
  readonly writtenAt: EpochMillis;
  readonly becauseOf: MessageId | null;
}

export interface Draft {
  readonly kind: 'reply' | 'note';
  readonly text: string;
  readonly updatedAt: EpochMillis;
}

/** Everything the thread and the profile show of one conversation. Messages are in (at, id) order, oldest first. */
export interface ThreadView {
  readonly conversation: Conversation;
  readonly customer: Customer;
  readonly messages: readonly ThreadMessage[];
  /** More messages lie before the first one here. */
  readonly hasEarlier: boolean;
  readonly handoffs: readonly Handoff[];
  readonly cycles: readonly Cycle[];
  readonly tags: readonly Tag[];
  readonly products: readonly Product[];
  readonly fields: readonly FieldValue[];
  readonly orders: readonly ShopOrder[];
  readonly readMarker: ReadMarker | null;
  readonly followerIds: readonly string[];
  readonly otherConversations: readonly ListRow[];
  readonly pending: number;
  /** Parts that the workspace has not confirmed (Y12): `priority`, `tags` and `tag:NAME`, a field's key. */
  readonly unconfirmed: readonly string[];
  readonly drafts: readonly Draft[];
  readonly held: readonly HeldReply[];
}
