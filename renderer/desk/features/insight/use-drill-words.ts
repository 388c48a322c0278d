import { useMemo } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { useAgentNames } from '../inbox/use-agent-names.ts';
import type { DrillWords } from './drill-text.ts';

/** What turns figures and what is behind them into words. */
export function useDrillWords(): DrillWords {
  const { t, labels, formats } = useText();
  const { nameOf } = useAgentNames();
  return useMemo(
    () => ({ t, labels, formats, agentName: (id) => nameOf(id) ?? id }),
    [t, labels, formats, nameOf],
  );
}
