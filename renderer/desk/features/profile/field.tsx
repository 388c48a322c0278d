import { Copy, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PendingMark } from '../../ui/pending-mark.tsx';
import { useCopy } from '../thread/use-copy.ts';
import css from './profile.module.css';

/** A label above its value. A locked one says why on its label; a `copy` text puts a button beside the value. */
export function Field(props: {
  readonly label: string;
  /** The field's key, where it can be looked for. */
  readonly id?: string;
  /** Why it cannot be edited. */
  readonly lockedWhy?: string | undefined;
  readonly copy?: string | null | undefined;
  readonly wide?: boolean;
  /** The workspace has not confirmed the value. */
  readonly pending?: boolean;
  /** Below the value: a `dd` of its own, or nothing. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const copy = useCopy();
  const { copy: text, lockedWhy } = props;
  return (
    <div className={cx(css.field, props.wide === true && css.wide)} data-field={props.id} tabIndex={-1}>
      <dt className={css.label} title={lockedWhy}>
        <bdi>{props.label}</bdi>
        {lockedWhy !== undefined && (
          <span className={css.lock} role="img" aria-label={lockedWhy}>
            <Icon of={Lock} />
          </span>
        )}
        {props.pending === true && <PendingMark />}
      </dt>
      <dd className={css.value}>
        {props.children}
        {text !== undefined && text !== null && (
          <IconButton
            small
            className={css.copy}
            icon={Copy}
            name={`${t('common:copy')}: ${props.label}`}
            onClick={() => copy(text)}
          />
        )}
      </dd>
      {props.note}
    </div>
  );
}

/** A value, or a quiet "Not set". */
export function Value({ of: value }: { readonly of: string | null }) {
  const { t } = useText();
  return value === null || value === '' ? (
    <span className={css.quiet}>{t('profile:notSet')}</span>
  ) : (
    <bdi>{value}</bdi>
  );
}

/** A titled part of the profile. */
export function Section(props: {
  readonly title: string;
  /** At the end of the title's line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={css.section} aria-label={props.title}>
      <div className={css.sectionHead}>
        <h2 className={css.title}>{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
