import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { hotParse } from '../../../src/mutations/hot-parse.ts';
import { MUTATIONS, type MutationName } from '../../../src/mutations/registry.ts';
import { C1 } from '../../support/domain/history.ts';
import { ALL_NAMES, randomCall } from '../../support/mutations/random-calls.ts';

/** Calls until the function of the whole schema answers. */
const HOT = 16;

/** A parser that has been called so often that it answers by the function. */
function warm<T>(schema: z.ZodType<T>): (value: unknown) => z.ZodSafeParseResult<T> {
  const parse = hotParse(schema);
  for (let calls = 0; calls < HOT; calls += 1) parse(null);
  return parse;
}

function told(result: z.ZodSafeParseResult<unknown>): unknown {
  return result.success ? { data: result.data } : { issues: result.error.issues };
}

afterEach(() => {
  z.config({ jitless: false });
});

describe('a schema that is checked again and again', () => {
  const parsers = new Map(Object.entries(MUTATIONS).map(([name, { args }]) => [name, warm<unknown>(args)]));
  const both = (name: MutationName, args: unknown): readonly [unknown, unknown] => {
    const parse = parsers.get(name);
    if (parse === undefined) throw new Error(name);
    return [told(parse(args)), told(MUTATIONS[name].args.safeParse(args))];
  };

  test('[Y4] takes what the schema takes, and makes the same of it', () => {
    let taken = 0;
    fc.assert(
      fc.property(randomCall(ALL_NAMES), ({ name, args }) => {
        const [hot, cold] = both(name, { conversationId: C1, ...args });
        if (cold !== null && typeof cold === 'object' && 'data' in cold) taken += 1;
        expect(hot).toStrictEqual(cold);
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(900);
  });

  test('[Y4] refuses what the schema refuses, with the same place first', () => {
    const wrong = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, '', -1, 0.5, ' ', [], {}),
      fc.anything(),
    );
    fc.assert(
      fc.property(randomCall(ALL_NAMES), fc.nat(), wrong, ({ name, args }, at, value) => {
        const keys = Object.keys(args);
        const key = keys[at % Math.max(1, keys.length)] ?? 'none';
        const [hot, cold] = both(name, { conversationId: C1, ...args, [key]: value });
        expect(hot).toStrictEqual(cold);
      }),
      { numRuns: 1_000 },
    );
  });

  test('answers before and after the function is made alike', () => {
    const parse = hotParse(z.object({ text: z.string().trim().min(1), seen: z.string().optional() }));
    const answers = Array.from({ length: 2 * HOT }, () =>
      told(parse({ text: ' a ', seen: undefined, more: 1 })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"data":{"text":"a"}}']),
    );
    for (const answer of answers) expect(answer).toStrictEqual({ data: { text: 'a', seen: undefined } });
  });

  test('makes no function where that is forbidden', () => {
    const made = vi.spyOn(globalThis, 'Function');
    z.config({ jitless: true });
    const parse = warm(z.object({ text: z.string() }));
    expect(told(parse({ text: 'a' }))).toStrictEqual({ data: { text: 'a' } });
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });
});
