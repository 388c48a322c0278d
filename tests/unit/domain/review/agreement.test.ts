import { describe, expect, test } from 'vitest';
import { asId } from '../../../../src/base/ids.ts';
import type { ReviewVerdict } from '../../../../src/domain/model.ts';
import { agreementOf, compareValues, findingsBy } from '../../../../src/domain/review/agreement.ts';

function given(conversation: string, agent: string, verdict: ReviewVerdict | null) {
  return { conversationId: asId<'ConversationId'>(conversation), agentId: asId<'AgentId'>(agent), verdict };
}

describe('agreement of reviewers', () => {
  test('[O10] pairs of verdicts on one conversation that are the same, of all such pairs', () => {
    const verdicts = [
      given('c1', 'ana', 'policy'),
      given('c1', 'bo', 'policy'),
      given('c2', 'ana', 'policy'),
      given('c2', 'bo', 'defect'),
      given('c3', 'ana', 'defect'),
    ];
    expect(agreementOf(verdicts)).toEqual({ value: 0.5, numerator: 1, denominator: 2 });
  });

  test('[O10] three reviewers are three pairs; who gave no verdict is in none', () => {
    const three = ['ana', 'bo', 'cleo'].map((agent) => given('c1', agent, 'knowledgeGap'));
    expect(agreementOf(three)).toEqual({ value: 1, numerator: 3, denominator: 3 });
    expect(agreementOf([...three.slice(0, 1), given('c1', 'bo', null)])).toEqual({
      value: null,
      numerator: 0,
      denominator: 0,
    });
  });
});

describe('findings by reason or skill', () => {
  test('[O10] each reviewer’s verdict counts once, the most conversations first, none last', () => {
    const conversations = [
      { id: 'c1', value: 'gap' },
      { id: 'c2', value: 'gap' },
      { id: 'c3', value: null },
      { id: 'c4', value: 'policy' },
    ];
    const found = findingsBy(conversations, [
      given('c1', 'ana', 'policy'),
      given('c1', 'bo', 'defect'),
      given('c3', 'ana', 'policy'),
      given('c4', 'ana', null),
    ]);
    expect(found.map(({ value, total, unreviewed }) => [value, total, unreviewed])).toEqual([
      ['gap', 2, 1],
      ['policy', 1, 1],
      [null, 1, 0],
    ]);
    expect(found[0]?.verdicts).toEqual({
      shouldHaveHandled: 0,
      rightHandoff: 0,
      knowledgeGap: 0,
      policy: 1,
      defect: 1,
    });
  });

  test('values compare by text, none last', () => {
    expect(['b', null, 'a', null].sort(compareValues)).toEqual(['a', 'b', null, null]);
    expect([compareValues('a', 'b'), compareValues('b', 'a'), compareValues('a', 'a')]).toEqual([-1, 1, 0]);
    expect([compareValues(null, 'a'), compareValues('a', null), compareValues(null, null)]).toEqual([
      1, -1, 0,
    ]);
  });
});
