import { describe, expect, test } from 'vitest';
import { epochMillis } from '../../../../src/base/time.ts';
import { figuresOf, groupTag, groupValue, shareOf } from '../../../../src/domain/overview/figures.ts';

describe('the figures', () => {
  test('[O3][O-rates] what is open or ended unresolved stays in the denominator', () => {
    const figures = figuresOf({
      open: 10,
      resolvedByAi: 50,
      notResolvedByAi: 30,
      closedUnresolved: 10,
      takenOver: 4,
    });
    expect(figures.totalVolume).toBe(100);
    expect(figures.resolvedByAi).toEqual({ value: 0.5, numerator: 50, denominator: 100 });
    expect(figures.notResolvedByAi).toEqual({ value: 0.3, numerator: 30, denominator: 100 });
  });

  test('[O3][S4] what an agent took over is shown apart from what the AI handed over', () => {
    const figures = figuresOf({
      open: 0,
      resolvedByAi: 0,
      notResolvedByAi: 5,
      closedUnresolved: 0,
      takenOver: 2,
    });
    expect([figures.handedOver, figures.takenOver]).toEqual([3, 2]);
  });

  test('[O3] of nothing there is no rate: null, not 0', () => {
    expect(shareOf(0, 0)).toEqual({ value: null, numerator: 0, denominator: 0 });
    expect(shareOf(0, 3).value).toBe(0);
  });
});

describe('the tag a conversation is counted under', () => {
  const tag = (name: string, appliedBy: 'ai' | 'agent', at: number) => ({
    tag: name,
    appliedBy,
    at: epochMillis(at),
  });

  test('[O-rates] the first of the AI’s, whatever a human applied before', () => {
    expect(groupTag([tag('vip', 'agent', 1), tag('late', 'ai', 5), tag('gift', 'ai', 3)])).toBe('gift');
  });

  test('[O-rates] else the first of a human’s; of one moment the first by name; none without tags', () => {
    expect(groupTag([tag('vip', 'agent', 2), tag('b', 'agent', 1), tag('a', 'agent', 1)])).toBe('a');
    expect(groupTag([tag('a', 'agent', 1), tag('b', 'agent', 1), tag('vip', 'agent', 2)])).toBe('a');
    expect(groupTag([tag('b', 'ai', 1), tag('a', 'ai', 1), tag('c', 'ai', 1)])).toBe('a');
    expect(groupTag([])).toBeNull();
  });

  test('[O1] stacked by channel, status or tag', () => {
    const conversation = { channel: 'sms', aiOutcome: 'open' } as const;
    expect(groupValue('channel', conversation, [])).toBe('sms');
    expect(groupValue('status', conversation, [])).toBe('open');
    expect(groupValue('tag', conversation, [tag('x', 'ai', 1)])).toBe('x');
  });
});
