import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { ariaKeyShortcuts } from '../keyboard/caps.ts';
import type { CommandId } from '../keyboard/commands.ts';
import { useKeys } from '../keyboard/keyboard-provider.tsx';
import css from './button.module.css';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { type Side, Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'name' | 'children'> {
  readonly icon: LucideIcon;
  /** What it does, in words: its accessible name and its tooltip. */
  readonly name: string;
  /** Shows the command's key in the tooltip; without `onClick` the button runs the command. */
  readonly command?: CommandId;
  readonly pressed?: boolean;
  readonly mirrored?: boolean;
  readonly small?: boolean;
  readonly side?: Side;
}

/** A button without words, with a name and a tooltip that shows its key. */
export function IconButton(props: IconButtonProps) {
  const { icon, name, command, pressed, mirrored, small, side, className, onClick, ...rest } = props;
  const keys = useKeys();
  const chord = command === undefined ? null : keys.chordOf(command);
  return (
    <Tooltip text={name} command={command} {...(side === undefined ? {} : { side })}>
      <button
        type="button"
        aria-label={name}
        aria-pressed={pressed}
        aria-keyshortcuts={ariaKeyShortcuts(chord, keys.platform)}
        onClick={onClick ?? (command === undefined ? undefined : () => void keys.run(command))}
        {...rest}
        className={cx(
          css.button,
          css.quiet,
          css.icon,
          small === true && css.small,
          pressed === true && css.pressed,
          className,
        )}
      >
        <Icon of={icon} mirrored={mirrored ?? false} />
      </button>
    </Tooltip>
  );
}
