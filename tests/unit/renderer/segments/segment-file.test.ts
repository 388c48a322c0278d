import { expect, test } from 'vitest';
import type { DeskClient } from '../../../../renderer/desk/engine/desk-client.ts';
import { digestOf, segmentFile } from '../../../../renderer/desk/features/segments/segment-file.ts';
import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import { fakeDesk } from '../../../support/harness/fake-desk.ts';

const RULE: SegmentRule = { match: 'all', conditions: [] };

/** A desk whose segment has so many members; it answers a page at a time. */
function deskOf(members: number): DeskClient {
  return fakeDesk({
    'insight.segmentLines': (input) => {
      const { offset, limit } = input as { readonly offset: number; readonly limit: number };
      const ids = Array.from(
        { length: Math.max(0, Math.min(limit, members - offset)) },
        (_, at) => offset + at,
      );
      return { lines: ids.map((id) => `c-${id},,\r\n`).join(''), known: members };
    },
  });
}

test.each([0, 1, 499, 500, 501, 1204])(
  '[K6] a segment of %d is exported whole, each member once',
  async (members) => {
    const { text, rows } = await segmentFile(deskOf(members), RULE, ['id', 'email', 'phone']);
    expect(rows).toBe(members);
    const [head, ...lines] = text.split('\r\n').slice(0, -1);
    expect(head).toBe('\uFEFFid,email,phone');
    expect(lines).toHaveLength(members);
    expect(new Set(lines).size).toBe(members);
  },
);

test('[K6] the audit log knows the file by its digest', async () => {
  expect(await digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
