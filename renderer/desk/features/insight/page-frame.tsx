import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { wireCodeOf } from '../actions/use-change.ts';
import css from './insight.module.css';

/** A page of figures: its title and what can be chosen stay at the top, what they say under them, the rest scrolls. */
export function PageFrame(props: {
  readonly title: string;
  readonly controls?: ReactNode;
  readonly line?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.headRow}>
          <h1 className={css.title} tabIndex={-1} data-pane-focus>
            {props.title}
          </h1>
          <div className={css.controls}>{props.controls}</div>
        </div>
        {props.line !== undefined && <div className={css.line}>{props.line}</div>}
      </header>
      <div className={css.scroll}>
        <div className={css.content}>{props.children}</div>
      </div>
    </div>
  );
}

const QUIET_MS = 150;

/** What stands where an answer has not come yet: nothing at first, then a word. */
export function Waiting() {
  const { t } = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={css.waiting} role="status">
      {late ? t('insight:counting') : ''}
    </p>
  );
}

/** What stands where the engine could not answer. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t, labels } = useText();
  const code = wireCodeOf(error);
  return (
    <ErrorState
      what={labels.wireError(code)}
      safe={t('errors:safe.outbox')}
      action={<Button onClick={onRetry}>{t('common:retry')}</Button>}
      code={code}
    />
  );
}
