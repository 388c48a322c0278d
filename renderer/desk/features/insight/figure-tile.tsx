import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { Definition } from './definition.tsx';
import css from './figure-tile.module.css';

/** One figure: what it is, the number that opens its rows, what it is made of, and a word more about it. */
export function FigureTile(props: {
  readonly name: string;
  readonly define: string;
  readonly value: string;
  /** What the number opens; null where there is nothing behind it. */
  readonly open: { readonly label: string; readonly run: () => void } | null;
  /** Further values of the same figure that cannot be added to the first. */
  readonly more?: readonly string[];
  readonly made: string;
  readonly note: ReactNode;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}) {
  const { name, value, open } = props;
  return (
    <div className={cx(css.tile, props.className)} role="group" aria-label={name}>
      <div className={css.head}>
        <h2 className={css.name}>{name}</h2>
        <Definition name={name}>{props.define}</Definition>
      </div>
      {open === null ? (
        <span className={css.value}>{value}</span>
      ) : (
        <button
          type="button"
          className={css.value}
          aria-label={`${name}: ${value}. ${open.label}`}
          title={open.label}
          onClick={open.run}
        >
          {value}
        </button>
      )}
      {props.more?.map((line) => (
        <span key={line} className={css.moreValue}>
          {line}
        </span>
      ))}
      <span className={css.made}>{props.made}</span>
      {props.note !== null && <span className={css.note}>{props.note}</span>}
      {props.children}
    </div>
  );
}
