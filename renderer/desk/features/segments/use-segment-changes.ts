import { useMemo } from 'react';
import type { SegmentRule } from '../../../../src/domain/segments/rule.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useChange } from '../actions/use-change.ts';
import { newDocumentId } from '../insight/document-id.ts';

export interface SegmentChanges {
  /** Keeps a segment; one without an id is new. */
  save(id: string | null, name: string, rule: SegmentRule): void;
  copy(segment: { readonly rule: SegmentRule }, name: string): void;
  remove(id: string): void;
}

/** What can be done with segments; each can be undone. */
export function useSegmentChanges(): SegmentChanges {
  const change = useChange();
  const { setInsight } = useScreenActions();
  return useMemo(() => {
    const keep = async (id: string, name: string, rule: SegmentRule): Promise<void> => {
      if (await change('segment.save', { id, segment: { name, rule } })) setInsight({ segmentId: id });
    };
    return {
      save: (id, name, rule) => void keep(id ?? newDocumentId(), name, rule),
      copy: ({ rule }, name) => void keep(newDocumentId(), name, rule),
      remove: (id) =>
        void change('segment.delete', { id }).then((done) => {
          if (done) setInsight({ segmentId: null });
        }),
    };
  }, [change, setInsight]);
}
