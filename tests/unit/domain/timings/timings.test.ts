import { describe, expect, test } from 'vitest';
import { CHANNEL_TALK_POLICY, HANDOFF_POLICY, timingPolicy } from '../../../../src/domain/timings/policy.ts';
import { clockMessages } from '../../../../src/domain/timings/reply-spans.ts';
import { NO_TIMINGS, TIMING_KEYS } from '../../../../src/domain/timings/timings.ts';
import { hours, Story } from '../../../support/domain/history.ts';
import {
  HOUR,
  MINUTE,
  office,
  rulesOf,
  timingsOfStory,
  values,
  weekOf,
} from '../../../support/timings/rules.ts';

/** Minute 0 of a story is Tuesday 09:00 UTC, when this office opens; it closes at minute 540. */
const UTC_OFFICE = rulesOf([office({ zone: 'UTC' })]);
const CHANNEL_TALK = rulesOf([office({ zone: 'UTC' })], CHANNEL_TALK_POLICY);
const DAY = hours(24);

describe('what has no value', () => {
  test('[T0] an open cycle without a reply has nothing yet', () => {
    expect(values(new Story().customer(1).escalated(2), UTC_OFFICE)).toEqual({
      waitingTime: 'notYet',
      avgReplyTime: 'notYet',
      resolutionTime: 'notYet',
      operationWaitingTime: 'notYet',
      operationAvgReplyTime: 'notYet',
      operationResolutionTime: 'notYet',
    });
  });

  test('[T0] a cycle closed without a reply never had one; its resolution counts', () => {
    expect(values(new Story().customer(1).escalated(2).close(12), UTC_OFFICE)).toEqual({
      waitingTime: 'noReply',
      avgReplyTime: 'noReply',
      resolutionTime: 10 * MINUTE,
      operationWaitingTime: 'noReply',
      operationAvgReplyTime: 'noReply',
      operationResolutionTime: 10 * MINUTE,
    });
  });

  test('[T0][T5] without a schedule operation values say so, whatever happened', () => {
    const open = values(new Story().customer(1).escalated(2));
    const closed = values(new Story().customer(1).escalated(2).agent(5).close(12));
    for (const key of TIMING_KEYS.slice(3))
      expect([open[key], closed[key]]).toEqual(['noSchedule', 'noSchedule']);
    expect(closed).toMatchObject({ waitingTime: 3 * MINUTE, resolutionTime: 10 * MINUTE });
  });

  test('[T0][T5] before the first version of the hours there was no schedule', () => {
    const later = rulesOf([office({ validFrom: '2026-10-01' })]);
    expect(values(new Story().customer(1).escalated(2).agent(5), later)).toMatchObject({
      waitingTime: 3 * MINUTE,
      operationWaitingTime: 'noSchedule',
    });
  });

  test('[T0] a null is never 0, and a 0 never null', () => {
    expect(values(new Story().customer(1).escalated(2).agent(2).close(2), UTC_OFFICE)).toEqual({
      waitingTime: 0,
      avgReplyTime: 0,
      resolutionTime: 0,
      operationWaitingTime: 0,
      operationAvgReplyTime: 0,
      operationResolutionTime: 0,
    });
  });

  test('[T0] an interval unanswered at closing is dropped', () => {
    const story = new Story().customer(1).escalated(2).agent(6).customer(10).close(50);
    expect(values(story)).toMatchObject({ avgReplyTime: 4 * MINUTE, resolutionTime: 48 * MINUTE });
  });

  test('[T0] where only the AI had the conversation there is nothing yet', () => {
    const story = new Story().customer(1).ai(2);
    expect(timingsOfStory(story)).toEqual([]);
    for (const key of TIMING_KEYS) expect(NO_TIMINGS[key]).toEqual({ value: null, reason: 'notYet' });
  });
});

