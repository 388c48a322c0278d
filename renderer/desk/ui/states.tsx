import { Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../i18n/text-provider.tsx';
import { IconButton } from './icon-button.tsx';
import css from './states.module.css';

/** Why there is nothing, in one sentence, and one action. */
export function EmptyState(props: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={css.state}>
      <p className={css.text}>{props.children}</p>
      {props.action}
    </div>
  );
}

const QUIET_MS = 150;

/** What is still to come: nothing at first, then a word. */
export function WaitingState({ children }: { readonly children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={css.waiting} role="status">
      {late ? children : ''}
    </p>
  );
}

/** What went wrong, with what, what is safe, one action, and a code to copy. */
export function ErrorState(props: {
  readonly what: string;
  readonly which?: ReactNode;
  readonly safe?: string;
  readonly action?: ReactNode;
  readonly code: string;
  /** It is all that the window shows. */
  readonly alone?: boolean;
}) {
  const { t } = useText();
  const Title = props.alone === true ? 'h1' : 'h2';
  return (
    <div className={css.state} role="alert">
      <Title className={css.title}>{props.what}</Title>
      <p className={css.text}>
        {props.which} {props.safe}
      </p>
      {props.action}
      <span className={css.code}>
        <bdi>{t('errors:code', { code: props.code })}</bdi>
        <IconButton
          small
          icon={Copy}
          name={t('errors:action.copyCode')}
          onClick={() => void navigator.clipboard.writeText(props.code)}
        />
      </span>
    </div>
  );
}
