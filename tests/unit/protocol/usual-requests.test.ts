import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PUSH_LIMIT, pullRequestSchema, pushRequestSchema } from '../../../src/protocol/sync.ts';
import { usualPull, usualPush } from '../../../src/protocol/usual-requests.ts';

/** Texts about the lengths where a bound lies. */
const text = fc
  .tuple(fc.constantFrom('a', 'é', '🙂', ' '), fc.constantFrom(0, 1, 2, 31, 32, 33, 64, 65, 128, 129))
  .map(([one, length]) => one.repeat(length));
const number = fc.oneof(
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom(-0, 1.5, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), Number.NaN, Infinity),
);
const other = fc.constantFrom<unknown>(null, undefined, '', '1', true, [], {}, [1], 2n);
const anyText = fc.oneof({ weight: 8, arbitrary: text }, { weight: 1, arbitrary: other });
const anyNumber = fc.oneof({ weight: 8, arbitrary: number }, { weight: 1, arbitrary: other });
const extra = { requiredKeys: [] as [] };

const cursor = fc.record({ epoch: anyText, seq: anyNumber, chain: anyText, more: fc.nat() }, extra);
const pull = fc.record(
  {
    version: anyNumber,
    clientId: anyText,
    cursor: fc.oneof({ weight: 8, arbitrary: cursor }, { weight: 1, arbitrary: other }),
    seen: fc.oneof(fc.constant(undefined), cursor),
    scope: fc.constantFrom<unknown>(undefined, null, { held: { at: 1, id: '' }, ids: [] }),
    more: fc.nat(),
  },
  extra,
);
const mutation = fc.record(
  { mid: anyNumber, name: anyText, args: fc.anything(), madeAt: anyNumber, more: fc.nat() },
  extra,
);
const push = fc.record(
  {
    version: anyNumber,
    clientId: anyText,
    mutations: fc.oneof(
      { weight: 6, arbitrary: fc.array(mutation, { maxLength: 3 }) },
      { weight: 1, arbitrary: other },
    ),
    more: fc.nat(),
  },
  extra,
);

const goodText = (max: number) => fc.string({ minLength: 1, maxLength: max });
const goodCursor = fc.record({ epoch: goodText(64), seq: fc.maxSafeNat(), chain: goodText(128) });
const goodPull = fc.record({ version: fc.nat(), clientId: goodText(64), cursor: goodCursor });
const goodPush = fc.record({
  version: fc.nat(),
  clientId: goodText(64),
  mutations: fc.array(
    fc.record({
      mid: fc.integer({ min: 1 }),
      name: goodText(64),
      args: fc.oneof(fc.object(), fc.string(), fc.integer(), fc.constant(null)),
      madeAt: fc.maxSafeNat(),
    }),
    { maxLength: 5 },
  ),
});

const RUNS = { numRuns: 3_000, seed: 7 };

describe('[Y14] requests read by hand', () => {
  test.each([
    ['push', pushRequestSchema, usualPush, push],
    ['pull', pullRequestSchema, usualPull, pull],
  ] as const)(
    'a %s that is taken is one that its schema takes, and reads the same',
    (_, schema, usual, any) => {
      let taken = 0;
      fc.assert(
        fc.property(
          fc.oneof({ weight: 8, arbitrary: any as fc.Arbitrary<unknown> }, fc.anything()),
          (body) => {
            const read = usual(body);
            if (read === null) return;
            taken += 1;
            const parsed = schema.safeParse(body);
            expect(parsed.success).toBe(true);
            expect(read).toEqual(parsed.data);
          },
        ),
        RUNS,
      );
      // Else the test says nothing.
      expect(taken).toBeGreaterThan(0);
    },
  );

  test.each([
    ['push', pushRequestSchema, usualPush, goodPush],
    ['pull', pullRequestSchema, usualPull, goodPull],
  ] as const)('a %s as desks make it is read without its schema', (_, schema, usual, good) => {
    fc.assert(
      fc.property(good as fc.Arbitrary<unknown>, (body) => {
        const read = usual({ ...(body as object), more: 1 });
        expect(read).not.toBeNull();
        expect(read).toEqual(schema.parse(body));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test('what is too much, or says more, is left to the schema', () => {
    const mutations = Array.from({ length: PUSH_LIMIT + 1 }, (_, at) => ({
      mid: at + 1,
      name: 'noop',
      args: {},
      madeAt: 1,
    }));
    const body = { version: 2, clientId: 'c', mutations };
    expect(usualPush(body)).toBeNull();
    expect(usualPush({ ...body, mutations: mutations.slice(1) })).not.toBeNull();
    const whole = { version: 2, clientId: 'c', cursor: { epoch: 'e', seq: 1, chain: 'x' } };
    expect(usualPull(whole)).toEqual(whole);
    expect(usualPull({ ...whole, seen: whole.cursor })).toBeNull();
    expect(usualPull({ ...whole, scope: { held: { at: 1, id: '' }, ids: [] } })).toBeNull();
  });
});
