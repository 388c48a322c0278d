import { useState } from 'react';
import type { ExportJob, ExportOptions } from '../../../../src/protocol/rpc/exports.ts';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskClient } from '../../engine/engine-provider.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useListQuery } from '../inbox/use-list.ts';
import { reviewList } from '../review/review-choice.ts';
import { ExportFields } from './export-form.tsx';
import { ExportProgress, failureKey } from './export-progress.tsx';
import css from './exports.module.css';
import { type ExportForm, type ExportOccasion, isComplete, newForm, requestOf } from './form-state.ts';

/** The open list as a query; null where no list is open. */
function useOpenList(): ListQuery | null {
  const place = useScreen((screen) => screen.place);
  const list = useListQuery();
  const review = useScreen((screen) => screen.insight.review);
  if (place === 'review') return reviewList(review);
  return place === 'queue' ? list : null;
}

/** What the dialog is opened over. */
function useOccasion(list: ListQuery | null): ExportOccasion {
  const place = useScreen((screen) => screen.place);
  const range = useScreen((screen) => screen.insight.range);
  if (place === 'csat') return { of: 'figures', range, by: 'asked' };
  if (place === 'overview') return { of: 'figures', range, by: 'started' };
  if (list === null || (place === 'review' && list.among === undefined)) return null;
  return { of: 'list', isNarrowed: Object.keys(list.filters).length > 0 || list.among !== undefined };
}

function Asking(props: {
  readonly options: ExportOptions;
  readonly onClose: () => void;
  readonly onStarted: (id: string) => void;
}) {
  const { options } = props;
  const { t, locale, formats } = useText();
  const client = useDeskClient();
  const now = useNow();
  const list = useOpenList();
  const occasion = useOccasion(list);
  const [form, setForm] = useState<ExportForm>(() => newForm(options, locale, formats.timeZone, occasion));
  const [code, setCode] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    const query = list ?? { queue: 'all', filters: {}, sort: { by: 'started', direction: 'asc' } };
    try {
      const started = await client.call('exports.start', requestOf(form, query, now));
      if (started.ok) props.onStarted(started.id);
      else setCode(started.code);
    } catch {
      setCode('internal');
    }
  };
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t('exports:title')}
      actions={
        <>
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button look="primary" disabled={!isComplete(form, options)} onClick={() => void start()}>
            {t('exports:start')}
          </Button>
        </>
      }
    >
      {!options.allowed && <p className={css.notAllowed}>{t(`exports:notAllowed.${options.policy.role}`)}</p>}
      <ExportFields
        form={form}
        options={options}
        hasList={list !== null}
        onChange={(change) => setForm((before) => ({ ...before, ...change }))}
      />
      {code !== null && (
        <p role="alert" className={css.wrong}>
          {t(failureKey(code))}
        </p>
      )}
    </Dialog>
  );
}

function Watching(props: {
  readonly job: ExportJob;
  readonly onClose: () => void;
  readonly onAnother: () => void;
}) {
  const { job } = props;
  const { t } = useText();
  const client = useDeskClient();
  const stop = (): void => void client.call('exports.cancel', { id: job.id }).catch(() => undefined);
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={t('exports:title')}
      actions={
        <>
          {job.state === 'running' ? (
            <Button onClick={stop}>{t('exports:stop')}</Button>
          ) : (
            <Button onClick={props.onAnother}>{t('exports:another')}</Button>
          )}
          <Button onClick={props.onClose}>{t('common:close')}</Button>
        </>
      }
    >
      <ExportProgress job={job} />
    </Dialog>
  );
}

/** The export dialog: asks, then watches. Closed while it runs, it shows the same export again when it is opened. */
export function ExportDialog() {
  const { show } = useScreenActions();
  const { data: options } = useDeskQuery('exports.options', {});
  const { data: jobs } = useDeskQuery('exports.jobs', {});
  const [watched, setWatched] = useState<string | null>(null);
  const running = jobs?.find(({ state }) => state === 'running');
  const job = jobs?.find(({ id }) => id === watched) ?? running;
  const close = (): void => show(null);
  if (options === undefined) return null;
  if (job !== undefined) return <Watching job={job} onClose={close} onAnother={() => setWatched(null)} />;
  return <Asking options={options} onClose={close} onStarted={setWatched} />;
}
