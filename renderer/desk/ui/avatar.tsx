import css from './avatar.module.css';
import { cx } from './cx.ts';
import { initialsOf } from './initials.ts';

/** Initials of a person, named in full for those who point or listen. `name` null: nobody. */
export function Avatar(props: {
  readonly name: string | null;
  /** What to say for nobody. */
  readonly nobody?: string;
  readonly kind?: 'agent' | 'customer';
  readonly large?: boolean;
  /** True where the name stands beside it. */
  readonly decorative?: boolean;
}) {
  const name = props.name ?? props.nobody ?? '';
  const label = props.decorative === true ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name };
  return (
    <span
      {...label}
      title={props.decorative === true ? undefined : name}
      className={cx(
        css.avatar,
        props.name === null && css.none,
        props.kind === 'customer' && css.customer,
        props.large === true && css.large,
      )}
    >
      {props.name === null ? '' : initialsOf(props.name)}
    </span>
  );
}
