import { useState } from 'react';
import { RefreshCw } from 'lucide-react';
import type { StartFailureCode, StartState } from '../../../../src/protocol/rpc/status.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import type { TextKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ErrorState } from '../../ui/states.tsx';
import css from './cannot-start.module.css';

type Failed = Extract<StartState, { readonly state: 'failed' }>;

interface Words {
  readonly what: TextKey;
  readonly safe: TextKey;
}

const FUTURE: Words = { what: 'errors:start.future.title', safe: 'errors:start.future.body' };
const IN_USE: Words = { what: 'errors:start.inUse.title', safe: 'errors:start.inUse.body' };
const DAMAGED: Words = { what: 'errors:start.damaged.title', safe: 'errors:start.damaged.body' };
const CANNOT_OPEN: Words = { what: 'errors:start.cannotOpen.title', safe: 'errors:start.cannotOpen.body' };
const MISSING: Words = { what: 'errors:start.missing.title', safe: 'errors:start.missing.body' };
const OTHER: Words = { what: 'errors:start.other.title', safe: 'errors:start.other.body' };

const WORDS: Readonly<Partial<Record<StartFailureCode, Words>>> = {
  fromTheFuture: FUTURE,
  inUse: IN_USE,
  corrupt: DAMAGED,
  notADatabase: DAMAGED,
  cannotOpen: CANNOT_OPEN,
  workspaceMissing: MISSING,
};

/** Asks the engine to try once more, and says how it stands then. */
function useRestart(first: Failed): readonly [Failed, boolean, () => Promise<void>] {
  const client = useDeskClient();
  const [failure, setFailure] = useState(first);
  const [running, setRunning] = useState(false);
  const restart = async (): Promise<void> => {
    setRunning(true);
    try {
      const next = await client.call('app.restart', {});
      if (next.state === 'failed') setFailure(next);
    } catch {
      // The line closes when the engine came up: the page asks anew by itself.
    } finally {
      setRunning(false);
    }
  };
  return [failure, running, restart];
}

/**
 * There is no desk behind the screens, from the start or since its files could not be opened again: what stopped it, what is
 * safe, and one way on (Y15). Fills the window.
 */
export function CannotStart({ first }: { readonly first: Failed }) {
  const { t } = useText();
  const [failure, running, restart] = useRestart(first);
  const { code, path, pid } = failure;
  const { what, safe } = WORDS[code] ?? OTHER;
  return (
    <main className={css.window}>
      <ErrorState
        what={t(what)}
        which={pid === null ? undefined : t('errors:start.inUse.pid', { pid: String(pid) })}
        safe={t(safe)}
        code={code}
        alone
        action={
          <>
            {path !== null && <bdi className={css.path}>{path}</bdi>}
            <Button
              look="primary"
              autoFocus
              disabled={running}
              icon={<Icon of={RefreshCw} />}
              onClick={() => void restart()}
            >
              {t('common:retry')}
            </Button>
          </>
        }
      />
    </main>
  );
}
