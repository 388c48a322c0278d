import { describe, expect, test } from 'vitest';
import { createLabels } from '../../../../renderer/desk/i18n/labels.ts';
import { matchesQuery } from '../../../../renderer/desk/ui/combobox.tsx';
import { shippedI18n } from '../../i18n/support.ts';
import {
  filterValues,
  hasFilters,
  searchedWords,
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

describe('[O6] the outcomes go by the names of other dashboards too', () => {
  const found = (query: string, tag = 'en'): string[] => {
    const { t } = shippedI18n(tag);
    const words = { t, labels: createLabels(t), agents: [], me: null };
    const chosen = { aiOutcome: ['open', 'resolvedByAi', 'notResolvedByAi', 'closedUnresolved'] };
    return filterValues(undefined, chosen, words)
      .filter((value) => matchesQuery(searchedWords(value, words), query))
      .map(({ value }) => value);
  };

  test.each([
    ['en', 'routed to team', 'notResolvedByAi'],
    ['en', 'escalated', 'notResolvedByAi'],
    ['en', 'timed out', 'closedUnresolved'],
    ['ko', '인계됨', 'notResolvedByAi'],
    ['pt-BR', 'roteada', 'notResolvedByAi'],
    ['sv', 'skickad till teamet', 'notResolvedByAi'],
  ])('[O6] [O7] %s: %s', (tag, query, outcome) => {
    expect(found(query, tag)).toEqual([outcome]);
  });

  test('[O7] shown by the newer words where the reader wants them', () => {
    const { t } = shippedI18n('en');
    const newer = createLabels(t, 'newer');
    expect(newer.aiOutcome('notResolvedByAi')).toBe('Routed');
    expect(newer.aiOutcome('closedUnresolved')).toBe('Closed');
    expect(newer.aiOutcome(null)).toBe('Without AI');
    expect(createLabels(t).aiOutcome('notResolvedByAi')).toBe('Not resolved by AI');
  });
});
