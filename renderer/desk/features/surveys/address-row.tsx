import { useState } from 'react';
import type { SurveysView } from '../../../../src/protocol/rpc/surveys.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useChange } from '../actions/use-change.ts';
import css from './surveys.module.css';

const ADDRESS = /^https?:\/\/[^/?#@\s]+$/;
const LOCAL = /^http:\/\/(127\.|localhost|\[::1\])/;

/** Where customers reach the workspace: without an address no survey leaves, and this says so (Q5, C11). */
export function AddressRow({ address }: Pick<SurveysView, 'address'>) {
  const { t } = useText();
  const change = useChange();
  const { data: info } = useDeskQuery('app.info', {});
  const [draft, setDraft] = useState<string | null>(null);
  const url = address?.url ?? '';
  const typed = (draft ?? url).trim().replace(/\/$/, '');
  const isWrong = typed !== '' && !ADDRESS.test(typed);
  const isAdmin = info?.me.role === 'admin';
  const save = async (): Promise<void> => {
    const next = typed === '' ? null : typed.toLowerCase();
    if (await change('address.set', { url: next })) setDraft(null);
  };
  return (
    <form
      className={css.address}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong && typed !== url) void save();
      }}
    >
      <label htmlFor="survey-address">{t('surveys:address.label')}</label>
      <div className={css.inline}>
        <TextField
          id="survey-address"
          dir="ltr"
          inputMode="url"
          disabled={!isAdmin}
          value={draft ?? url}
          aria-invalid={isWrong}
          aria-describedby="survey-address-help"
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        {draft !== null && typed !== url && (
          <Button type="submit" disabled={isWrong}>
            {t('surveys:address.save')}
          </Button>
        )}
      </div>
      <span id="survey-address-help" className={url === '' ? css.warning : css.quiet}>
        {isWrong
          ? t('surveys:address.wrong')
          : url === ''
            ? t('surveys:address.none')
            : LOCAL.test(url)
              ? t('surveys:address.local')
              : t('surveys:address.help')}
      </span>
    </form>
  );
}
