import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import popup from './popup.module.css';
import css from './select.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A glyph before the words. */
  readonly glyph?: ReactNode;
}

/** One of a few values. For many, or for values of the engine, see `Combobox`. */
export function Select<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  readonly quiet?: boolean;
  readonly disabled?: boolean;
  readonly id?: string;
}) {
  return (
    <Base.Root
      value={props.value}
      items={props.choices.map(({ value, label }) => ({ value, label }))}
      modal={false}
      disabled={props.disabled ?? false}
      onValueChange={(chosen) => {
        const found = props.choices.find(({ value }) => value === chosen);
        if (found !== undefined) props.onChange(found.value);
      }}
    >
      <Base.Trigger
        id={props.id}
        className={cx(css.trigger, props.quiet === true && css.quiet)}
        aria-label={props.label}
      >
        <Base.Value className={css.value} />
        <Icon of={ChevronDown} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={cx(popup.popup, popup.list, css.popup)}>
            {props.choices.map(({ value, label, glyph }) => (
              <Base.Item key={value} value={value} className={popup.item}>
                <Base.ItemIndicator keepMounted render={<span />}>
                  {props.value === value ? <Icon of={Check} /> : glyph}
                </Base.ItemIndicator>
                <Base.ItemText className={popup.label}>{label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
