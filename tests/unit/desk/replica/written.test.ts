import { expect, test } from 'vitest';
import { FilledRows, WrittenRows } from '../../../../src/desk/replica/written.ts';
import { REPLICATED_TABLES, rowToWire, TABLES, type WireValue } from '../../../../src/protocol/tables.ts';
import { conversationRow, cycleRow, messageRow, tagRow } from '../../../support/desk/sample-rows.ts';

/** A row of nothing but its columns' names: what stands where. */
function named(table: (typeof REPLICATED_TABLES)[number]): readonly WireValue[] {
  return [...TABLES[table].columns];
}

test('every row that names a conversation tells of it, wherever the column lies', () => {
  for (const table of REPLICATED_TABLES) {
    const written = new WrittenRows();
    written.put(table, named(table));
    const columns: readonly string[] = TABLES[table].columns;
    const expected =
      table === 'conversation' ? ['id'] : columns.filter((column) => column === 'conversationId');
    expect([...written.conversations]).toEqual(expected);
  }
});

test('customers are told of by their own rows and by their orders', () => {
  const written = new WrittenRows();
  written.put('customer', named('customer'));
  written.put('shopOrder', named('shopOrder'));
  expect([...written.customers]).toEqual(['id', 'customerId']);
});

test('rows of one conversation count once; messages are named one by one', () => {
  const written = new WrittenRows();
  written.put('conversation', rowToWire('conversation', conversationRow('c1')));
  written.put('cycle', rowToWire('cycle', cycleRow('c1', 1)));
  written.put('tag', rowToWire('tag', tagRow('c1', 'vip')));
  for (const id of ['m1', 'm2']) written.put('message', rowToWire('message', messageRow('c1', id)));
  expect([...written.conversations]).toEqual(['c1']);
  expect([...written.messages]).toEqual(['m1', 'm2']);
  expect(written.shared).toBe(false);
});

test('what is gone is told of like what was written, as far as its key says', () => {
  const written = new WrittenRows();
  written.gone('message', ['m1'], 'c1');
  written.gone('tag', ['c2', 'vip'], 'c2');
  written.gone('customer', ['k1'], 'customer:k1');
  written.gone('shopOrder', ['o1'], 'shopOrder:o1');
  written.gone('message', ['m2'], null);
  expect([...written.conversations]).toEqual(['c1', 'c2']);
  expect([...written.messages]).toEqual(['m1', 'm2']);
  expect([...written.customers]).toEqual(['k1']);
  expect(written.shared).toBe(false);
  written.gone('agent', ['ada'], 'agent:ada');
  expect(written.shared).toBe(true);
});

test('[Y9] a page of a bootstrap names what lists and figures are made of, and counts every row', () => {
  for (const table of REPLICATED_TABLES) {
    const [written, filled] = [new WrittenRows(), new FilledRows()];
    for (const one of [written, filled]) one.putAll(table, [named(table), named(table)]);
    const isShownAlone = ['message', 'handoff', 'product', 'follower'].includes(table);
    expect([...filled.conversations]).toEqual(isShownAlone ? [] : [...written.conversations]);
    expect([...filled.customers]).toEqual([...written.customers]);
    expect(filled.shared).toBe(written.shared);
    expect(filled.count).toBe(2);
  }
});
