import { RpcError } from '../../engine/rpc-line.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import css from './scope.module.css';
import { type Held, isOpenAlone, useHeld } from './use-held.ts';

/** From when on an answer needs everything (0: all there is); null where that is not why there is none. */
export function needOf(error: unknown): number | null {
  if (!(error instanceof RpcError) || error.code !== 'notHeld') return null;
  const from = error.wire.detail?.['from'];
  return typeof from === 'number' ? from : 0;
}

function useWhy(need: number, held: Held): readonly string[] {
  const { t } = useText();
  const { since, sinceText, isFetching, isOnline } = held;
  if (since === null || isOpenAlone(since)) return [t('scope:figure.copying')];
  const words = { date: sinceText };
  const why = t(need === 0 ? 'scope:figure.all' : 'scope:figure.range', words);
  if (!isOnline)
    return [why, t(need === 0 && !isFetching ? 'scope:figure.offlineAll' : 'scope:figure.offline')];
  return isFetching ? [why, t('scope:figure.fetching', words)] : [why];
}

/** Where figures would stand that this computer holds a part of: why there are none, and that they come (Y9). */
export function NotHeld({ need }: { readonly need: number }) {
  const { t } = useText();
  const held = useHeld();
  const why = useWhy(need, held);
  const { since, isFetching, isOnline, fetch } = held;
  return (
    <div className={css.figure}>
      <h2 className={css.figureTitle}>{t('scope:figure.title')}</h2>
      <div role="status" className={css.why}>
        {why.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {need === 0 && since !== null && isOnline && !isFetching && (
        <Button onClick={() => fetch(0)}>{t('scope:fetch.all')}</Button>
      )}
    </div>
  );
}
