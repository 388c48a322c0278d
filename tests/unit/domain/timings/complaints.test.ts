import { describe, expect, test } from 'vitest';
import { explainCycle } from '../../../../src/domain/timings/explain.ts';
import { BusinessHours } from '../../../../src/domain/hours/business-hours.ts';
import { hours, Story } from '../../../support/domain/history.ts';
import {
  at,
  HOUR,
  MINUTE,
  office,
  rulesOf,
  timingsOfStory,
  values,
  weekOf,
} from '../../../support/timings/rules.ts';

const UTC_OFFICE = rulesOf([office({ zone: 'UTC' })]);

// What users of other inboxes complained of in public, each as a case that must not happen here.
describe('complaints about timings elsewhere', () => {
  test('[T1][T9] chatwoot 11787: after a reopening the reply time was 985,492 s', () => {
    const apart = 985_492 / 60;
    const story = new Story()
      .customer(0)
      .escalated(1)
      .agent(2)
      .close(3)
      .customer(2 + apart)
      .agent(4 + apart);
    expect(values(story, rulesOf(), 2)).toMatchObject({ waitingTime: 2 * MINUTE, avgReplyTime: 2 * MINUTE });
  });

  test('[T1][T9] chatwoot 11787: an agent who reopens to follow up has not answered anything', () => {
    const story = new Story().customer(0).escalated(1).agent(2).close(3).reopen(hours(270)).agent(hours(271));
    expect(values(story, rulesOf(), 2)).toMatchObject({ waitingTime: 'notYet', avgReplyTime: 'notYet' });
  });

  test('[T6] chatwoot 6409: a bot’s answer counted as the first response', () => {
    const story = new Story().customer(0).ai(0).escalated(1).ai(2).system(2).agent(31);
    expect(values(story)).toMatchObject({ waitingTime: 30 * MINUTE, avgReplyTime: 30 * MINUTE });
  });

  test('[T4][T10] chatwoot 11057: the screen counted business hours, the download did not', () => {
    const story = new Story().customer(0).escalated(hours(8)).agent(hours(25)).close(hours(26));
    const [cycle] = timingsOfStory(story, UTC_OFFICE);
    if (cycle === undefined) throw new Error('no cycle');
    // One function gives every surface the value and its spans, so that they cannot differ.
    for (const one of explainCycle(cycle, UTC_OFFICE)) expect(one.value).toBe(cycle.timings[one.key].value);
    expect(cycle.timings.operationWaitingTime.value).toBe(2 * HOUR);
  });

  test('[T5] chatwoot 13392: due in one hour from Friday 16:30 is Monday 09:30', () => {
    const nineToFive = new BusinessHours([office({ zone: 'UTC', week: weekOf([['09:00', '17:00']]) })]);
    expect(nineToFive.after(at('2026-09-04T16:30Z'), HOUR)).toBe(at('2026-09-07T09:30Z'));
  });

  test('[T4][T5] chatwoot 13392: a wait over the weekend is not late by the hours nobody works', () => {
    const friday = 3 * hours(24);
    const story = new Story()
      .customer(0)
      .escalated(friday + hours(7.5))
      .agent(friday + 3 * hours(24) + 30);
    const nineToFive = rulesOf([office({ zone: 'UTC', week: weekOf([['09:00', '17:00']]) })]);
    expect(values(story, nineToFive).operationWaitingTime).toBe(HOUR);
  });

  test('[T5] chatwoot 14009: one shift a day was all that hours could say', () => {
    const shifts = rulesOf([
      office({
        zone: 'UTC',
        week: weekOf([
          ['08:00', '10:00'],
          ['12:00', '14:00'],
          ['16:00', '18:00'],
          ['22:00', '02:00'],
        ]),
      }),
    ]);
    const story = new Story().customer(0).escalated(0).agent(hours(24));
    expect(values(story, shifts).operationWaitingTime).toBe(10 * HOUR);
  });
});
