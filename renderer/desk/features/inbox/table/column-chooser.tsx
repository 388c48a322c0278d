import { Columns3 } from 'lucide-react';
import { TABLE_COLUMNS } from '../../../app/preferences.ts';
import { useText } from '../../../i18n/text-provider.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu, MenuChecks } from '../../../ui/menu.tsx';
import { canHide } from './columns.ts';
import { useColumnVisibility } from './use-inbox-table.ts';

/** Which columns the table shows. */
export function ColumnChooser() {
  const { t } = useText();
  const { visibility, setVisibility } = useColumnVisibility();
  return (
    <Menu
      align="end"
      label={t('inbox:columns')}
      trigger={<IconButton small icon={Columns3} name={t('inbox:columns')} />}
    >
      <MenuChecks
        label={t('inbox:columns')}
        choices={TABLE_COLUMNS.map((column) => ({
          value: column,
          label: t(`inbox:column.${column}`),
          checked: visibility[column],
          disabled: !canHide(column),
        }))}
        onChange={(column, shown) => setVisibility({ ...visibility, [column]: shown })}
      />
    </Menu>
  );
}
