import { z } from 'zod';
import { readsSettings } from './documents.ts';
import { standingDocument, writeDocument } from './documents-of-insight.ts';
import { documentId, SEGMENT_PREFIX, segmentContent } from './insight-args.ts';
import { defineMutation } from './mutation.ts';

const args = z.object({
  id: documentId,
  /** What must still stand (Y16); absent: whatever it is. */
  expect: segmentContent.optional(),
});

/** Deletes a segment's rule; its members are customers and stay. */
export const deleteSegment = defineMutation({
  name: 'segment.delete',
  args,
  role: 'agent',
  reads: ({ id }) => readsSettings(`${SEGMENT_PREFIX}${id}`),
  run: (rows, { id, expect }) =>
    writeDocument(rows, `${SEGMENT_PREFIX}${id}`, segmentContent, { content: null, expect }),
  inverse: (rows, { id }) => {
    const segment = standingDocument(rows, `${SEGMENT_PREFIX}${id}`, segmentContent);
    return segment === null ? null : { name: 'segment.save', args: { id, segment, expect: null } };
  },
  audit: ({ id }) => ({ action: 'segment.deleted', detail: { id } }),
});
