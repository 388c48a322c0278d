import { Check, Plus } from 'lucide-react';
import type { EventProperty, PropertyFilter } from '../../../../src/domain/segments/rule.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { LocalPicker } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import { toggleValue } from './rule-edit.ts';
import css from './segments.module.css';
import { propertyValue } from './sentence.ts';

const MOST = 200;

function Values({
  filter,
  onChange,
}: {
  readonly filter: PropertyFilter;
  readonly onChange: (next: PropertyFilter) => void;
}) {
  const words = useText();
  const { t, formats } = words;
  const { data } = useDeskQuery('insight.values', { property: filter.property, limit: MOST });
  const counted = data ?? [];
  const own = filter.values.filter((value) => !counted.some((entry) => entry.value === value));
  const items = [...own.map((value) => ({ value, count: null })), ...counted].map(({ value, count }) => ({
    id: value,
    label: propertyValue(filter.property, value, words),
    value,
    count,
    isNew: false,
  }));
  return (
    <LocalPicker
      label={t('segments:values')}
      placeholder={t('segments:values')}
      items={items}
      empty={t('inbox:filter.noMatch')}
      onPick={({ value }) => onChange(toggleValue(filter, value))}
      create={(text) => ({ id: `new:${text}`, label: text, value: text, count: null, isNew: true })}
      renderItem={({ value, label, count, isNew }) => (
        <>
          <span>{isNew ? <Icon of={Plus} /> : filter.values.includes(value) && <Icon of={Check} />}</span>
          <span className={popup.label}>
            <bdi>{label}</bdi>
          </span>
          <span className={popup.aside}>{count !== null && formats.number(count)}</span>
        </>
      )}
    />
  );
}

/** The values a property is compared with: those that occur, with how often, and any other by typing it. */
export function ValuePicker(props: {
  readonly filter: PropertyFilter;
  readonly onChange: (next: PropertyFilter) => void;
}) {
  const { filter } = props;
  const words = useText();
  const { t } = words;
  const chosen = filter.values.map((value) => propertyValue(filter.property, value, words)).join(', ');
  return (
    <Popover
      bare
      label={t('segments:values')}
      trigger={
        <Button small className={css.values}>
          <bdi>{chosen === '' ? t('segments:values.choose') : chosen}</bdi>
        </Button>
      }
    >
      <Values {...props} />
    </Popover>
  );
}

/** Properties in the order they are offered. */
export const PROPERTIES: readonly EventProperty[] = ['channel', 'skill', 'reasonCode', 'tag', 'product'];
