import type { SegmentRule } from './rule.ts';

const EVER = { type: 'ever' } as const;

/** The three segments of K6, by id; they cannot be changed, only copied. */
export const READY_MADE: readonly { readonly id: string; readonly rule: SegmentRule }[] = [
  {
    id: 'started-conversation',
    rule: {
      match: 'all',
      conditions: [{ type: 'did', event: 'started', where: [], atLeast: 1, within: EVER }],
    },
  },
  {
    id: 'recommended-no-order',
    rule: {
      match: 'all',
      conditions: [
        { type: 'didNotSince', event: 'ordered', where: [], since: { event: 'recommended', where: [] } },
      ],
    },
  },
  {
    id: 'escalated-last-7-days',
    rule: {
      match: 'all',
      conditions: [
        {
          type: 'did',
          event: 'escalated',
          where: [],
          atLeast: 1,
          within: { type: 'lastDays', days: 7 },
        },
      ],
    },
  },
];
