import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import css from './visually-hidden.module.css';

/** For screen readers only. */
export function VisuallyHidden({ className, ...rest }: ComponentProps<'span'>) {
  return <span {...rest} className={cx(css.hidden, className)} />;
}