describe('waiting time', () => {
  test('[T1] runs from the opening to the first public agent message', () => {
    expect(values(new Story().customer(1).escalated(2).note(3).agent(9).agent(20)).waitingTime).toBe(
      7 * MINUTE,
    );
  });

  test('[T1] in a cycle that an agent opened it runs from the customer’s first message', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .agent(3)
      .close(4)
      .reopen(10)
      .agent(11)
      .customer(20)
      .agent(26);
    expect(values(story, UTC_OFFICE, 2)).toMatchObject({ waitingTime: 6 * MINUTE, avgReplyTime: 6 * MINUTE });
  });

  test('[T1] an agent who takes over at once has answered at once; one who takes over first starts the clock', () => {
    expect(values(new Story().customer(1).agent(30)).waitingTime).toBe(0);
    expect(values(new Story().customer(1).takeOver(10).agent(12)).waitingTime).toBe(2 * MINUTE);
    expect(values(new Story().customer(1).ai(2).takeOver(10).agent(12)).waitingTime).toBe('notYet');
  });
});

describe('average reply time', () => {
  test('[T2] is the mean of the intervals, each from the first unanswered message', () => {
    const story = new Story().customer(1).escalated(2).agent(5).customer(10).customer(14).agent(20);
    expect(values(story).avgReplyTime).toBe(6.5 * MINUTE);
  });

  test('[T2] is a whole number of milliseconds', () => {
    const story = new Story()
      .customer(1)
      .escalated(2)
      .agent(3)
      .customer(4)
      .agent(5)
      .customer(6)
      .agent(7.0001);
    expect(values(story).avgReplyTime).toBe(60_002);
  });
});

describe('resolution time', () => {
  test('[T3] runs from the cycle’s opening to its closing, whoever closed it', () => {
    expect(values(new Story().customer(1).escalated(2).agent(5).close(60)).resolutionTime).toBe(58 * MINUTE);
    expect(values(new Story().customer(1).escalated(2).closedBy(62, 'customer')).resolutionTime).toBe(HOUR);
  });

  test('[T3] is of this cycle, not of all since the first', () => {
    const story = new Story().customer(1).escalated(2).close(12).customer(1_000).close(1_005);
    expect(values(story, rulesOf(), 1).resolutionTime).toBe(10 * MINUTE);
    expect(values(story, rulesOf(), 2).resolutionTime).toBe(5 * MINUTE);
  });

  test('[T3] an undone close was none', () => {
    const story = new Story().customer(1).escalated(2).close(12).undoClose(13).agent(20).close(32);
    expect(values(story)).toMatchObject({ resolutionTime: 30 * MINUTE, waitingTime: 18 * MINUTE });
  });
});

