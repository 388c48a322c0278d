import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Clock, EpochMillis } from '../../../src/base/time.ts';

const NowContext = createContext<EpochMillis | null>(null);

/** Ages on the screen move on this often. */
const TICK_MS = 30_000;

/** One moment for the whole screen, so that two ages never disagree. */
export function NowProvider(props: { readonly clock: Clock; readonly children: ReactNode }): ReactNode {
  const { clock } = props;
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const tick = (): void => setNow(clock.now());
    const timer = setInterval(tick, TICK_MS);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [clock]);
  return <NowContext value={now}>{props.children}</NowContext>;
}

/** Now, to the half minute: for ages. */
export function useNow(): EpochMillis {
  const now = useContext(NowContext);
  if (now === null) throw new Error('invariant broken: no NowProvider above this component');
  return now;
}
