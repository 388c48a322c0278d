import { describe, expect, test } from 'vitest';
import { CHANNEL_TALK_POLICY } from '../../../../src/domain/timings/policy.ts';
import { conversationTimings } from '../../../../src/domain/timings/timings.ts';
import { hours, minute, Story } from '../../../support/domain/history.ts';
import {
  explanation,
  HOUR,
  MINUTE,
  office,
  rulesOf,
  timingsOfStory,
  weekOf,
} from '../../../support/timings/rules.ts';

const LUNCH = rulesOf([
  office({
    zone: 'UTC',
    week: weekOf([
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ]),
  }),
]);

describe('the explanation of a value', () => {
  test('[T10] names the messages that started and stopped the clock, and the policy', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .agent(5, { id: 'first-reply' })
      .customer(10, { id: 'question' })
      .customer(12)
      .agent(20, { id: 'second-reply' });
    const found = explanation(story, 'avgReplyTime');
    expect(found).toMatchObject({
      value: 6.5 * MINUTE,
      reason: null,
      isOperation: false,
      policy: { name: 'handoff', version: 1 },
      schedules: [],
    });
    expect(found.spans).toMatchObject([
      {
        from: minute(2),
        to: minute(5),
        start: { type: 'opening', messageId: null },
        stop: { type: 'message', messageId: 'first-reply' },
        counted: 3 * MINUTE,
      },
      {
        from: minute(10),
        to: minute(20),
        start: { type: 'message', messageId: 'question' },
        stop: { type: 'message', messageId: 'second-reply' },
        counted: 10 * MINUTE,
      },
    ]);
    expect(found.spans.every((span) => span.inHours === null && span.open.length === 0)).toBe(true);
  });

  test('[T10] a cycle that the customer opened starts with that message; resolution ends with the closing', () => {
    const story = new Story({ withAi: false }).customer(1, { id: 'hello' }).agent(4, { id: 'hi' }).close(9);
    expect(explanation(story, 'waitingTime').spans[0]).toMatchObject({
      start: { type: 'message', messageId: 'hello' },
      stop: { type: 'message', messageId: 'hi' },
    });
    expect(explanation(story, 'resolutionTime').spans).toMatchObject([
      {
        from: minute(1),
        to: minute(9),
        start: { type: 'opening' },
        stop: { type: 'closing' },
        counted: 8 * MINUTE,
      },
    ]);
  });

  test('[T10] shows what lay in hours, and the version of the schedule', () => {
    const story = new Story().customer(1).escalated(hours(2)).agent(hours(5));
    const found = explanation(story, 'operationWaitingTime', LUNCH);
    expect(found.schedules).toEqual([{ validFrom: '2000-01-01', zone: 'UTC' }]);
    expect(found.spans).toMatchObject([
      {
        counted: 2 * HOUR,
        counts: true,
        inHours: 'part',
        open: [
          { from: minute(hours(2)), to: minute(hours(3)) },
          { from: minute(hours(4)), to: minute(hours(5)) },
        ],
      },
    ]);
  });

  test('[T10] names every version a span used', () => {
    const rules = rulesOf([
      office({ zone: 'UTC' }),
      office({ zone: 'Asia/Seoul', validFrom: '2026-09-02' }),
      office({ zone: 'UTC', validFrom: '2027-01-01' }),
    ]);
    const story = new Story().customer(1).escalated(2).agent(hours(30));
    expect(explanation(story, 'operationWaitingTime', rules).schedules).toEqual([
      { validFrom: '2000-01-01', zone: 'UTC' },
      { validFrom: '2026-09-02', zone: 'Asia/Seoul' },
    ]);
  });

  test('[T4][T10] shows the spans that do not count, as such', () => {
    const night = hours(12);
    const story = new Story()
      .customer(1)
      .escalated(10)
      .agent(20)
      .customer(night)
      .agent(night + 30);
    const found = explanation(story, 'operationAvgReplyTime', LUNCH);
    expect(found.value).toBe(10 * MINUTE);
    expect(found.spans.map(({ counts, counted, inHours }) => [counts, counted, inHours])).toEqual([
      [true, 10 * MINUTE, 'all'],
      [false, 0, 'none'],
    ]);
  });

  test('[T10] what was answered after hours may lie in hours and still not count, for channel-talk', () => {
    const rules = { ...LUNCH, policy: CHANNEL_TALK_POLICY };
    const story = new Story().customer(1).escalated(hours(8)).agent(hours(11));
    const found = explanation(story, 'operationAvgReplyTime', rules);
    expect(found).toMatchObject({ value: null, reason: 'outsideHours', policy: { name: 'channel-talk' } });
    expect(found.spans).toMatchObject([{ counts: false, counted: 0, inHours: 'part' }]);
  });

  test('[T0][T10] without a schedule or a value there is nothing to show', () => {
    const story = new Story().customer(1).escalated(2).agent(5);
    expect(explanation(story, 'operationWaitingTime')).toMatchObject({
      value: null,
      reason: 'noSchedule',
      schedules: [],
      spans: [],
    });
    expect(explanation(new Story().customer(1).escalated(2), 'waitingTime').spans).toEqual([]);
  });

  test('[T10] messages of one moment are read as the history had them', () => {
    // The ids of messages and of events sort in opposite ways: what the agent answered came before the next question.
    const story = new Story().customer(1).escalated(2);
    story.agent(5, { id: 'z-reply' }).customer(5, { id: 'a-question' }).agent(9, { id: 'reply' });
    const [cycle] = timingsOfStory(story);
    expect(cycle?.agrees).toBe(true);
    expect(explanation(story, 'avgReplyTime').spans.map((span) => [span.from, span.to])).toEqual([
      [minute(2), minute(5)],
      [minute(5), minute(9)],
    ]);
  });

  test('[T10] a message of the closing’s moment that came after it is not in the closed cycle', () => {
    const story = new Story().customer(1).escalated(2).close(5).customer(5).agent(5).close(8);
    const all = timingsOfStory(story);
    expect(all.map((one) => one.agrees)).toEqual([true, true]);
    expect(all.map((one) => one.spans.replies.length)).toEqual([0, 1]);
  });

  test('[T10] says so while messages are missing', () => {
    const { rows } = new Story().customer(1).escalated(2).agent(5).customer(6).agent(9).fold();
    const readings = [rows.messages, rows.messages.slice(0, 2), []].map((some) =>
      conversationTimings(rows.cycles, some, rulesOf()),
    );
    expect(readings.map(([cycle]) => cycle?.agrees)).toEqual([true, false, false]);
    expect(readings.map(([cycle]) => cycle?.timings.avgReplyTime.value)).toEqual([
      3 * MINUTE,
      3 * MINUTE,
      null,
    ]);
  });
});
