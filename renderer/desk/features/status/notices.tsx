import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import css from './notices.module.css';
import { type Notice, noticesOf } from './notices-of.ts';
import { useReadNotices } from './read-notices.ts';

type Of<Kind extends Notice['kind']> = Extract<Notice, { readonly kind: Kind }>;

function Strip(props: {
  readonly tone: 'quiet' | 'warn' | 'bad';
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={cx(css.notice, css[props.tone])} role="status">
      <p className={css.title}>{props.title}</p>
      {props.children}
      {props.actions !== undefined && <div className={css.actions}>{props.actions}</div>}
    </div>
  );
}

function Path({ children }: { readonly children: string }) {
  return <bdi className={css.path}>{children}</bdi>;
}

function Refused({ notice }: { readonly notice: Of<'refused'> }) {
  const { t } = useText();
  const client = useDeskClient();
  const { why, pending } = notice;
  return (
    <Strip
      tone="bad"
      title={t(`status:refused.${why}.title`)}
      actions={
        <Button small onClick={() => void client.call('sync.now', {}).catch(() => undefined)}>
          {t('common:retry')}
        </Button>
      }
    >
      <p>{t(`status:refused.${why}.body`)}</p>
      <p>{pending === 0 ? t('status:refused.safe.none') : t('status:refused.safe', { count: pending })}</p>
    </Strip>
  );
}

function Replica(props: { readonly notice: Of<'replica'>; readonly onRead: () => void }) {
  const { t } = useText();
  const { path, rebuilding, workIsWhole } = props.notice;
  return (
    <Strip
      tone="warn"
      title={t(rebuilding ? 'status:replica.rebuilding' : 'status:replica.rebuilt')}
      actions={
        <Button small onClick={props.onRead}>
          {t('status:understood')}
        </Button>
      }
    >
      <p>{t(workIsWhole ? 'status:replica.body' : 'status:replica.aside')}</p>
      <Path>{path}</Path>
    </Strip>
  );
}

function Outbox(props: { readonly notice: Of<'outbox'>; readonly onRead: () => void }) {
  const { t } = useText();
  const { goTo } = useScreenActions();
  const { entries, attention, drafts, path } = props.notice.saved;
  return (
    <Strip
      tone="warn"
      title={t('status:salvage.title')}
      actions={
        <>
          <Button small onClick={() => goTo('outbox')}>
            {t('status:salvage.look')}
          </Button>
          <Button small look="quiet" onClick={props.onRead}>
            {t('status:understood')}
          </Button>
        </>
      }
    >
      <ul className={css.saved}>
        {entries + attention === 0 && <li>{t('status:salvage.none')}</li>}
        {entries > 0 && <li>{t('status:salvage.entries', { count: entries })}</li>}
        {attention > 0 && <li>{t('status:salvage.attention', { count: attention })}</li>}
        {drafts > 0 && <li>{t('status:salvage.drafts', { count: drafts })}</li>}
      </ul>
      <p>{t('status:salvage.body')}</p>
      <Path>{path}</Path>
    </Strip>
  );
}

function Fetching({ notice }: { readonly notice: Of<'fetching'> }) {
  const { t, formats } = useText();
  const text = t('status:bootstrap', { percent: formats.percent(notice.share) });
  return (
    <div className={cx(css.notice, css.quiet)}>
      <progress className={css.progress} value={notice.share} aria-label={text} />
      <p className={css.small}>
        {text} · {t('status:bootstrap.meanwhile')}
      </p>
    </div>
  );
}

function OneNotice(props: { readonly notice: Notice; readonly onRead: (path: string) => void }) {
  const { notice, onRead } = props;
  switch (notice.kind) {
    case 'refused':
      return <Refused notice={notice} />;
    case 'replica':
      return <Replica notice={notice} onRead={() => onRead(notice.path)} />;
    case 'outbox':
      return <Outbox notice={notice} onRead={() => onRead(notice.saved.path)} />;
    case 'fetching':
      return <Fetching notice={notice} />;
  }
}

/** What the engine must say about this desk, above the list; work goes on below it. */
export function Notices() {
  const { data: status } = useDeskQuery('sync.status', {});
  const { read, onRead } = useReadNotices();
  const notices = useMemo(
    () => (status === undefined || read === null ? [] : noticesOf(status, read)),
    [status, read],
  );
  if (notices.length === 0) return null;
  return (
    <div className={css.notices}>
      {notices.map((notice) => (
        <OneNotice key={notice.kind} notice={notice} onRead={onRead} />
      ))}
    </div>
  );
}
