import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/events.ts';
import { ANA, BO, minute, Story } from '../../support/domain/history.ts';

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

  test('[Q3] without a cycle or an owner said it is the current cycle’s, and whoever closed it had it', () => {
    const unsaid = sent({ ordinal: null, ownerId: null });
    expect(closed().fact(20, unsaid).fold().rows.csat).toMatchObject([{ ordinal: 1, ownerId: ANA }]);
    const again = closed().customer(30).assign(31, BO).close(32);
    expect(again.fact(40, unsaid).fold().rows.csat).toMatchObject([{ ordinal: 2, ownerId: BO }]);
    const both = again.fact(41, sent({ ordinal: 1, ownerId: ANA })).fold().rows.csat;
    expect(both.toSorted((left, right) => left.ordinal - right.ordinal)).toMatchObject([
      { ordinal: 1, ownerId: ANA },
      { ordinal: 2, ownerId: BO },
    ]);
  });

  test('[Q4] [Q6] an answer to an earlier cycle’s survey is that cycle’s, and not what the profile shows', () => {
    const story = closed()
      .fact(20, sent())
      .customer(30)
      .close(32)
      .fact(40, sent({ ordinal: 2 }));
    const { rows } = story
      .fact(50, answered(5, 'good', 2))
      .fact(60, answered(1, 'bad', 1))
      .fold();
    expect(rows.csat).toMatchObject([
      { ordinal: 1, score: 1, comment: 'bad', expiresAt: minute(1_000), link: '/survey/t' },
      { ordinal: 2, score: 5, comment: 'good' },
    ]);
    const shown = rows.fields.filter(({ field }) => field.startsWith('profile.csat'));
    expect(shown).toMatchObject([{ number: 5 }, { text: 'good' }]);
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

function shown(story: Story): Readonly<Record<string, string | number | null>> {
  return Object.fromEntries(story.fold().rows.fields.map((row) => [row.field, row.number ?? row.text]));
}

describe('the score on the conversation', () => {
  test('[Q6] [C8] is the latest answered cycle’s, with its comment', () => {
    const story = closed().fact(20, sent()).fact(30, answered(2, 'slow'));
    expect(shown(story)).toEqual({ 'profile.csat': 2, 'profile.csatComment': 'slow' });
    story
      .customer(40)
      .close(50)
      .fact(60, sent({ ordinal: 2, scale: 2 }));
    expect(shown(story)).toEqual({ 'profile.csat': 2, 'profile.csatComment': 'slow' });
    story.fact(70, answered(5, null, 2));
    expect(shown(story)).toEqual({ 'profile.csat': 5 });
    story.fact(80, answered(1, 'changed my mind', 1));
    expect(shown(story)).toEqual({ 'profile.csat': 5 });
    expect(story.fold().rows.csat.map(({ ordinal, score }) => [ordinal, score])).toEqual([
      [1, 1],
      [2, 5],
    ]);
  });

  test('[Q1] a score that is no point of its scale changes nothing', () => {
    const story = closed()
      .fact(20, sent({ scale: 3 }))
      .fact(30, answered(2));
    expect(story.fold().rows.csat).toMatchObject([{ score: null, answerCount: 0 }]);
    expect(shown(story)).toEqual({});
  });
});

describe('imported scores', () => {
  const imported = (over: Partial<Extract<Fact, { type: 'scoreImported' }>> = {}): Fact => ({
    type: 'scoreImported',
    ordinal: null,
    scale: null,
    score: 4,
    comment: null,
    ...over,
  });

  test('[Q6] without a scale the scale is unknown; the owner is who had the cycle', () => {
    const story = closed().fact(20, imported({ comment: 'ok' }));
    expect(story.fold().rows.csat).toMatchObject([
      { ordinal: 1, surveyId: null, scale: null, score: 4, comment: 'ok', ownerId: ANA, sentAt: minute(20) },
    ]);
    expect(shown(story)).toEqual({ 'profile.csat': 4, 'profile.csatComment': 'ok' });
  });

  test('[Q1] [Q6] with a scale only its points', () => {
    expect(
      closed()
        .fact(20, imported({ scale: 2 }))
        .fold().rows.csat,
    ).toEqual([]);
    expect(
      closed()
        .fact(20, imported({ scale: 5 }))
        .fold().rows.csat,
    ).toMatchObject([{ scale: 5, score: 4 }]);
  });

  test('[Q6] a source’s profile.csat is one; its comment may come alone, later', () => {
    const story = closed().fact(20, { type: 'profileSet', values: { 'profile.csat': 3 } });
    story.fact(21, { type: 'profileSet', values: { 'profile.csatComment': 'meh', 'profile.plan': 'Gold' } });
    expect(story.fold().rows.csat).toMatchObject([{ score: 3, scale: null, comment: 'meh', answerCount: 1 }]);
    expect(shown(story)).toEqual({ 'profile.csat': 3, 'profile.csatComment': 'meh', 'profile.plan': 'Gold' });
  });

  test('[Q6] what is no number is no score, and a comment without one is left out', () => {
    const values = { 'profile.csat': 'great', 'profile.csatComment': 'meh' };
    expect(shown(closed().fact(20, { type: 'profileSet', values }))).toEqual({});
  });

  test('[Q4] where a survey of ours was sent, it is one more answer', () => {
    const story = closed()
      .fact(20, sent())
      .fact(30, answered(2))
      .fact(40, imported({ score: 4 }));
    expect(story.fold().rows.csat).toMatchObject([
      {
        surveyId: 's1',
        scale: 5,
        language: 'ko',
        medium: 'form',
        ownerId: ANA,
        score: 4,
        sentAt: minute(20),
        expiresAt: minute(1_000),
        answerCount: 2,
        link: '/survey/t',
      },
    ]);
  });

  test('[Q6] one about a conversation without a human cycle is kept as cycle 0', () => {
    const story = new Story().customer(1).ai(2).resolved(3).fact(4, imported());
    expect(story.fold().rows.csat).toMatchObject([{ ordinal: 0, ownerId: null }]);
  });
});
