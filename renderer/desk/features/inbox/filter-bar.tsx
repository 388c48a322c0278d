import { Check, ListFilter, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Chip, Chips } from '../../ui/chips.tsx';
import { LocalPicker } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import { withCondition } from './fields/condition-draft.ts';
import { ConditionEditor } from './fields/condition-editor.tsx';
import { conditionWords } from './fields/field-words.ts';
import { type ListField, useListFields } from './fields/list-fields.ts';
import { CountedPart } from '../scope/part-line.tsx';
import css from './filter-bar.module.css';
import {
  type FilterValue,
  type FilterWords,
  filterValues,
  searchedWords,
  hasFilters,
  setFilterNames,
  toggleFilter,
  valueLabel,
  withFilter,
} from './filter-values.ts';

/** What turns filter values into words. */
export function useFilterWords(): FilterWords {
  const { t, labels } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  return { t, labels, agents: info?.agents ?? [], me: info?.me.id ?? null };
}

/** A line of the filter menu: a value that can be put in at once, or a field whose condition is written next. */
type Offer = { readonly id: string; readonly label: string } & (
  | { readonly of: 'value'; readonly value: FilterValue }
  | { readonly of: 'field'; readonly field: ListField; readonly isSet: boolean }
);

function OfferLine({ offer }: { readonly offer: Offer }) {
  const { t, formats } = useText();
  if (offer.of === 'field') {
    return (
      <>
        <span>{offer.isSet ? <Icon of={Check} /> : <Icon of={SlidersHorizontal} />}</span>
        <bdi className={popup.label}>{offer.field.name}</bdi>
        <span className={popup.aside} aria-hidden="true">
          …
        </span>
      </>
    );
  }
  const { name, label, count, chosen } = offer.value;
  return (
    <>
      <span>{chosen && <Icon of={Check} />}</span>
      <span className={popup.label}>
        <span className={css.dimension}>{t(`inbox:filter.${name}`)}</span> <bdi>{label}</bdi>
      </span>
      <span className={popup.aside}>{count !== null && formats.number(count)}</span>
    </>
  );
}

/** Every value of every filter with its count, and every field: typing finds them. */
function FilterPicker(props: { readonly query: ListQuery; readonly onField: (field: ListField) => void }) {
  const { t } = useText();
  const { query } = props;
  const words = useFilterWords();
  const { fields } = useListFields();
  const { setFilters } = useScreenActions();
  const { data: facets } = useDeskQuery('list.facets', { query }, { keep: true });
  const values = filterValues(facets, query.filters, words).map(
    (value): Offer => ({
      of: 'value',
      value,
      id: `${value.name}:${value.value}`,
      label: `${t(`inbox:filter.${value.name}`)} ${searchedWords(value, words)}`,
    }),
  );
  const offered = fields.map(
    (field): Offer => ({
      of: 'field',
      field,
      id: `field:${field.key}`,
      label: field.name,
      isSet: query.filters.fields?.[field.key] !== undefined,
    }),
  );
  return (
    <LocalPicker
      label={t('inbox:filter.add')}
      placeholder={t('inbox:filter.add')}
      items={[...values, ...offered]}
      empty={t('inbox:filter.noMatch')}
      onPick={(offer) => {
        if (offer.of === 'field') props.onField(offer.field);
        else setFilters(toggleFilter(query.filters, offer.value.name, offer.value.value));
      }}
      renderItem={(offer) => <OfferLine offer={offer} />}
    />
  );
}

/** The button that opens the filters. */
export function FilterButton({ query }: { readonly query: ListQuery }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<ListField | null>(null);
  const { setFilters } = useScreenActions();
  const show = (next: boolean): void => {
    setOpen(next);
    if (next) setField(null);
  };
  useCommands({ 'list.filter': { run: () => show(true) } });
  return (
    <Popover
      bare
      open={open}
      onOpenChange={show}
      label={t('inbox:filter.add')}
      trigger={<IconButton small icon={ListFilter} name={t('inbox:filter.add')} command="list.filter" />}
    >
      {field === null ? (
        <>
          <FilterPicker query={query} onField={setField} />
          <CountedPart of={query} />
        </>
      ) : (
        <ConditionEditor
          key={field.key}
          field={field}
          condition={query.filters.fields?.[field.key]}
          onBack={() => setField(null)}
          onApply={(condition) => {
            setFilters(withCondition(query.filters, field.key, condition));
            setOpen(false);
          }}
        />
      )}
    </Popover>
  );
}

/** The filters that are set, each with its way out. Nothing when there are none. */
export function FilterChips({ query }: { readonly query: ListQuery }) {
  const { t, formats } = useText();
  const { setFilters } = useScreenActions();
  const words = useFilterWords();
  const { fieldOf } = useListFields();
  const { filters } = query;
  if (!hasFilters(filters)) return null;
  return (
    <Chips label={t('inbox:filter.add')}>
      {setFilterNames(filters).map((name) => (
        <Chip
          key={name}
          removeName={t('inbox:filter.remove', { name: t(`inbox:filter.${name}`) })}
          onRemove={() => setFilters(withFilter(filters, name, []))}
        >
          {t('inbox:filter.values', {
            name: t(`inbox:filter.${name}`),
            values: (filters[name] ?? []).map((value) => valueLabel(name, value, words)).join(', '),
          })}
        </Chip>
      ))}
      {Object.entries(filters.fields ?? {}).map(([key, condition]) => (
        <Chip
          key={`field:${key}`}
          removeName={t('inbox:filter.remove', { name: fieldOf(key).name })}
          onRemove={() => setFilters(withCondition(filters, key, null))}
        >
          {t('inbox:filter.values', {
            name: fieldOf(key).name,
            values: conditionWords(fieldOf(key), condition, { t, formats }),
          })}
        </Chip>
      ))}
    </Chips>
  );
}
