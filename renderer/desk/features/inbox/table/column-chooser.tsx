import { Check, Columns3 } from 'lucide-react';
import { MOST_TABLE_FIELDS, TABLE_COLUMNS, type TableColumn } from '../../../app/preferences.ts';
import { usePreference, usePreferenceStore } from '../../../app/stores.tsx';
import { useText } from '../../../i18n/text-provider.tsx';
import { LocalPicker } from '../../../ui/combobox.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Popover } from '../../../ui/popover.tsx';
import popup from '../../../ui/popup.module.css';
import { VisuallyHidden } from '../../../ui/visually-hidden.tsx';
import { isColumnField, useListFields } from '../fields/list-fields.ts';
import { canHide } from './columns.ts';
import { useColumnVisibility } from './use-inbox-table.ts';

interface Offer {
  readonly id: string;
  readonly label: string;
  readonly shown: boolean;
  readonly toggle: () => void;
}

/** The table's own columns and every field of the profile, hidden ones too: what is shown comes first (F4). */
function useOffers(): readonly Offer[] {
  const { t } = useText();
  const { visibility, setVisibility } = useColumnVisibility();
  const store = usePreferenceStore();
  const chosen = usePreference((preferences) => preferences.tableFields);
  const { fields, fieldOf } = useListFields();
  const own = TABLE_COLUMNS.filter(canHide).map(
    (column: TableColumn): Offer => ({
      id: column,
      label: t(`inbox:column.${column}`),
      shown: visibility[column],
      toggle: () => setVisibility({ ...visibility, [column]: !visibility[column] }),
    }),
  );
  const others = fields.filter((field) => isColumnField(field) && !chosen.includes(field.key));
  const profile = [...chosen.map(fieldOf), ...others].map(({ key, name }): Offer => {
    const shown = chosen.includes(key);
    const next = shown ? chosen.filter((other) => other !== key) : [...chosen, key];
    return {
      id: `field:${key}`,
      label: name,
      shown,
      toggle: () => store.set({ tableFields: next.slice(0, MOST_TABLE_FIELDS) }),
    };
  });
  return [...own, ...profile];
}

/** Which columns the table shows: any of its own, and any field of the profile. */
export function ColumnChooser() {
  const { t } = useText();
  return (
    <Popover
      bare
      align="end"
      label={t('inbox:columns')}
      trigger={<IconButton small icon={Columns3} name={t('inbox:columns')} />}
    >
      <Chooser />
    </Popover>
  );
}

function Chooser() {
  const { t } = useText();
  const offers = useOffers();
  return (
    <LocalPicker
      label={t('inbox:columns')}
      placeholder={t('inbox:columns.find')}
      items={offers}
      empty={t('inbox:columns.none')}
      onPick={(offer) => offer.toggle()}
      renderItem={({ label, shown }) => (
        <>
          <span>{shown && <Icon of={Check} />}</span>
          <bdi className={popup.label}>{label}</bdi>
          {shown && <VisuallyHidden>{t('inbox:columns.shown')}</VisuallyHidden>}
        </>
      )}
    />
  );
}
