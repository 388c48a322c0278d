import fc from 'fast-check';
import {
  EVENT_PROPERTIES,
  type EventPattern,
  type EventProperty,
  type PropertyFilter,
  SEGMENT_EVENTS,
  type SegmentCondition,
  type SegmentRule,
  type Within,
} from '../../../src/domain/segments/rule.ts';

const VALUES: Readonly<Record<EventProperty, readonly string[]>> = {
  channel: ['web_chat', 'sms', 'post'],
  skill: ['order_tracking', 'faq', 'refund'],
  reasonCode: ['knowledge_gap', 'policy'],
  tag: ['refund', 'vip', 'done'],
  product: ['p1', 'p2', 'p9'],
};

const filter: fc.Arbitrary<PropertyFilter> = fc.constantFrom(...EVENT_PROPERTIES).chain((property) =>
  fc.record({
    property: fc.constant(property),
    op: fc.constantFrom('isAnyOf', 'isNoneOf'),
    values: fc.subarray([...VALUES[property]], { minLength: 1 }),
  }),
);

const pattern: fc.Arbitrary<EventPattern> = fc.record({
  event: fc.constantFrom(...SEGMENT_EVENTS),
  where: fc.array(filter, { maxLength: 2 }),
});

const within: fc.Arbitrary<Within> = fc.oneof(
  fc.constant<Within>({ type: 'ever' }),
  fc.integer({ min: 1, max: 60 }).map((days): Within => ({ type: 'lastDays', days })),
  fc.constantFrom<Within>(
    { type: 'between', from: '2026-08-20', to: '2026-09-05' },
    { type: 'between', from: '2026-09-01', to: '2026-09-01' },
  ),
);

const condition: fc.Arbitrary<SegmentCondition> = fc.oneof(
  fc
    .record({ of: pattern, within, atLeast: fc.integer({ min: 1, max: 4 }) })
    .map(({ of, ...rest }): SegmentCondition => ({ type: 'did', ...of, ...rest })),
  fc
    .record({ of: pattern, within })
    .map(({ of, within: when }): SegmentCondition => ({ type: 'didNot', ...of, within: when })),
  fc
    .record({ of: pattern, since: pattern })
    .map(({ of, since }): SegmentCondition => ({ type: 'didNotSince', ...of, since })),
  fc.record({
    type: fc.constant('customer' as const),
    property: fc.constantFrom('name' as const, 'email' as const, 'phone' as const, 'language' as const),
    op: fc.constantFrom(
      'isSet' as const,
      'isUnset' as const,
      'isAnyOf' as const,
      'isNoneOf' as const,
      'contains' as const,
    ),
    values: fc.subarray(['Name 1', 'name', 'PT', 'ko', 'k2@example.com', '+4670'], { minLength: 1 }),
  }),
);

/** Any rule a builder can make. */
export const randomRule: fc.Arbitrary<SegmentRule> = fc.record({
  match: fc.constantFrom('all', 'any'),
  conditions: fc.array(condition, { maxLength: 3 }),
});
