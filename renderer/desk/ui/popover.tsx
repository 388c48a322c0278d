import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './popup.module.css';

/** A small panel beside what it belongs to; it stays until it is left. */
export function Popover(props: {
  readonly trigger?: ReactElement<Record<string, unknown>>;
  readonly anchor?: Element | null;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly label: string;
  readonly side?: 'top' | 'bottom' | 'inline-start' | 'inline-end';
  readonly align?: 'start' | 'center' | 'end';
  /** Without padding of its own, for lists. */
  readonly bare?: boolean;
  /** What has the focus once it is closed; without it, what had it before. */
  readonly finalFocus?: () => HTMLElement | null;
  readonly children: ReactNode;
}) {
  const { finalFocus } = props;
  return (
    <Base.Root
      {...(props.open === undefined ? {} : { open: props.open })}
      onOpenChange={(open) => props.onOpenChange?.(open)}
    >
      {props.trigger !== undefined && <Base.Trigger render={props.trigger} />}
      <Base.Portal>
        <Base.Positioner
          className={css.positioner}
          sideOffset={6}
          side={props.side ?? 'bottom'}
          align={props.align ?? 'start'}
          {...(props.anchor === undefined ? {} : { anchor: props.anchor })}
        >
          <Base.Popup
            className={cx(css.popup, props.bare === true ? css.list : css.panel)}
            aria-label={props.label}
            {...(finalFocus === undefined ? {} : { finalFocus: () => finalFocus() ?? true })}
          >
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
