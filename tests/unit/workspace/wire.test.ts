import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { WIRE_VERSION } from '../../../src/protocol/version.ts';
import { checkVersion } from '../../../src/workspace/wire.ts';

const schema = z.object({ version: z.number().int() });

/** Anything that a request may say, and bodies that nearly say a version. */
const anyVersion = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(1, 2, 2 ** 53, -(2 ** 53), 1.5, Number.NaN, Infinity, '2', null, undefined, true, [2]),
);
const anyBody = fc.oneof(
  fc.record({ version: anyVersion }, { requiredKeys: [] }),
  fc.anything(),
  fc.array(fc.anything()),
  anyVersion,
);

describe('[Y14] the version of a request is looked at before anything else', () => {
  test('what says no whole number is a bad request, as the schema has it', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const checked = checkVersion(body);
        const isBad = !checked.ok && checked.error.type === 'badRequest';
        expect(isBad).toBe(!schema.safeParse(body).success);
        if (isBad) expect(checked.error).toEqual({ type: 'badRequest', path: 'version' });
      }),
      { numRuns: 2_000, seed: 14 },
    );
  });

  test('an older one is told to upgrade, a newer one that the workspace is', () => {
    expect(checkVersion({ version: WIRE_VERSION })).toEqual({ ok: true, value: null });
    expect(checkVersion({ version: -1 })).toMatchObject({ ok: false, error: { type: 'deskTooOld' } });
    expect(checkVersion({ version: WIRE_VERSION + 1 })).toMatchObject({
      ok: false,
      error: { type: 'workspaceTooOld', detail: { ours: WIRE_VERSION } },
    });
  });
});
