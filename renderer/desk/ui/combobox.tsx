import { Autocomplete as Base } from '@base-ui/react/autocomplete';
import { Search } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import css from './combobox.module.css';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import popup from './popup.module.css';

export interface PickItem {
  /** Unique in the list. */
  readonly id: string;
  /** What the input is compared with, and what is read out. */
  readonly label: string;
}

type InputKeyDown = NonNullable<ComponentProps<typeof Base.Input>['onKeyDown']>;

/** K4: an Enter that ends a composition belongs to the input method, not to the list. */
const guardComposition: InputKeyDown = (event) => {
  if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) event.preventBaseUIHandler();
};

/**
 * A text field over a list of results, for a popover or a dialog: `items` is what matches already, found by the engine or
 * by the caller from `onQuery`. Arrows move, Enter picks, an input method is left alone.
 */
export function Picker<Item extends PickItem>(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly query: string;
  readonly onQuery: (text: string) => void;
  readonly onPick: (item: Item) => void;
  readonly renderItem?: (item: Item) => ReactNode;
  /** Shown when nothing matches. */
  readonly empty: ReactNode;
  readonly className?: string | undefined;
}) {
  const { items, renderItem } = props;
  return (
    <div className={cx(css.picker, props.className)}>
      <Base.Root
        items={items}
        filter={null}
        value={props.query}
        onValueChange={(text, details) => {
          if (details.reason !== 'item-press') props.onQuery(text);
        }}
        itemToStringValue={(item: Item) => item.label}
        autoHighlight="always"
        open
        inline
      >
        <div className={css.field}>
          <Icon of={Search} />
          <Base.Input
            className={css.input}
            aria-label={props.label}
            placeholder={props.placeholder}
            onKeyDown={guardComposition}
            autoFocus
          />
        </div>
        {items.length === 0 && <div className={popup.empty}>{props.empty}</div>}
        <Base.List className={css.list} aria-label={props.label}>
          {(item: Item) => (
            <Base.Item
              key={item.id}
              value={item}
              className={cx(popup.item, popup.plain)}
              onClick={() => props.onPick(item)}
            >
              {renderItem?.(item) ?? <span className={popup.label}>{item.label}</span>}
            </Base.Item>
          )}
        </Base.List>
      </Base.Root>
    </div>
  );
}

/** Whether `label` holds every word of `query`, in any order and any case. */
export function matchesQuery(label: string, query: string): boolean {
  const text = label.normalize('NFC').toLocaleLowerCase();
  return query
    .normalize('NFC')
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** A picker over items that are all here: agents, tags, filter values. What was typed is gone once one is picked. */
export function LocalPicker<Item extends PickItem>(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly onPick: (item: Item) => void;
  readonly renderItem?: (item: Item) => ReactNode;
  readonly empty: ReactNode;
  /** An item made of the typed text, offered last when nothing is called exactly that. */
  readonly create?: (text: string) => Item;
}) {
  const [query, setQuery] = useState('');
  const { items, create } = props;
  const typed = query.trim();
  const matching = items.filter(({ label }) => matchesQuery(label, typed));
  const exact = items.some(({ label }) => label.toLocaleLowerCase() === typed.toLocaleLowerCase());
  const offered = create === undefined || typed === '' || exact ? matching : [...matching, create(typed)];
  const pick = (item: Item): void => {
    setQuery('');
    props.onPick(item);
  };
  return <Picker {...props} items={offered} query={query} onQuery={setQuery} onPick={pick} />;
}
