import { CloudOff, RefreshCw } from 'lucide-react';
import type { SyncStatus } from '../../../../src/protocol/rpc/status.ts';
import { useNow } from '../../app/clock.tsx';
import { useDeskClient, useEngineLink } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useKeys } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useCopyText } from '../scope/use-copy-text.ts';
import { useConflictNews } from '../outbox/use-conflict-news.ts';
import { useMergeNews } from '../outbox/use-merge-news.ts';
import { SampleReset } from './sample-reset.tsx';
import css from './status-bar.module.css';

type Tone = 'good' | 'quiet' | 'warn' | 'bad';

/** The tone of the whole connection: what a glance at the dot should tell. */
export function toneOf(status: SyncStatus | undefined, engineUp: boolean): Tone {
  if (!engineUp) return 'bad';
  if (status === undefined) return 'quiet';
  if (status.workspace === 'refused') return 'bad';
  if (status.needsAttention > 0) return 'warn';
  if (status.workspace === 'connected') return 'good';
  return status.workspace === 'connecting' ? 'quiet' : 'warn';
}

function Fact(props: { readonly label: string; readonly value: string; readonly tone: Tone }) {
  return (
    <div className={css.fact}>
      <dt>{props.label}</dt>
      <dd>
        <span className={cx(css.dot, css[props.tone])} /> {props.value}
      </dd>
    </div>
  );
}

function useProgressText(status: SyncStatus | undefined): string | null {
  const { t, formats } = useText();
  const work = status?.bootstrap ?? status?.indexing ?? null;
  if (status === undefined || work === null) return null;
  const percent = formats.percent(work.total === 0 ? 0 : Math.min(1, work.done / work.total));
  return t(status.bootstrap === null ? 'status:indexing' : 'status:bootstrap', { percent });
}

/** What becomes of the workspace, and since when it cannot be reached. */
function useWorkspaceText(): (status: SyncStatus) => string {
  const { t, formats } = useText();
  return ({ workspace, since }) =>
    workspace === 'disconnected'
      ? t('status:workspace.since', { time: formats.time(since) })
      : t(`status:workspace.${workspace}`);
}

function Facts({ status, engineUp }: { readonly status: SyncStatus; readonly engineUp: boolean }) {
  const { t, formats, labels } = useText();
  const now = useNow();
  const progress = useProgressText(status);
  const { lastSyncAt, network, problem, pending, needsAttention, mended } = status;
  const workspaceText = useWorkspaceText();
  const copyText = useCopyText();
  const synced =
    lastSyncAt === null
      ? t('status:lastSync.never')
      : t('status:lastSync', { age: formats.age(lastSyncAt, now) });
  return (
    <>
      {!engineUp && <p className={css.lost}>{t('status:engine.lost')}</p>}
      <dl className={css.facts}>
        <Fact
          label={t('status:network.label')}
          value={t(`status:network.${network}`)}
          tone={network === 'down' ? 'bad' : network === 'up' ? 'good' : 'quiet'}
        />
        <Fact
          label={t('status:workspace.label')}
          value={workspaceText(status)}
          tone={toneOf({ ...status, needsAttention: 0 }, engineUp)}
        />
        <Fact
          label={t('status:lastSync.label')}
          value={synced}
          tone={lastSyncAt === null ? 'quiet' : 'good'}
        />
        <Fact
          label={t('scope:copy.label')}
          value={copyText}
          tone={status.bootstrap === null ? 'good' : 'quiet'}
        />
      </dl>
      {problem !== null && <p className={css.note}>{labels.wireError(problem)}</p>}
      {progress !== null && <p className={css.note}>{progress}</p>}
      {mended?.replica != null && (
        <p className={css.note}>
          {t('status:mended.replica')} <bdi className={css.path}>{mended.replica.path}</bdi>
        </p>
      )}
      {mended?.outbox != null && (
        <p className={css.note}>
          {t('status:mended.outbox', {
            count: mended.outbox.entries + mended.outbox.attention + mended.outbox.drafts,
          })}{' '}
          <bdi className={css.path}>{mended.outbox.path}</bdi>
        </p>
      )}
      <p className={css.note}>
        {pending === 0 ? t('status:pending.none') : t('status:pending', { count: pending })}
        {needsAttention > 0 && ` · ${t('status:attention', { count: needsAttention })}`}
      </p>
    </>
  );
}

function Details({ status, engineUp }: { readonly status: SyncStatus; readonly engineUp: boolean }) {
  const { t } = useText();
  const client = useDeskClient();
  const keys = useKeys();
  const { data: info } = useDeskQuery('app.info', {});
  const offline = status.workspace === 'offlineByChoice';
  return (
    <div className={css.details}>
      <Facts status={status} engineUp={engineUp} />
      <div className={css.buttons}>
        <Button
          small
          icon={<Icon of={RefreshCw} />}
          disabled={offline}
          onClick={() => void client.call('sync.now', {}).catch(() => undefined)}
        >
          {t('status:syncNow')}
        </Button>
        <Button
          small
          icon={<Icon of={CloudOff} />}
          aria-pressed={offline}
          onClick={() => void keys.run('app.toggleOffline')}
        >
          {t(offline ? 'status:goOnline' : 'status:goOffline')}
        </Button>
      </div>
      {info?.sample === true && <SampleReset />}
    </div>
  );
}

/** Network, workspace and last sync as words with a dot; more of it one click away. Never a modal (C: connectivity triad). */
export function StatusBar({ folded }: { readonly folded: boolean }) {
  const { t, formats } = useText();
  const now = useNow();
  const engineUp = useEngineLink();
  const { data: status } = useDeskQuery('sync.status', {});
  const progress = useProgressText(status);
  const tone = toneOf(status, engineUp);
  const workspaceText = useWorkspaceText();
  useConflictNews(status?.needsAttention ?? null);
  useMergeNews();
  const words = (): string => {
    if (!engineUp) return t('errors:wire.portLost');
    if (status === undefined) return t('status:workspace.connecting');
    if (progress !== null) return progress;
    if (status.needsAttention > 0) return t('status:attention', { count: status.needsAttention });
    if (status.workspace !== 'connected') return workspaceText(status);
    if (status.pending > 0) return t('status:pending', { count: status.pending });
    return status.lastSyncAt === null
      ? t('status:lastSync.never')
      : t('status:lastSync', { age: formats.age(status.lastSyncAt, now) });
  };
  const text = words();
  return (
    <Popover
      label={t('status:details')}
      side="top"
      trigger={
        <button type="button" className={css.bar} aria-label={`${t('status:label')}: ${text}`} title={text}>
          <span className={cx(css.dot, css[tone])} />
          {!folded && <span className={css.words}>{text}</span>}
        </button>
      }
    >
      {status !== undefined && <Details status={status} engineUp={engineUp} />}
    </Popover>
  );
}
