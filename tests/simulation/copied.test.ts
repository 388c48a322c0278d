import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copied } from '../support/simulation/copied.ts';

test('a copy on the wire is what JSON text makes of a value, whatever the value', () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 5 }),
      fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('tree'), {
        maxKeys: 5,
        noNullPrototype: true,
      }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const sent = { value };
      const arrived: unknown = JSON.parse(JSON.stringify(sent));
      expect(copied(sent)).toStrictEqual(arrived);
    }),
  );
});

test('a copy shares nothing that could be written to', () => {
  const rows = [['a', 1, null]];
  const copy = copied({ tables: [{ puts: rows }] });
  rows[0]?.push('late');
  rows.push([]);
  expect(copy).toStrictEqual({ tables: [{ puts: [['a', 1, null]] }] });
});

test.each([[new Map()], [new Date(0)], [() => null], [1n], [Symbol('s')]])(
  'what no message holds is not copied: %s',
  (value) => {
    expect(() => copied({ value })).toThrow(/no message holds/);
  },
);
