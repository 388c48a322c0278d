import { useState } from 'react';
import type { ExportJob } from '../../../../src/protocol/rpc/exports.ts';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import type { TextKey } from '../../i18n/keys.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { useHeld } from '../scope/use-held.ts';
import css from './exports.module.css';

const KB = 1_000;
const MB = 1_000_000;

const FAILURES: Readonly<Record<string, TextKey>> = {
  forbidden: 'exports:failed.forbidden',
  reasonRequired: 'exports:failed.reasonRequired',
  diskFull: 'exports:failed.diskFull',
  cannotWrite: 'exports:failed.cannotWrite',
  tooLarge: 'exports:failed.tooLarge',
  notReady: 'exports:failed.notReady',
  notHeld: 'exports:failed.notHeld',
  damaged: 'exports:failed.damaged',
  busy: 'exports:failed.busy',
  unknownLanguage: 'exports:failed.unknownLanguage',
  unknownZone: 'exports:zone.wrong',
};

/** Why there is no file, by its code. */
export function failureKey(code: string | null): TextKey {
  return (code === null ? undefined : FAILURES[code]) ?? 'exports:failed.internal';
}

function Running({ job }: { readonly job: ExportJob }) {
  const { t } = useText();
  const { isFetching } = useHeld();
  const isWaiting = isFetching && job.total === 0;
  return (
    <div className={css.progress}>
      <span>{t(isWaiting ? 'exports:fetching' : 'exports:running')}</span>
      <progress
        className={css.bar}
        aria-label={t('exports:running')}
        value={job.total === 0 ? undefined : job.done}
        max={Math.max(job.total, 1)}
      />
      <span className={css.help}>
        {job.total > 0 && t('exports:progress', { done: job.done, total: job.total })}
      </span>
    </div>
  );
}

/** Makes the browser keep the file behind a path of this origin. */
function follow(link: string, fileName: string): void {
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.download = fileName;
  anchor.click();
}

function Done({ job }: { readonly job: ExportJob }) {
  const { t } = useText();
  const client = useDeskClient();
  const [state, setState] = useState<'waiting' | 'saved' | 'failed'>('waiting');
  const bytes = job.bytes ?? 0;
  const size =
    bytes < MB
      ? t('exports:size.kb', { value: Math.ceil(bytes / KB) })
      : t('exports:size.mb', { value: Math.round(bytes / (MB / 10)) / 10 });
  const save = async (): Promise<void> => {
    try {
      const { link, saved } = await client.call('exports.deliver', { id: job.id });
      if (link !== null) follow(link, job.fileName);
      setState(link !== null || saved ? 'saved' : 'waiting');
    } catch {
      setState('failed');
    }
  };
  return (
    <div className={css.progress}>
      <strong dir="ltr" className={css.file}>
        {job.fileName}
      </strong>
      <span>{t('exports:done', { count: job.rows?.['userChats'] ?? 0, size })}</span>
      <span className={css.help}>
        {t('exports:digest')} <code className={css.digest}>{job.digest}</code>
      </span>
      <div className={css.save}>
        <Button look="primary" onClick={() => void save()}>
          {t('exports:save')}
        </Button>
        <span role="status">
          {state === 'saved' && t('exports:saved')}
          {state === 'failed' && t('exports:failed.cannotWrite')}
        </span>
      </div>
    </div>
  );
}

/** How far an export is, or what came of it. */
export function ExportProgress({ job }: { readonly job: ExportJob }) {
  const { t } = useText();
  switch (job.state) {
    case 'running':
      return <Running job={job} />;
    case 'done':
      return <Done job={job} />;
    case 'cancelled':
      return <p role="status">{t('exports:stopped')}</p>;
    case 'failed':
      return <p role="alert">{t(failureKey(job.code))}</p>;
  }
}
