import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { standingDocument, writeDocument } from './documents-of-insight.ts';
import { documentId, SEGMENT_PREFIX, segmentContent } from './insight-args.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  id: documentId,
  segment: segmentContent,
  /** What must still stand (Y16); null: nothing; absent: whatever it is. */
  expect: segmentContent.nullable().optional(),
});

/** Writes a segment, new or not (G1). */
export const saveSegment = defineMutation({
  name: 'segment.save',
  args,
  role: 'agent',
  reads: ({ id }) => readsSettings(`${SEGMENT_PREFIX}${id}`),
  run: (rows, { id, segment, expect }) =>
    writeDocument(rows, `${SEGMENT_PREFIX}${id}`, segmentContent, { content: segment, expect }),
  inverse: (rows, { id, segment }) => {
    const standing = standingDocument(rows, `${SEGMENT_PREFIX}${id}`, segmentContent);
    if (standing === null) return { name: 'segment.delete', args: { id, expect: segment } };
    return { name: 'segment.save', args: { id, segment: standing, expect: segment } };
  },
  audit: ({ id, segment }) => ({ action: 'segment.saved', detail: { id, name: segment.name } }),
});
