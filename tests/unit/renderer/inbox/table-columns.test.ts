import { describe, expect, test } from 'vitest';
import { TABLE_COLUMNS } from '../../../../renderer/desk/app/preferences.ts';
import {
  choicesOf,
  COLUMN_SPECS,
  listSortOf,
  sortingOf,
  stretchAround,
  templateOf,
  visibilityOf,
} from '../../../../renderer/desk/features/inbox/table/columns.ts';
import { DEFAULT_SORTS, QUEUES, SORTS } from '../../../../src/protocol/rpc/list.ts';

describe('the order of the list and that of the table', () => {
  const orders = SORTS.flatMap((by) => [
    { by, direction: 'asc' } as const,
    { by, direction: 'desc' } as const,
  ]);

  test.each(orders)('$by $direction goes to the table and comes back as it was', (sort) => {
    expect(listSortOf(sortingOf(sort))).toEqual(sort);
  });

  test('each order has one column', () => {
    const sorts = TABLE_COLUMNS.map((column) => COLUMN_SPECS[column].sort).filter(
      (sort) => sort !== undefined,
    );
    expect(sorts.toSorted()).toEqual([...SORTS].toSorted());
  });

  test.each([
    [[], null],
    [[{ id: 'question', desc: false }], null],
    [[{ id: 'gone', desc: true }], null],
    [
      [
        { id: 'priority', desc: true },
        { id: 'customer', desc: false },
      ],
      { by: 'priority', direction: 'desc' },
    ],
  ])('%j is the list’s %j', (sorting, expected) => {
    expect(listSortOf(sorting)).toEqual(expected);
  });

  test('a first click on the column by which a queue opens asks for the order in which it opens', () => {
    for (const queue of QUEUES) {
      const [sorted] = sortingOf(DEFAULT_SORTS[queue]);
      const column = TABLE_COLUMNS.find((name) => name === sorted?.id);
      expect(column === undefined ? null : COLUMN_SPECS[column].descendingFirst === true).toBe(sorted?.desc);
    }
  });
});

describe('which columns are seen', () => {
  test('without a choice, those that come first, and the customer among them', () => {
    const visibility = visibilityOf({}, 'inbox');
    expect(Object.keys(visibility)).toEqual([...TABLE_COLUMNS]);
    expect(visibility).toMatchObject({ customer: true, question: true, waiting: true, page: false });
  });

  test('[O8] over everything: question, customer, status, tags, messages, last update and channel', () => {
    const visibility = visibilityOf({}, 'all');
    expect(TABLE_COLUMNS.filter((column) => visibility[column])).toEqual([
      'customer',
      'question',
      'aiOutcome',
      'tags',
      'channel',
      'messages',
      'activity',
    ]);
  });

  test('a choice shows or hides, but never the customer', () => {
    for (const queue of QUEUES) {
      expect(visibilityOf({ page: true, tags: false, customer: false }, queue)).toMatchObject({
        page: true,
        tags: false,
        customer: true,
      });
    }
  });

  test('only what was changed is kept, beside what was chosen before, and shows so everywhere', () => {
    const before = visibilityOf({ reason: false }, 'all');
    const chosen = choicesOf({ reason: false }, before, { ...before, page: true, tags: false });
    expect(chosen).toEqual({ reason: false, page: true, tags: false });
    expect(visibilityOf(chosen, 'inbox')).toMatchObject({
      reason: false,
      page: true,
      tags: false,
      waiting: true,
    });
    expect(choicesOf({}, before, before)).toEqual({});
  });
});

test('the columns’ widths: fixed where they take nothing of what is left', () => {
  expect(templateOf(['customer', 'state'])).toEqual({ template: 'minmax(152px, 2fr) 80px', minWidth: 232 });
  expect(templateOf([])).toEqual({ template: '', minWidth: 0 });
});

test.each([
  [0, 0, [0, 50]],
  [0, 30, [0, 100]],
  [24, 55, [0, 100]],
  [80, 110, [50, 150]],
  [999_960, 1_000_000, [999_900, 1_000_050]],
])('around the rows %i to %i the table holds %j', (from, to, expected) => {
  expect(stretchAround(from, to)).toEqual(expected);
});
