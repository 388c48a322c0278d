import { expect, test } from 'vitest';
import { MemoryTable, type StoredTable, TableForm } from '../support/simulation/memory/memory-table.ts';

const SHAPE = {
  name: 'tag',
  columns: ['id', 'tag', 'by'],
  key: ['id', 'tag'],
  defaults: [null, null, null],
  isFollowed: true,
};
const FORM = new TableForm(SHAPE, 0);

function filled(): MemoryTable {
  const table = new MemoryTable(FORM);
  for (const row of [
    ['c1', 'a', 'mina'],
    ['c1', 'b', 'mina'],
    ['c2', 'a', 'joao'],
  ])
    table.set(FORM.keyOf(row), row);
  return table;
}

function held({ rows, groups }: StoredTable): unknown {
  return [[...rows], [...(groups ?? [])].map(([first, group]) => [first, [...group]])];
}

/** Everything that can happen to a table. */
const WRITES: readonly (readonly [string, (table: MemoryTable) => void])[] = [
  ['a row over another', (table) => table.set('c1\na', ['c1', 'a', 'joao'])],
  ['a row more in a group', (table) => table.set('c1\nc', ['c1', 'c', 'joao'])],
  ['a group more', (table) => table.set('c3\na', ['c3', 'a', 'joao'])],
  ['a row less', (table) => table.set('c1\na', null)],
  ['no row left', (table) => table.clear()],
];

test.each(WRITES)('what was stored stays as it was, and so does whoever began with it: %s', (_, write) => {
  const table = filled();
  const before = held(table);
  const stored = table.stored();
  const [one, other] = [new MemoryTable(FORM), new MemoryTable(FORM)];
  one.load(stored);
  other.load(stored);
  const straight = filled();
  write(straight);
  for (const writer of [one, table]) {
    write(writer);
    expect(held(writer)).toStrictEqual(held(straight));
    expect(held(stored)).toStrictEqual(before);
    expect(held(other)).toStrictEqual(before);
  }
});

test.each(WRITES)('groups asked for late are those that were kept from the start: %s', (_, write) => {
  const [kept, late] = [filled(), filled()];
  held(kept);
  const begun = new MemoryTable(FORM);
  begun.load(filled().stored());
  for (const table of [kept, late, begun]) write(table);
  expect(held(late)).toStrictEqual(held(kept));
  expect(held(begun)).toStrictEqual(held(kept));
});

test('a table that was stored in between is as apart as one that was stored once', () => {
  const table = filled();
  table.stored();
  table.set('c1\na', ['c1', 'a', 'joao']);
  const stored = table.stored();
  const before = held(stored);
  table.set('c1\na', null);
  table.set('c2\na', null);
  expect(held(stored)).toStrictEqual(before);
});

test('nobody follows what a table begins with', () => {
  const table = new MemoryTable(FORM);
  table.load(filled().stored());
  expect(table.dirty.size).toBe(0);
  table.set('c1\na', null);
  expect([...table.dirty]).toStrictEqual(['c1\na']);
});

test('nothing is noted of a table that nobody follows', () => {
  const table = new MemoryTable(new TableForm({ ...SHAPE, isFollowed: false }, 0));
  table.set('c1\na', ['c1', 'a', 'mina']);
  table.clear();
  expect(table.dirty.size).toBe(0);
});
