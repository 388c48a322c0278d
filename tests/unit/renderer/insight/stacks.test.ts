import { describe, expect, test } from 'vitest';
import {
  barDrill,
  DRAWN_STACKS,
  namedSeries,
  stackSeries,
} from '../../../../renderer/desk/features/insight/stacks.ts';
import type { OverviewAnswer, OverviewStack } from '../../../../src/protocol/rpc/insight.ts';
import { epochMillis } from '../../../../src/base/time.ts';
import { wordsOf } from './words.ts';

const DAYS = ['2026-06-06', '2026-06-07'];

function answer(
  group: OverviewAnswer['group'],
  stacks: readonly (readonly [string | null, number, number])[],
) {
  return {
    group,
    days: DAYS,
    range: {
      from: '2026-06-06',
      to: '2026-06-07',
      preset: null,
      zone: 'Asia/Seoul',
      zoneIsSet: true,
      start: epochMillis(0),
      end: epochMillis(1),
    },
    stacks: stacks.map(
      ([value, one, other]): OverviewStack => ({
        value,
        counts: [one, other],
        total: one + other,
      }),
    ),
  };
}

const en = wordsOf('en');

describe('[O1] the stacks of the bars', () => {
  test('by status stand in the order of the outcomes, whatever their sizes, in the colours of their meaning', () => {
    const series = stackSeries(
      answer('status', [
        ['open', 9, 9],
        ['notResolvedByAi', 5, 5],
        ['closedUnresolved', 3, 3],
        ['resolvedByAi', 1, 1],
      ]),
      en,
    );
    expect(series.map(({ key, tone }) => [key, tone])).toEqual([
      ['resolvedByAi', 'resolved'],
      ['notResolvedByAi', 'agent'],
      ['open', 'ai'],
      ['closedUnresolved', 'customer'],
    ]);
    expect(series[1]?.label).toBe('Not resolved by AI');
  });

  test('by channel stand as the engine sorted them, each with a colour of its own', () => {
    const series = stackSeries(
      answer('channel', [
        ['web_chat', 5, 1],
        ['fax', 1, 0],
      ]),
      en,
    );
    expect(series.map(({ label, tone }) => [label, tone])).toEqual([
      ['Web chat', 'value1'],
      ['fax', 'value2'],
    ]);
  });

  test('[O-rates] conversations without a tag are a stack of their own, so that the bars add up', () => {
    const series = stackSeries(
      answer('tag', [
        [null, 2, 2],
        ['refund', 1, 1],
      ]),
      en,
    );
    expect(series[0]).toMatchObject({ label: 'No tag', tone: 'rest', total: 4 });
    expect(series[0]?.drill?.group).toEqual({ by: 'tag', value: null });
  });

  test('more values than can be drawn become one that the table tells apart; nothing is lost', () => {
    const many = Array.from({ length: 30 }, (_, index): readonly [string, number, number] => [
      `tag ${index}`,
      1,
      2,
    ]);
    const series = stackSeries(answer('tag', many), en);
    expect(series).toHaveLength(DRAWN_STACKS + 1);
    expect(series.at(-1)).toMatchObject({ drill: null, counts: [6, 12], total: 18 });
    expect(series.reduce((sum, { total }) => sum + total, 0)).toBe(90);
    expect(namedSeries(series)).toBe(5);
  });

  test('all of a few are named at their bars', () => {
    expect(
      namedSeries(
        stackSeries(
          answer('channel', [
            ['web_chat', 1, 1],
            ['sms', 1, 1],
          ]),
          en,
        ),
      ),
    ).toBe(2);
  });
});

describe('[O3] every bar opens exactly its conversations', () => {
  const of = answer('channel', [
    ['web_chat', 5, 1],
    ['sms', 1, 0],
  ]);
  const series = stackSeries(of, en);
  const zone = 'Asia/Seoul';

  test('a bar: those of its day', () => {
    expect(barDrill(of, series, { column: 1, part: null })).toEqual({
      of: 'overview',
      from: '2026-06-07',
      to: '2026-06-07',
      zone,
    });
  });

  test('a part of it: those of its day and value', () => {
    expect(barDrill(of, series, { column: 0, part: 1 })).toEqual({
      of: 'overview',
      from: '2026-06-06',
      to: '2026-06-06',
      zone,
      group: { by: 'channel', value: 'sms' },
    });
  });

  test('a series: those of its value on all days', () => {
    expect(series[0]?.drill).toEqual({
      of: 'overview',
      from: '2026-06-06',
      to: '2026-06-07',
      zone,
      group: { by: 'channel', value: 'web_chat' },
    });
  });

  test('no bar, no conversations', () => {
    expect(barDrill(of, series, { column: 7, part: null })).toBeNull();
    expect(barDrill(of, series, { column: 0, part: 7 })).toBeNull();
  });
});
