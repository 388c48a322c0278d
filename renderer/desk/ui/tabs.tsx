import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import css from './tabs.module.css';

/** A row of tabs; the caller shows the panel. Arrows move along the language's direction. */
export function Tabs<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
  /** The panels' contents by tab; without it the tabs choose what is beside them. */
  readonly children?: (value: Value) => ReactNode;
}) {
  return (
    <Base.Root
      value={props.value}
      onValueChange={(chosen: unknown) => {
        const found = props.tabs.find(({ value }) => value === chosen);
        if (found !== undefined) props.onChange(found.value);
      }}
    >
      <Base.List className={css.list} aria-label={props.label} activateOnFocus>
        {props.tabs.map(({ value, label }) => (
          <Base.Tab key={value} value={value} className={css.tab}>
            {label}
          </Base.Tab>
        ))}
      </Base.List>
      {props.children !== undefined &&
        props.tabs.map(({ value }) => (
          <Base.Panel key={value} value={value}>
            {value === props.value && props.children?.(value)}
          </Base.Panel>
        ))}
    </Base.Root>
  );
}
