import { Check, Plus } from 'lucide-react';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { LocalPicker, type PickItem } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import popup from '../../ui/popup.module.css';

interface TagItem extends PickItem {
  readonly tag: string;
  readonly count: number | null;
  readonly isNew: boolean;
}

const EVERYTHING: ListQuery = { queue: 'all', filters: {}, sort: { by: 'activity', direction: 'desc' } };

/** Adds and removes tags: those of the workspace with how often they are used, and a new one by typing it. */
export function TagPicker(props: {
  readonly tags: readonly string[];
  readonly onAdd: (tag: string) => void;
  readonly onRemove: (tag: string) => void;
}) {
  const { t, formats } = useText();
  const { data: facets } = useDeskQuery('list.facets', { query: EVERYTHING });
  const known = facets?.filters.tag ?? [];
  const own = props.tags.filter((tag) => !known.some(({ value }) => value === tag));
  const counted = [...own.map((value) => ({ value, count: null })), ...known];
  const items: TagItem[] = counted.map(({ value, count }) => ({
    id: value,
    label: value,
    tag: value,
    count,
    isNew: false,
  }));
  const toggle = ({ tag }: TagItem): void =>
    props.tags.includes(tag) ? props.onRemove(tag) : props.onAdd(tag);
  return (
    <LocalPicker
      label={t('thread:tags.title')}
      placeholder={t('thread:tags.placeholder')}
      items={items}
      empty={t('inbox:filter.noMatch')}
      onPick={toggle}
      create={(tag) => ({
        id: `new:${tag}`,
        label: t('thread:tags.create', { tag }),
        tag,
        count: null,
        isNew: true,
      })}
      renderItem={({ tag, label, count, isNew }) => (
        <>
          <span>{isNew ? <Icon of={Plus} /> : props.tags.includes(tag) && <Icon of={Check} />}</span>
          <span className={popup.label}>
            <bdi>{label}</bdi>
          </span>
          <span className={popup.aside}>{count !== null && formats.number(count)}</span>
        </>
      )}
    />
  );
}
