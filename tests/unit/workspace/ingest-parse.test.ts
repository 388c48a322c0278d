import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { seededRng } from '../../../src/base/rng.ts';
import { epochMillis } from '../../../src/base/time.ts';
import { hotParse } from '../../../src/mutations/hot-parse.ts';
import { type IngestEventInput, ingestEventSchema } from '../../../src/protocol/ingest.ts';
import { parseEvents } from '../../../src/workspace/ingest-parse.ts';
import { laterEvents, opening } from '../../support/simulation/events.ts';

const NOW = epochMillis(1_700_000_000_000);
const RUNS = { numRuns: 2_000, seed: 11 };

const anyEvent: fc.Arbitrary<IngestEventInput> = fc.tuple(fc.integer(), fc.nat()).map(([seed, at]) => {
  const events = [...opening(NOW), ...laterEvents(seededRng(seed), NOW, 6)];
  return events[at % events.length] ?? { id: 'none', at: 0, type: 'handoff.accepted', conversationId: 'c0' };
});
const wrong = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', -1, 0.5, true, [], {}, 'x'.repeat(201), '2026-13-01'),
  fc.anything(),
);

/** The text too: the receipts' checksums are made of it, so that the order of names counts. */
function told(result: z.ZodSafeParseResult<unknown>): unknown {
  return result.success
    ? { data: result.data, text: JSON.stringify(result.data) }
    : { issues: result.error.issues };
}

describe('[Y13] events that are checked again and again', () => {
  const hot = hotParse(ingestEventSchema);
  for (let calls = 0; calls < 100; calls += 1) hot(null);

  test('are read as the schema reads them, to the letter', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const read = told(hot(event));
        expect(read).toHaveProperty('text');
        expect(read).toStrictEqual(told(ingestEventSchema.safeParse(event)));
      }),
      RUNS,
    );
  });

  test('are turned away for the same reason at the same place', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat(), wrong, (event, at, value) => {
        const keys = Object.keys(event);
        const changed = { ...event, [keys[at % keys.length] ?? 'id']: value };
        expect(told(hot(changed))).toStrictEqual(told(ingestEventSchema.safeParse(changed)));
      }),
      RUNS,
    );
  });
});

describe('a batch of events', () => {
  test('[Y13] the hundredth wrong one is named like the first', () => {
    const batch = Array.from({ length: 100 }, (_, at) => ({
      id: `e${at}`,
      at: NOW,
      type: 'message.posted',
      conversationId: 'c0',
      messageId: `m${at}`,
      author: { kind: 'agent' },
      text: 'no id',
    }));
    const { received, rejected } = parseEvents(batch, NOW);
    expect(received).toEqual([]);
    expect(rejected.map(({ index, id }) => [index, id])).toEqual(batch.map(({ id }, at) => [at, id]));
    expect(new Set(rejected.map(({ code, path, message }) => `${code} ${path} ${message}`)).size).toBe(1);
    expect(rejected[0]).toMatchObject({ code: 'invalidEvent', path: 'author.id' });
  });
});
