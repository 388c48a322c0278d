import { useText } from '../../i18n/text-provider.tsx';
import { isOpenAlone, useHeld } from './use-held.ts';

/** How much this computer holds, in a few words. */
export function useCopyText(): string {
  const { t } = useText();
  const { since, sinceText, isFetching, isCopying, isOnline } = useHeld();
  if (isCopying) return t('scope:copy.making');
  if (since === null) return t('scope:copy.all');
  if (isOpenAlone(since)) return t('scope:copy.open');
  return t(isFetching && isOnline ? 'scope:copy.fetching' : 'scope:copy.since', { date: sinceText });
}
