import { useCallback, useMemo } from 'react';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';

/** The engine's name for the notices that were read: paths of set-aside files, one a line. */
const READ_KEY = 'notices.read';
/** Files set aside are few; only the latest are remembered. */
const MOST = 20;

/** The notices that were read on this desk, also before a restart; null until that is known. */
export function useReadNotices(): {
  readonly read: ReadonlySet<string> | null;
  readonly onRead: (path: string) => void;
} {
  const client = useDeskClient();
  const { data: info } = useDeskQuery('app.info', {});
  const kept = info === undefined ? null : (info.preferences[READ_KEY] ?? '');
  const read = useMemo(() => (kept === null ? null : new Set(kept.split('\n'))), [kept]);
  const onRead = useCallback(
    (path: string) => {
      const value = [...(read ?? []), path].slice(-MOST).join('\n');
      // A lost line shows it again: nothing is lost but the reading.
      client.call('app.setPreference', { key: READ_KEY, value }).catch(() => undefined);
    },
    [client, read],
  );
  return { read, onRead };
}
