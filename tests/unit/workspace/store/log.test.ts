import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { WireValue } from '../../../../src/protocol/tables.ts';
import { CommitDigest, keyId, type WireChange } from '../../../../src/workspace/store/log.ts';

function change(id: string, text: string): WireChange {
  return { table: 'message', op: 'put', values: [id, text], text: JSON.stringify([id, text]) };
}

function digestOf(changes: readonly WireChange[]): { readonly sum: string; readonly count: number } {
  const digest = new CommitDigest();
  for (const one of changes) digest.add(one);
  return { count: digest.count, sum: digest.end() };
}

/** Y6 in the words of the design: sha-256 over one line a row. */
function expected(changes: readonly WireChange[]): string {
  const lines = changes.map(({ table, op, text }) => `${table} ${op} ${text}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

describe('[Y6] the digest of a commit', () => {
  test.each([0, 1, 3, 5_000])(
    'of %i rows is of all of them in their order, however many pieces it took',
    (count) => {
      const changes = Array.from({ length: count }, (_, index) =>
        change(`m${index}`, `text ${'é'.repeat(index % 40)}`),
      );
      expect(digestOf(changes)).toEqual({ count, sum: expected(changes) });
    },
  );

  test('a row longer than a piece, and rows that stand around it', () => {
    const changes = [change('m1', 'short'), change('m2', '🙂'.repeat(60_000)), change('m3', 'short')];
    expect(digestOf(changes).sum).toBe(expected(changes));
  });

  test('another order is another digest', () => {
    const [one, other] = [change('m1', 'a'), change('m2', 'b')];
    expect(digestOf([one, other]).sum).not.toBe(digestOf([other, one]).sum);
  });
});

test('[Y7] no two keys of a table have one id', () => {
  const keys: readonly (readonly WireValue[])[] = [
    ['a'],
    ['a b'],
    ['["a","b"]'],
    ['a', 'b'],
    ['a b', ''],
    ['a', 1],
    ['a', '1'],
    ['a', 'b', 1],
    ['a","b', 1],
  ];
  const single = keys.filter((key) => key.length === 1);
  const several = keys.filter((key) => key.length > 1);
  for (const table of [single, several]) expect(new Set(table.map(keyId)).size).toBe(table.length);
});
