import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/events.ts';
import { ANA, minute, Story } from '../../support/domain/history.ts';

type Sent = Extract<Fact, { type: 'surveySent' }>;

function sent(over: Partial<Sent> = {}): Sent {
  return {
    type: 'surveySent',
    ordinal: 1,
    surveyId: 's1',
    scale: 5,
    language: 'ko',
    medium: 'form',
    ownerId: ANA,
    expiresAt: minute(1_000),
    link: '/survey/t',
    ...over,
  };
}

function answered(score: number | null, comment: string | null = null, ordinal = 1): Fact {
  return { type: 'surveyAnswered', ordinal, score, comment };
}

/** One cycle of Ana's, closed at 6. */
function closed(): Story {
  return new Story()
    .customer(1)
    .escalated(2)
    .fact(3, { type: 'assigned', assigneeId: ANA, agentId: ANA })
    .agent(5)
    .close(6);
}

describe('surveys in a history', () => {
  test('[Q3] a sent one is a row of its cycle, owned by the assignee at closing', () => {
    const { rows } = closed().fact(20, sent()).fold();
    expect(rows.csat).toEqual([
      {
        conversationId: 'c1',
        ordinal: 1,
        surveyId: 's1',
        scale: 5,
        language: 'ko',
        medium: 'form',
        ownerId: ANA,
        sentAt: minute(20),
        expiresAt: minute(1_000),
        score: null,
        comment: null,
        answeredAt: null,
        answerCount: 0,
        link: '/survey/t',
      },
    ]);
  });

  test('[Q3] a cycle has one at most: a second changes nothing', () => {
    const { rows } = closed()
      .fact(20, sent())
      .fact(21, sent({ surveyId: 's2', scale: 2 }))
      .fold();
    expect(rows.csat).toMatchObject([{ surveyId: 's1', scale: 5, sentAt: minute(20) }]);
  });

  test('[Q4] the last answer counts, and how many came is known', () => {
    const { rows } = closed().fact(20, sent()).fact(30, answered(2, 'slow')).fact(40, answered(4)).fold();
    expect(rows.csat).toMatchObject([
      { score: 4, comment: null, answeredAt: minute(40), answerCount: 2, sentAt: minute(20) },
    ]);
  });

  test('[Q4] an answer that no survey asked for changes nothing', () => {
    expect(closed().fact(30, answered(2)).fold().rows.csat).toEqual([]);
  });

  test('[S9] an answer reopens nothing and touches no timing', () => {
    const before = closed().fold().rows;
    const after = closed().fact(20, sent()).fact(30, answered(1, 'bad')).fold().rows;
    expect(after.cycles).toEqual(before.cycles);
    expect({ ...after.conversation, foldedAt: 0, foldedId: '' }).toEqual({
      ...before.conversation,
      foldedAt: 0,
      foldedId: '',
    });
  });
});
