import type { z } from 'zod';
import { SEGMENT_PREFIX, segmentContent, segmentRule } from '../mutations/insight-args.ts';

export { SEGMENT_PREFIX } from '../mutations/insight-args.ts';
/** A segment's rule on the wire (G1). */
export const segmentRuleSchema = segmentRule;

/** A segment with the id its key ends in. */
export type SegmentDocument = z.output<typeof segmentContent> & { readonly id: string };

/** Reads a segment's document out of its setting; null when it is none. */
export function parseSegment(key: string, text: string): SegmentDocument | null {
  if (!key.startsWith(SEGMENT_PREFIX)) return null;
  try {
    const parsed = segmentContent.safeParse(JSON.parse(text));
    return parsed.success ? { id: key.slice(SEGMENT_PREFIX.length), ...parsed.data } : null;
  } catch {
    return null;
  }
}
