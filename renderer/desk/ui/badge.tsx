import type { ReactNode } from 'react';
import css from './badge.module.css';
import { cx } from './cx.ts';

export type Tone =
  | 'accent'
  | 'pending'
  | 'held'
  | 'failed'
  | 'resolved'
  | 'ai'
  | 'agent'
  | 'customer'
  | 'note';

/** A dot that a word stands beside, or that a `title` names. Pending is hollow. */
export function Dot(props: { readonly tone: Tone; readonly title?: string }) {
  return (
    <span
      className={cx(css.dot, css[props.tone], props.tone === 'pending' && css.hollow)}
      title={props.title}
      {...(props.title === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': props.title })}
    />
  );
}

const INK: Partial<Record<Tone, string | undefined>> = {
  held: css.heldInk,
  failed: css.failedInk,
  ai: css.aiInk,
  resolved: css.resolvedInk,
};

/** A dot and its word: never colour alone. */
export function Status(props: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={cx(css.status, INK[props.tone])}>
      <Dot tone={props.tone} />
      {props.children}
    </span>
  );
}

/** A number beside a name. */
export function Count({ children }: { readonly children: ReactNode }) {
  return <span className={css.count}>{children}</span>;
}
