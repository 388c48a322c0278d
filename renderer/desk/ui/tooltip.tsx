import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import type { CommandId } from '../keyboard/commands.ts';
import { Kbd } from './kbd.tsx';
import css from './tooltip.module.css';

export type Side = 'top' | 'bottom' | 'inline-start' | 'inline-end';

/**
 * Says what the one element inside it is or does, with the command's key (K7). Not for lists: one row of many gets its
 * words as a `title` or from one shared tooltip.
 */
export function Tooltip(props: {
  readonly text: ReactNode;
  readonly command?: CommandId | undefined;
  readonly side?: Side;
  /** The element that is hovered; it must take a ref and props. */
  readonly children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <Base.Root
      // One Escape closes the tooltip and whatever it stands in.
      onOpenChange={(_open, details) => {
        if (details.reason === 'escape-key') details.allowPropagation();
      }}
    >
      <Base.Trigger render={props.children} delay={500} />
      <Base.Portal>
        <Base.Positioner className={css.positioner} side={props.side ?? 'bottom'} sideOffset={6}>
          <Base.Popup className={css.tooltip}>
            <span>{props.text}</span>
            {props.command !== undefined && <Kbd command={props.command} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
