import type { AsOf } from '../../../../src/protocol/rpc/insight.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';

/** How fresh this computer's copy is; figures are counted on it, online or not. */
export function AsOfLine({ of }: { readonly of: AsOf }) {
  const { t, formats } = useText();
  const now = useNow();
  return (
    <span role="status">
      {of.asOf === null
        ? t('insight:asOf.never')
        : t('insight:asOf', { time: formats.dateTime(of.asOf, now) })}
      {!of.ready && ` ${t('insight:notReady')}`}
    </span>
  );
}
