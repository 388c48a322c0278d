import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import css from './scope.module.css';
import { useCopyText } from './use-copy-text.ts';
import { isOpenAlone, isOpenQueue, useHeld, yearBefore } from './use-held.ts';

/** Under the head of a list that is not whole: how many from when on, and the one way to have more (Y9). */
export function PartLine({ total }: { readonly total: number | null }) {
  const { t, formats } = useText();
  const { since, sinceText, isFetching, isOnline, fetch } = useHeld();
  if (since === null || isOpenAlone(since) || total === null) return null;
  const words = { total: formats.number(total), date: sinceText };
  const isComing = isFetching && isOnline;
  return (
    <div className={css.part}>
      <span role="status">
        {isComing && t('scope:part.fetching', words)}
        {!isComing && t(isOnline ? 'scope:part' : 'scope:part.offline', words)}
      </span>{' '}
      {isOnline && !isFetching && (
        <Button small look="link" className={css.more} onClick={() => fetch(yearBefore(since))}>
          {t('scope:fetch.year')}
        </Button>
      )}
    </div>
  );
}

/** Under a customer's other conversations, where this computer may lack some: how far back they are here, and the way to more. */
export function OthersPart() {
  const { t } = useText();
  const { since, sinceText, isFetching, isOnline, fetch } = useHeld();
  const copyText = useCopyText();
  if (since === null) return null;
  const isOffline = !isOnline && !isOpenAlone(since);
  return (
    <p className={css.others}>
      <span role="status">{isOffline ? t('scope:others.offline', { date: sinceText }) : copyText}</span>{' '}
      {isOnline && !isFetching && !isOpenAlone(since) && (
        <Button small look="link" className={css.more} onClick={() => fetch(yearBefore(since))}>
          {t('scope:fetch.year')}
        </Button>
      )}
    </p>
  );
}

/** Under what a search found: from when on was searched. */
export function SearchedPart() {
  const { t } = useText();
  const { since, sinceText, isFetching, isOnline, fetch } = useHeld();
  if (since === null || isOpenAlone(since)) return null;
  return (
    <div className={css.part}>
      <span>{t(isFetching ? 'scope:search.fetching' : 'scope:search', { date: sinceText })}</span>{' '}
      {isOnline && !isFetching && (
        <Button small look="link" className={css.more} onClick={() => fetch(yearBefore(since))}>
          {t('scope:fetch.year')}
        </Button>
      )}
    </div>
  );
}

/** Beside counts of filter values, where they are of a part. */
export function CountedPart({ of }: { readonly of: Pick<ListQuery, 'queue'> }) {
  const { t } = useText();
  const { since, sinceText } = useHeld();
  if (since === null || isOpenAlone(since) || isOpenQueue(of.queue)) return null;
  return <p className={css.counted}>{t('scope:counts', { date: sinceText })}</p>;
}
