import type { LucideIcon } from 'lucide-react';
import { useText } from '../../i18n/text-provider.tsx';
import { ariaKeyShortcuts } from '../../keyboard/caps.ts';
import type { CommandId } from '../../keyboard/commands.ts';
import { useKeys } from '../../keyboard/keyboard-provider.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import css from './sidebar.module.css';

/** One place to go to: its sign, its name, how many conversations it holds. */
export function SidebarEntry(props: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count: number | null;
  readonly hint?: string | undefined;
  readonly attention?: boolean;
  readonly current: boolean;
  readonly folded: boolean;
  readonly command?: CommandId;
  readonly onSelect: () => void;
}) {
  const { t, formats } = useText();
  const keys = useKeys();
  const { label, count, hint, folded } = props;
  const named = count === null ? label : t('sidebar:count', { name: label, count });
  return (
    <li>
      <button
        type="button"
        className={cx(css.entry, props.current && css.current, props.attention === true && css.attention)}
        aria-current={props.current ? 'page' : undefined}
        aria-label={hint === undefined ? named : `${named}. ${hint}`}
        aria-keyshortcuts={ariaKeyShortcuts(
          props.command === undefined ? null : keys.chordOf(props.command),
          keys.platform,
        )}
        title={folded ? named : hint}
        onClick={props.onSelect}
      >
        <Icon of={props.icon} />
        {!folded && <span className={css.label}>{label}</span>} {/* parts the two when read as one text */}
        {count !== null && (
          <span className={css.count}>{folded && count > 99 ? '99+' : formats.number(count)}</span>
        )}
      </button>
    </li>
  );
}
