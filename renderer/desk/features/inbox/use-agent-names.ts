import { useCallback, useMemo } from 'react';
import { useDeskQuery } from '../../engine/use-desk-query.ts';

/** Who this desk belongs to, and what the agents are called: by their id where nobody knows. */
export function useAgentNames(): {
  readonly me: string | null;
  readonly nameOf: (id: string | null) => string | null;
} {
  const { data: info } = useDeskQuery('app.info', {});
  const names = useMemo(
    () => new Map<string, string>(info?.agents.map(({ id, name }) => [id, name]) ?? []),
    [info],
  );
  const nameOf = useCallback((id: string | null) => (id === null ? null : (names.get(id) ?? id)), [names]);
  return { me: info?.me.id ?? null, nameOf };
}
