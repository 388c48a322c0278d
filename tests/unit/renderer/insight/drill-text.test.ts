import { describe, expect, test } from 'vitest';
import { csatValueLabel, drillText } from '../../../../renderer/desk/features/insight/drill-text.ts';
import type { Drill } from '../../../../src/protocol/rpc/drill.ts';
import { wordsOf } from './words.ts';

const DAYS = { from: '2026-11-14', to: '2026-11-14', zone: 'UTC' } as const;

const said = (drill: Drill, tag = 'en'): string => {
  const { name, parts } = drillText(drill, wordsOf(tag));
  return [name, ...parts].join(' | ');
};

describe('[O8] a list says which figure it is behind', () => {
  test.each<readonly [Drill, string]>([
    [
      { of: 'overview', ...DAYS, group: { by: 'channel', value: 'web_chat' } },
      'Overview | Nov 14, 2026 | Web chat',
    ],
    [
      { of: 'overview', ...DAYS, outcome: 'notResolvedByAi', handoffBy: 'agent' },
      'Overview | Nov 14, 2026 | Not resolved by AI | Taken over by an agent',
    ],
    [{ of: 'overview', ...DAYS, group: { by: 'tag', value: null } }, 'Overview | Nov 14, 2026 | No tag'],
    [{ of: 'sales', ...DAYS, currency: 'EUR' }, 'AI-generated sales | Nov 14, 2026 | EUR'],
    [
      { of: 'csat', ...DAYS, scale: '5', score: 4, commented: true },
      'Satisfaction | Nov 14, 2026 | Five faces | Score 4 | With a comment',
    ],
    [{ of: 'csat', ...DAYS, answered: false }, 'Satisfaction | Nov 14, 2026 | Not answered'],
    [
      { of: 'csat', ...DAYS, answered: true, by: { dimension: 'assignee', value: 'a1' } },
      'Satisfaction | Nov 14, 2026 | Answered | agent a1',
    ],
    [{ of: 'metric', metric: 'started', ...DAYS }, 'Started conversation with Customer Agent | Nov 14, 2026'],
    [
      { of: 'review', reason: 'knowledge_gap', verdict: 'policy' },
      'Not resolved by AI | The AI did not know the answer | Policy',
    ],
    [
      { of: 'review', days: DAYS, channel: 'sms', tag: null },
      'Not resolved by AI | Nov 14, 2026 | SMS | No tag',
    ],
    [{ of: 'review', skill: null, verdict: null }, 'Not resolved by AI | No skill | Not reviewed'],
  ])('%j', (drill, text) => {
    expect(said(drill)).toBe(text);
  });

  test('in the reader’s language', () => {
    const drill: Drill = { of: 'overview', ...DAYS, group: { by: 'status', value: 'notResolvedByAi' } };
    expect(said(drill, 'sv')).toBe('Översikt | 14 nov. 2026 | Ej löst av AI');
    expect(said(drill, 'ko')).toBe('개요 | 2026년 11월 14일 | AI가 해결하지 못함');
  });

  test('[C12] satisfaction by reason, outcome and language has words for those without one', () => {
    const words = wordsOf('en');
    expect(csatValueLabel('reason', null, words)).toBe('No reason given');
    expect(csatValueLabel('outcome', null, words)).toBe('Without AI');
    expect(csatValueLabel('language', null, words)).toBe('Language not known');
    expect(csatValueLabel('language', 'ko', words)).toBe('한국어');
    expect(csatValueLabel('assignee', null, words)).toBe('Nobody');
    expect(csatValueLabel('tag', null, words)).toBe('No tag');
    expect(csatValueLabel('channel', 'sms', words)).toBe('SMS');
  });
});
