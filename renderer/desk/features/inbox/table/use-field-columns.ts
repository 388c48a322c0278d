import { useMemo } from 'react';
import { usePreference } from '../../../app/stores.tsx';
import { keysToAsk } from './columns.ts';

const NONE: readonly string[] = [];

/** Keys of the profile whose values the rows bring: those of the table's columns while it is shown. */
export function useFieldColumns(): readonly string[] {
  const isTable = usePreference((preferences) => preferences.listMode === 'table');
  const fields = usePreference((preferences) => preferences.tableFields);
  return useMemo(() => (isTable ? keysToAsk(fields) : NONE), [isTable, fields]);
}
