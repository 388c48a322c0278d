import { Menu as Base } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { CommandId } from '../keyboard/commands.ts';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import css from './popup.module.css';

/** A menu under the element that opens it. */
export function Menu(props: {
  /** The button that opens it; omit it and give `anchor`, `open` and `onOpenChange` for one opened from elsewhere. */
  readonly trigger?: ReactElement<Record<string, unknown>>;
  readonly anchor?: Element | null;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom';
  readonly label?: string;
  readonly children: ReactNode;
}) {
  return (
    <Base.Root
      modal={false}
      {...(props.open === undefined ? {} : { open: props.open })}
      onOpenChange={(open) => props.onOpenChange?.(open)}
    >
      {props.trigger !== undefined && <Base.Trigger render={props.trigger} />}
      <Base.Portal>
        <Base.Positioner
          className={css.positioner}
          sideOffset={4}
          side={props.side ?? 'bottom'}
          align={props.align ?? 'start'}
          {...(props.anchor === undefined ? {} : { anchor: props.anchor })}
        >
          <Base.Popup className={cx(css.popup, css.list)} aria-label={props.label}>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ItemProps {
  readonly icon?: LucideIcon;
  /** Instead of `icon`: a glyph of ours. */
  readonly glyph?: ReactNode;
  readonly command?: CommandId;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

/** One action of a menu, with its key at the end. */
export function MenuItem({ icon, glyph, command, disabled, danger, onSelect, children }: ItemProps) {
  return (
    <Base.Item
      className={cx(css.item, danger === true && css.danger)}
      disabled={disabled ?? false}
      onClick={onSelect}
    >
      <span>{icon === undefined ? glyph : <Icon of={icon} />}</span>
      <span className={css.label}>{children}</span>
      <span className={css.aside}>{command !== undefined && <Kbd command={command} />}</span>
    </Base.Item>
  );
}

/** Choices of which one is set. */
export function MenuChoices<Value extends string>(props: {
  readonly label?: string;
  readonly value: Value | null;
  readonly choices: readonly {
    readonly value: Value;
    readonly label: ReactNode;
    readonly aside?: ReactNode;
  }[];
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <Base.RadioGroup
      value={props.value}
      onValueChange={(chosen: unknown) => {
        const found = props.choices.find(({ value }) => value === chosen);
        if (found !== undefined) props.onChoose(found.value);
      }}
    >
      {props.label !== undefined && (
        <Base.Group>
          <Base.GroupLabel className={css.groupLabel}>{props.label}</Base.GroupLabel>
        </Base.Group>
      )}
      {props.choices.map(({ value, label, aside }) => (
        <Base.RadioItem key={value} className={css.item} value={value} closeOnClick>
          <Base.RadioItemIndicator keepMounted render={<span />}>
            {props.value === value && <Icon of={Check} />}
          </Base.RadioItemIndicator>
          <span className={css.label}>{label}</span>
          <span className={css.aside}>{aside}</span>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className={css.separator} />;
}
