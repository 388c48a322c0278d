import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import css from './field.module.css';

interface Look {
  /** `inline`: a box on hover and focus only. `bare`: never one; its surroundings show the focus. */
  readonly look?: 'boxed' | 'inline' | 'bare';
}

/** One line of text. Give it an `aria-label` or a `<label htmlFor>`. */
export function TextField({ look = 'boxed', className, ...rest }: ComponentProps<'input'> & Look) {
  return (
    <input
      type="text"
      dir="auto"
      {...rest}
      className={cx(css.field, look !== 'boxed' && css[look], className)}
    />
  );
}

/** Several lines, growing with the text to a third of the window's height. */
export function TextArea({ look = 'boxed', className, ...rest }: ComponentProps<'textarea'> & Look) {
  return (
    <textarea
      dir="auto"
      {...rest}
      className={cx(css.field, css.area, look !== 'boxed' && css[look], className)}
    />
  );
}
