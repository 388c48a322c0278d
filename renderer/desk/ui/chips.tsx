import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './chips.module.css';
import { Icon } from './icon.tsx';

/** Things that are chosen, in lines as they fit. */
export function Chips(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={css.chips} aria-label={props.label}>
      {props.children}
    </ul>
  );
}

/** One of them, with its way out. */
export function Chip(props: {
  readonly children: ReactNode;
  readonly removeName: string;
  readonly onRemove: () => void;
}) {
  return (
    <li className={css.chip}>
      <bdi className={css.words}>{props.children}</bdi>
      <button type="button" className={css.remove} aria-label={props.removeName} onClick={props.onRemove}>
        <Icon of={X} />
      </button>
    </li>
  );
}
