import { Check, Plus, X } from 'lucide-react';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { LocalPicker, type PickItem } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import css from './fields.module.css';

const MOST_SUGGESTIONS = 100;

interface Item extends PickItem {
  readonly value: string;
  readonly isNew: boolean;
}

function Choices(props: {
  readonly field: string;
  readonly label: string;
  readonly items: readonly string[];
  readonly onItems: (items: readonly string[]) => void;
}) {
  const { field, items, onItems } = props;
  const { t } = useText();
  const { data } = useDeskQuery('fields.values', { field, text: '', limit: MOST_SUGGESTIONS });
  const known = [...items, ...(data ?? []).filter((value) => !items.includes(value))];
  return (
    <LocalPicker<Item>
      label={props.label}
      placeholder={t('fields:item.placeholder')}
      empty={t('fields:item.empty')}
      items={known.map((value) => ({ id: value, label: value, value, isNew: false }))}
      create={(value) => ({
        id: `new:${value}`,
        label: t('fields:item.create', { item: value }),
        value,
        isNew: true,
      })}
      onPick={({ value }) =>
        onItems(items.includes(value) ? items.filter((item) => item !== value) : [...items, value])
      }
      renderItem={({ value, label, isNew }) => (
        <>
          <span>{isNew ? <Icon of={Plus} /> : items.includes(value) && <Icon of={Check} />}</span>
          <span className={popup.label}>
            <bdi>{label}</bdi>
          </span>
        </>
      )}
    />
  );
}

/** An ordered set of texts (F1) as chips: any taken off, others put on, those of other conversations offered. */
export function ListEditor(props: {
  readonly field: string;
  readonly label: string;
  readonly items: readonly string[];
  readonly onSave: (items: readonly string[]) => Promise<boolean>;
}) {
  const { field, label, items, onSave } = props;
  const { t } = useText();
  const save = (next: readonly string[]): void => void onSave(next);
  return (
    <span className={css.chips}>
      {items.map((item) => (
        <span key={item} className={css.chip}>
          <bdi>{item}</bdi>
          <IconButton
            small
            icon={X}
            name={t('fields:item.remove', { item })}
            onClick={() => save(items.filter((other) => other !== item))}
          />
        </span>
      ))}
      <Popover
        bare
        label={label}
        align="end"
        trigger={<IconButton small icon={Plus} name={t('fields:item.add', { field: label })} />}
      >
        <Choices field={field} label={label} items={items} onItems={save} />
      </Popover>
    </span>
  );
}
