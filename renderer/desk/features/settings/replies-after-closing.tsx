import { useId } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { useChange } from '../actions/use-change.ts';
import css from './settings.module.css';

/** Whether a customer's reply after closing starts a new conversation (S5, S10), and from when a change counts. */
export function RepliesAfterClosing(props: { readonly blocked: boolean; readonly disabled: boolean }) {
  const { blocked, disabled } = props;
  const { t } = useText();
  const change = useChange();
  const id = useId();
  return (
    <section className={css.part} aria-labelledby="replies-after-closing">
      <h3 id="replies-after-closing" className={css.partTitle}>
        {t('settings:replies.title')}
      </h3>
      <div className={css.lines}>
        <div className={css.line}>
          <div>
            <label htmlFor={id}>{t('settings:replies.label')}</label>
            <span className={css.help} id={`${id}-help`}>
              {t('settings:replies.help')}
            </span>
          </div>
          <input
            id={id}
            type="checkbox"
            className={css.check}
            aria-describedby={`${id}-help`}
            checked={blocked}
            disabled={disabled}
            onChange={(event) =>
              void change('settings.setBlockReplies', { value: event.currentTarget.checked })
            }
          />
        </div>
      </div>
    </section>
  );
}
