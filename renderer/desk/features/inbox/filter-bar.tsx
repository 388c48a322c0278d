import { Check, ListFilter, X } from 'lucide-react';
import { useState } from 'react';
import { FILTER_NAMES, type FilterName, type ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { LocalPicker } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import css from './filter-bar.module.css';
import { type FilterWords, filterValues, toggleFilter, valueLabel, withFilter } from './filter-values.ts';

/** What turns filter values into words. */
export function useFilterWords(): FilterWords {
  const { t, labels } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  return { t, labels, agents: info?.agents ?? [], me: info?.me.id ?? null };
}

/** The button that offers every value of every filter, with its count; typing finds them. */
export function FilterButton({ query }: { readonly query: ListQuery }) {
  const { t, formats } = useText();
  const [open, setOpen] = useState(false);
  const words = useFilterWords();
  const { setFilters } = useScreenActions();
  const { data: facets } = useDeskQuery('list.facets', { query }, { enabled: open, keep: true });
  useCommands({ 'list.filter': { run: () => setOpen(true) } });
  const items = filterValues(facets, query.filters, words).map((entry) => ({
    ...entry,
    id: `${entry.name}:${entry.value}`,
    label: `${t(`inbox:filter.${entry.name}`)} ${entry.label}`,
    words: entry.label,
  }));
  return (
    <Popover
      bare
      open={open}
      onOpenChange={setOpen}
      label={t('inbox:filter.add')}
      trigger={<IconButton small icon={ListFilter} name={t('inbox:filter.add')} command="list.filter" />}
    >
      <LocalPicker
        label={t('inbox:filter.add')}
        placeholder={t('inbox:filter.add')}
        items={items}
        empty={t('inbox:filter.noMatch')}
        onPick={({ name, value }) => setFilters(toggleFilter(query.filters, name, value))}
        renderItem={(item) => (
          <>
            <span>{item.chosen && <Icon of={Check} />}</span>
            <span className={popup.label}>
              <span className={css.dimension}>{t(`inbox:filter.${item.name}`)}</span> <bdi>{item.words}</bdi>
            </span>
            <span className={popup.aside}>{item.count !== null && formats.number(item.count)}</span>
          </>
        )}
      />
    </Popover>
  );
}

function Chip(props: {
  readonly name: FilterName;
  readonly values: readonly string[];
  readonly onRemove: () => void;
}) {
  const { t } = useText();
  const words = useFilterWords();
  const name = t(`inbox:filter.${props.name}`);
  const values = props.values.map((value) => valueLabel(props.name, value, words)).join(', ');
  return (
    <li className={css.chip}>
      <span className={css.words}>{t('inbox:filter.values', { name, values })}</span>
      <button
        type="button"
        className={css.remove}
        aria-label={t('inbox:filter.remove', { name })}
        onClick={props.onRemove}
      >
        <Icon of={X} />
      </button>
    </li>
  );
}

/** The filters that are set, each with its way out. Nothing when there are none. */
export function FilterChips({ query }: { readonly query: ListQuery }) {
  const { t } = useText();
  const { setFilters } = useScreenActions();
  const set = FILTER_NAMES.filter((name) => (query.filters[name]?.length ?? 0) > 0);
  if (set.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={t('inbox:filter.add')}>
      {set.map((name) => (
        <Chip
          key={name}
          name={name}
          values={query.filters[name] ?? []}
          onRemove={() => setFilters(withFilter(query.filters, name, []))}
        />
      ))}
    </ul>
  );
}
