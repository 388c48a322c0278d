import type { ComponentProps, ReactNode } from 'react';
import css from './button.module.css';
import { cx } from './cx.ts';

export type ButtonLook = 'normal' | 'primary' | 'quiet' | 'danger' | 'link';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  /** Stands before the words; an icon from lucide through `Icon`. */
  readonly icon?: ReactNode;
}

/** A button with words. For one without words see `IconButton`. */
export function Button({ look = 'normal', small = false, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(css.button, look !== 'normal' && css[look], small && css.small, className)}
    >
      {icon}
      {children}
    </button>
  );
}
