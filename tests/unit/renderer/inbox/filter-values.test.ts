import { describe, expect, test } from 'vitest';
import {
  hasFilters,
  toggleFilter,
  withFilter,
} from '../../../../renderer/desk/features/inbox/filter-values.ts';

describe('the filters of a list', () => {
  test('[O8] a value is put in and taken out again; an empty dimension is none', () => {
    const high = toggleFilter({}, 'priority', 'high');
    expect(high).toEqual({ priority: ['high'] });
    const both = toggleFilter(high, 'priority', 'low');
    expect(both).toEqual({ priority: ['high', 'low'] });
    expect(toggleFilter(toggleFilter(both, 'priority', 'high'), 'priority', 'low')).toEqual({});
  });

  test('dimensions do not touch each other', () => {
    const filters = toggleFilter({ tag: ['refund'] }, 'channel', 'email');
    expect(withFilter(filters, 'tag', [])).toEqual({ channel: ['email'] });
    expect(hasFilters(filters)).toBe(true);
    expect(hasFilters({})).toBe(false);
    expect(hasFilters({ tag: [] })).toBe(false);
  });
});
