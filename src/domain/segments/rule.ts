/** What a segment's conditions speak of: the metrics, and the customer's orders (K6, A1). */
export const SEGMENT_EVENTS = [
  'started',
  'resolved',
  'escalated',
  'recommended',
  'clicked',
  'ordered',
] as const;
export type SegmentEvent = (typeof SEGMENT_EVENTS)[number];

/** Properties of a data point that a condition may ask about; an order has none of them. */
export const EVENT_PROPERTIES = ['channel', 'skill', 'reasonCode', 'tag', 'product'] as const;
export type EventProperty = (typeof EVENT_PROPERTIES)[number];

/** `isAnyOf`: one of the values is among the property's; `isNoneOf`: none is, an unset property included. */
export interface PropertyFilter {
  readonly property: EventProperty;
  readonly op: 'isAnyOf' | 'isNoneOf';
  readonly values: readonly string[];
}

/**
 * When it happened: ever; in the last `days` days of the account's zone, today included (O2: on 7 June the last 7 days are
 * 1–7 June); or on days of the calendar, both included.
 */
export type Within =
  | { readonly type: 'ever' }
  | { readonly type: 'lastDays'; readonly days: number }
  | { readonly type: 'between'; readonly from: string; readonly to: string };

/** Events of one kind with certain properties. */
export interface EventPattern {
  readonly event: SegmentEvent;
  readonly where: readonly PropertyFilter[];
}

/** Columns of the customer that a condition may ask about. */
export const CUSTOMER_PROPERTIES = ['name', 'email', 'phone', 'language'] as const;
export type CustomerProperty = (typeof CUSTOMER_PROPERTIES)[number];

/** One sentence of a segment (G1). */
export type SegmentCondition =
  /** Did it at least so many times within a time. */
  | (EventPattern & { readonly type: 'did'; readonly atLeast: number; readonly within: Within })
  /** Did it not even once within a time. */
  | (EventPattern & { readonly type: 'didNot'; readonly within: Within })
  /** Did it not after the latest `since`; who never did `since` does not fulfil it. */
  | (EventPattern & { readonly type: 'didNotSince'; readonly since: EventPattern })
  | {
      readonly type: 'customer';
      readonly property: CustomerProperty;
      readonly op: 'isSet' | 'isUnset' | 'isAnyOf' | 'isNoneOf' | 'contains';
      readonly values: readonly string[];
    };

/** A rule over customers (G1): all of its conditions, or any. One without conditions holds for nobody. */
export interface SegmentRule {
  readonly match: 'all' | 'any';
  readonly conditions: readonly SegmentCondition[];
}
