import { describe, expect, test } from 'vitest';
import { Story } from '../../../support/domain/history.ts';
import { MINUTE, office, rulesOf, values } from '../../../support/timings/rules.ts';

/** Minute 0 of a story is Tuesday 09:00 UTC, when this office opens. */
const UTC_OFFICE = rulesOf([office({ zone: 'UTC' })]);
/** A millisecond in minutes. */
const TICK = 1 / 60_000;

describe('means', () => {
  test('[T4] are rounded to the millisecond, halves up', () => {
    const replies = (...extra: readonly number[]) =>
      extra.reduce(
        (story, more, at) => story.customer(10 * at + 10).agent(10 * at + 11 + more * TICK),
        new Story().customer(1).escalated(2).agent(3),
      );
    expect(values(replies(1)).avgReplyTime).toBe(MINUTE + 1);
    expect(values(replies(1, 0)).avgReplyTime).toBe(MINUTE);
    expect(values(replies(1, 1, 0)).avgReplyTime).toBe(MINUTE + 1);
    expect(values(replies(1), UTC_OFFICE).operationAvgReplyTime).toBe(MINUTE + 1);
  });
});
