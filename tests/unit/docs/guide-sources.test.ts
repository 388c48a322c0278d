import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ingestEventSchema } from '../../../src/protocol/ingest.ts';

const guide = readFileSync(new URL('../../../docs/guide-sources.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```json\n(.*?)\n```/gs)].flatMap((found) =>
  (found[1] ?? '').split('\n'),
);

describe('the guide for sources', () => {
  test.each(examples)('[Y13] an example is an event: %s', (example) => {
    const parsed = ingestEventSchema.safeParse(JSON.parse(example));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  test('[Y13] every type of event has one example', () => {
    const shown = examples.map((example) => ingestEventSchema.parse(JSON.parse(example)).type);
    const known = ingestEventSchema.options.flatMap((option) => [...option.shape.type.values]);
    expect(shown.toSorted()).toEqual(known.toSorted());
  });

  test('[Y13] no two examples have one id, so that all may go in one request', () => {
    const ids = examples.map((example) => ingestEventSchema.parse(JSON.parse(example)).id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
