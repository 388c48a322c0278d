import { useText } from '../i18n/text-provider.tsx';
import css from './pending-mark.module.css';

/** A hollow dot beside a value that the workspace has not confirmed (Y12). */
export function PendingMark() {
  const { t } = useText();
  const words = t('states:delivery.queued');
  return <span className={css.mark} role="img" aria-label={words} title={words} />;
}
