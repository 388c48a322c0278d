import { useMemo } from 'react';
import type { MergedList, OutboxItem } from '../../../../src/protocol/rpc/status.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useFieldNames } from '../fields/field-names.ts';
import { useAgentNames } from '../inbox/use-agent-names.ts';
import { conflictText, type ConflictTools, wishText } from './conflict-text.ts';
import { mergeText, type MergeWords } from './merge-text.ts';

/** The words for what a change asks for, for who stood in its way, and for whose change it was merged with. */
export interface ConflictWords {
  wish(item: Pick<OutboxItem, 'name' | 'args'>): string | null;
  /** `now` tells today from other days. */
  conflict(item: Pick<OutboxItem, 'name' | 'args' | 'code' | 'detail' | 'text'>, now: number): string | null;
  merge(item: MergedList, now: number): MergeWords;
}

/** Binds them to the reader's language, the colleagues' names and the fields'. */
export function useConflictWords(): ConflictWords {
  const { t, labels, formats } = useText();
  const { nameOf } = useAgentNames();
  const fieldName = useFieldNames();
  return useMemo(() => {
    const tools: ConflictTools = { t, labels, formats, nameOf, fieldName };
    return {
      wish: (item) => wishText(item, tools),
      conflict: (item, now) => conflictText(item, now, tools),
      merge: (item, now) => mergeText(item, now, tools),
    };
  }, [t, labels, formats, nameOf, fieldName]);
}