describe('in business hours', () => {
  test('[T4] a reply at night leaves the in-hours clock where closing time stopped it', () => {
    const story = new Story().customer(1).escalated(hours(8)).agent(hours(12));
    expect(values(story, UTC_OFFICE)).toMatchObject({ waitingTime: 4 * HOUR, operationWaitingTime: HOUR });
  });

  test('[T4] a night and a weekend between question and answer count nothing', () => {
    const friday = 3 * DAY;
    const story = new Story()
      .customer(1)
      .escalated(friday + hours(8))
      .agent(friday + 3 * DAY + 30);
    expect(values(story, UTC_OFFICE)).toMatchObject({
      waitingTime: (64 * 60 + 30) * MINUTE,
      operationWaitingTime: 90 * MINUTE,
    });
  });

  test('[T4] a span wholly outside hours is left out of the average and of its count', () => {
    const night = hours(12);
    const story = new Story()
      .customer(1)
      .escalated(10)
      .agent(20)
      .customer(night)
      .agent(night + 30);
    expect(values(story, UTC_OFFICE)).toMatchObject({
      avgReplyTime: 20 * MINUTE,
      operationAvgReplyTime: 10 * MINUTE,
    });
  });

  test('[T4] when nothing counts the value is null, and says that it lay outside', () => {
    const night = hours(12);
    const story = new Story()
      .customer(1)
      .escalated(night)
      .agent(night + 5)
      .close(night + 9);
    expect(values(story, UTC_OFFICE)).toEqual({
      waitingTime: 5 * MINUTE,
      avgReplyTime: 5 * MINUTE,
      resolutionTime: 9 * MINUTE,
      operationWaitingTime: 'outsideHours',
      operationAvgReplyTime: 'outsideHours',
      operationResolutionTime: 'outsideHours',
    });
  });

  test('[T4] touching hours at one end is not overlapping them', () => {
    const story = new Story().customer(1).escalated(hours(9)).agent(hours(10));
    expect(values(story, UTC_OFFICE).operationWaitingTime).toBe('outsideHours');
    const atOpening = new Story()
      .customer(1)
      .escalated(DAY - 60)
      .agent(DAY);
    expect(values(atOpening, UTC_OFFICE).operationWaitingTime).toBe('outsideHours');
  });

  test('[T5] split shifts, holidays and a new version each count as they were', () => {
    const rules = rulesOf([
      office({
        zone: 'UTC',
        week: weekOf([
          ['09:00', '12:00'],
          ['13:00', '18:00'],
        ]),
        holidays: ['2026-09-02'],
      }),
      office({ zone: 'UTC', validFrom: '2026-09-03', week: weekOf([['09:00', '11:00']]) }),
    ]);
    const story = new Story()
      .customer(1)
      .escalated(hours(2))
      .agent(2 * DAY + hours(4));
    // Tuesday 11–12 and 13–18, Wednesday closed, Thursday 9–11.
    expect(values(story, rules).operationWaitingTime).toBe(8 * HOUR);
  });

  test('[T5] a backdated version recomputes', () => {
    const story = new Story().customer(1).escalated(60).agent(180);
    const before = rulesOf([office({ zone: 'UTC' })]);
    const after = rulesOf([
      office({ zone: 'UTC' }),
      office({ zone: 'UTC', validFrom: '2026-08-31', week: weekOf([['09:00', '11:00']]) }),
    ]);
    expect(values(story, before).operationWaitingTime).toBe(2 * HOUR);
    expect(values(story, after).operationWaitingTime).toBe(HOUR);
  });
});

describe('what moves no clock', () => {
  test('[T6] notes, AI and system messages neither start nor stop anything', () => {
    const plain = new Story().customer(1).escalated(2).agent(9).customer(20).agent(25).close(30);
    const noisy = new Story()
      .customer(1)
      .escalated(2)
      .ai(3)
      .note(4)
      .system(5)
      .agent(9)
      .ai(12)
      .note(13)
      .customer(20)
      .system(21)
      .ai(22)
      .agent(25)
      .close(30);
    expect(values(noisy, UTC_OFFICE)).toEqual(values(plain, UTC_OFFICE));
  });

  test('[T6] only the customer’s and the agents’ public messages are looked at, in the order of the thread', () => {
    const story = new Story()
      .customer(1)
      .ai(2)
      .escalated(3)
      .note(4)
      .system(5)
      .agent(9)
      .ai(10, { note: true });
    const { messages } = story.fold().rows;
    const kinds = clockMessages(messages.toReversed()).map((message) => message.authorKind);
    expect(kinds).toEqual(['customer', 'agent']);
  });

  test('[T7] snoozing does not pause a clock', () => {
    const plain = new Story().customer(1).escalated(2).agent(200).close(300);
    const snoozed = new Story()
      .customer(1)
      .escalated(2)
      .snooze(3, 150)
      .agent(200)
      .snooze(201, 290)
      .close(300);
    expect(values(snoozed, UTC_OFFICE)).toEqual(values(plain, UTC_OFFICE));
  });
});

describe('what comes late', () => {
  test('[T8] a reply written offline counts when it was delivered', () => {
    const story = new Story().customer(1).escalated(2);
    const reply = story.add(102, {
      type: 'messagePosted',
      messageId: 'late' as never,
      authorKind: 'agent',
      authorId: 'ana',
      note: false,
      text: 'written at 65',
      writtenAt: (Date.UTC(2026, 8, 1, 9) + 65 * MINUTE) as never,
    });
    expect(reply.at).toBe(Date.UTC(2026, 8, 1, 10, 42));
    expect(values(story).waitingTime).toBe(100 * MINUTE);
  });

  test('[T8] a late answer, sorted before what came first, counts at its own time', () => {
    const story = new Story().customer(1).escalated(2).agent(30).agent(12);
    expect(values(story).waitingTime).toBe(10 * MINUTE);
  });

  test('[T8] what a close did not see opens the next cycle there, whose clock starts there', () => {
    const story = new Story().customer(1).escalated(2).agent(5).close(20).customer(15).agent(31).close(50);
    expect(values(story, rulesOf(), 1)).toMatchObject({
      avgReplyTime: 3 * MINUTE,
      resolutionTime: 18 * MINUTE,
    });
    expect(values(story, rulesOf(), 2)).toMatchObject({
      waitingTime: 11 * MINUTE,
      resolutionTime: 30 * MINUTE,
    });
  });
});

