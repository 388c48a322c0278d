import { describe, expect, test } from 'vitest';
import {
  conditionText,
  NAMED_READY,
  ruleText,
  segmentName,
} from '../../../../renderer/desk/features/segments/sentence.ts';
import { READY_MADE } from '../../../../src/domain/segments/ready-made.ts';
import { SHIPPED } from '../../i18n/support.ts';
import { wordsOf } from '../insight/words.ts';

describe('[K6] the ready-made segments', () => {
  test('all have a name, in every language', () => {
    expect(NAMED_READY).toEqual(READY_MADE.map(({ id }) => id));
    for (const tag of SHIPPED) {
      const { t } = wordsOf(tag);
      for (const { id } of READY_MADE) expect(segmentName({ id, name: null }, t)).not.toBe(id);
    }
  });

  test('a segment of one’s own has its own name', () => {
    expect(segmentName({ id: 'x1', name: 'VIP' }, wordsOf('en').t)).toBe('VIP');
  });

  test.each([
    ['started-conversation', 'Customers who have started a conversation at any time'],
    ['recommended-no-order', 'Customers who have not, since they last got a recommendation, placed an order'],
    ['escalated-last-7-days', 'Customers who have got escalated in the last 7 days'],
  ])('%s reads as a sentence', (id, text) => {
    const rule = READY_MADE.find((ready) => ready.id === id)?.rule;
    if (rule === undefined) throw new Error(`no segment ${id}`);
    expect(ruleText(rule, wordsOf('en'))).toBe(text);
  });
});

describe('[G1] a rule in words', () => {
  const where = [{ property: 'reasonCode', op: 'isAnyOf', values: ['knowledge_gap'] }] as const;

  test('with properties, days of the calendar and several conditions', () => {
    const rule = {
      match: 'any',
      conditions: [
        {
          type: 'didNot',
          event: 'escalated',
          where,
          within: { type: 'between', from: '2026-06-01', to: '2026-06-07' },
        },
        { type: 'customer', property: 'language', op: 'isAnyOf', values: ['sv', 'ko'] },
      ],
    } as const;
    expect(ruleText(rule, wordsOf('en'))).toBe(
      'Customers who have not got escalated Jun 1 – Jun 7, 2026 where hand-off reason is any of The AI did not know the answer, or Language is any of svenska, 한국어',
    );
  });

  test('a property that is known stands without values', () => {
    const known = { type: 'customer', property: 'email', op: 'isSet', values: [] } as const;
    expect(conditionText(known, wordsOf('en'))).toBe('Email is known');
  });

  test.each(SHIPPED)('leaves no placeholder open in %s', (tag) => {
    for (const { rule } of READY_MADE) expect(ruleText(rule, wordsOf(tag))).not.toMatch(/[{}]/u);
  });
});
