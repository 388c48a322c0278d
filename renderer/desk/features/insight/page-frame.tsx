import type { ReactNode } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState, WaitingState } from '../../ui/states.tsx';
import { needOf, NotHeld } from '../scope/not-held.tsx';
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

/** What stands where an answer has not come yet. */
export function Waiting() {
  return <WaitingState>{useText().t('insight:counting')}</WaitingState>;
}

/** What stands where the engine could not answer. */
export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t, labels } = useText();
  const need = needOf(error);
  if (need !== null) return <NotHeld need={need} />;
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