describe('cycles', () => {
  test('[T9] every cycle keeps its own values, and the last is the current one', () => {
    const story = new Story().customer(1).escalated(2).agent(5).close(10).customer(100).agent(107);
    const all = timingsOfStory(story);
    expect(all.map((one) => one.timings.waitingTime.value)).toEqual([3 * MINUTE, 7 * MINUTE]);
    expect(all.map((one) => one.timings.resolutionTime.value)).toEqual([8 * MINUTE, null]);
    expect(all.every((one) => one.agrees)).toBe(true);
  });

  test('[T9] reopening does not carry the first cycle’s time into the second', () => {
    const story = new Story().customer(1).escalated(2).agent(3).close(4).customer(16_428).agent(16_430);
    expect(values(story, rulesOf(), 2)).toMatchObject({ waitingTime: 2 * MINUTE, avgReplyTime: 2 * MINUTE });
  });
});

describe('policies', () => {
  test('[T13] are named and versioned', () => {
    expect([HANDOFF_POLICY, CHANNEL_TALK_POLICY].map(({ name, version }) => `${name} ${version}`)).toEqual([
      'handoff 1',
      'channel-talk 1',
    ]);
    expect(timingPolicy('channel-talk')).toBe(CHANNEL_TALK_POLICY);
    expect(timingPolicy('handoff')).toBe(HANDOFF_POLICY);
  });

  test('[T13] channel-talk counts a burst from its last message', () => {
    const story = new Story().customer(1).escalated(2).agent(5).customer(10).customer(14).agent(20);
    expect(values(story, CHANNEL_TALK).avgReplyTime).toBe(4.5 * MINUTE);
    expect(values(story, CHANNEL_TALK).waitingTime).toBe(values(story, UTC_OFFICE).waitingTime);
  });

  test('[T13] channel-talk counts its waiting time from the opening, whoever opened', () => {
    const story = new Story().customer(1).escalated(2).close(4).reopen(10).agent(11).customer(20).agent(26);
    expect(values(story, CHANNEL_TALK, 2).waitingTime).toBe(16 * MINUTE);
  });

  test('[T13] channel-talk counts in the average only what was answered within hours', () => {
    const night = hours(12);
    const story = new Story().customer(1).escalated(10).agent(20).customer(hours(8)).agent(night);
    expect(values(story, CHANNEL_TALK).operationAvgReplyTime).toBe(10 * MINUTE);
    expect(values(story, UTC_OFFICE).operationAvgReplyTime).toBe(35 * MINUTE);
  });

  test('[T13] channel-talk gives 0 for a wait wholly outside hours, where ours has no value', () => {
    const night = hours(12);
    const story = new Story()
      .customer(1)
      .escalated(night)
      .agent(night + 5)
      .close(night + 9);
    expect(values(story, CHANNEL_TALK)).toMatchObject({
      operationWaitingTime: 0,
      operationAvgReplyTime: 'outsideHours',
      operationResolutionTime: 0,
    });
  });

  test('[T13] Channel Talk’s own example: resolution runs from the latest opening', () => {
    // openedAt 03:24:48, closedAt 03:28:34, resolutionTime 226139 ms.
    const story = new Story()
      .customer(0)
      .escalated(0.3)
      .close(0.4)
      .customer(10)
      .close(10 + 226_139 / MINUTE);
    expect(values(story, CHANNEL_TALK, 2).resolutionTime).toBe(226_139);
  });
});
