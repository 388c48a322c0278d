import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { resolveVisibility } from '../../../../src/domain/fields/visibility.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { matchesQuery } from '../../ui/combobox.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useChange } from '../actions/use-change.ts';
import { useFieldNames, useFields } from '../fields/field-names.ts';
import css from '../fields/fields-section.module.css';
import { useIsLead } from '../fields/role.ts';
import { panelFields } from '../profile/panel-fields.ts';
import { Check } from './check.tsx';

function Row(props: {
  readonly field: string;
  readonly name: string;
  readonly visibility: FieldsView['visibility'];
  readonly isLead: boolean;
}) {
  const { field, name, isLead } = props;
  const { own, workspace } = props.visibility;
  const { t } = useText();
  const change = useChange();
  const { visible, decidedBy } = resolveVisibility(field, own, workspace);
  const forEveryone = resolveVisibility(field, {}, workspace).visible;
  const setMine = (next: boolean | null): Promise<boolean> =>
    change('visibility.setOwn', { field, visible: next }, { quiet: true });
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>
        <span className={css.mine}>
          <Check label={t('fields:visible.showMine', { name })} checked={visible} onChange={setMine} />
          {decidedBy === 'own' && (
            <>
              <span className={css.quiet}>{t('fields:visible.own')}</span>
              <IconButton
                small
                icon={RotateCcw}
                name={t('fields:visible.reset', { name })}
                onClick={() => void setMine(null)}
              />
            </>
          )}
        </span>
      </td>
      <td>
        <Check
          label={t('fields:visible.showEveryone', { name })}
          checked={forEveryone}
          disabled={!isLead}
          onChange={(next) =>
            change('visibility.setDefault', { field, visible: next ? null : false }, { quiet: true })
          }
        />
      </td>
    </tr>
  );
}

/** Which fields stand beside a conversation (C6): the workspace's choice, and each agent's own over it (F4). */
export function VisibilitySection() {
  const { t } = useText();
  const view = useFields();
  const nameOf = useFieldNames();
  const isLead = useIsLead();
  const [query, setQuery] = useState('');
  const [hiddenOnly, setHiddenOnly] = useState(false);
  if (view === undefined) return null;
  const found = panelFields(view)
    .filter(({ visible }) => !hiddenOnly || !visible)
    .filter(({ key }) => matchesQuery(nameOf(key), query.trim()));
  return (
    <div className={css.section}>
      <p className={css.quiet}>{t('fields:visible.intro')}</p>
      <div className={css.bar}>
        <TextField
          type="search"
          className={css.search}
          aria-label={t('fields:visible.search')}
          placeholder={t('fields:visible.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <label className={css.inline}>
          <input
            type="checkbox"
            className={css.check}
            checked={hiddenOnly}
            onChange={(event) => setHiddenOnly(event.currentTarget.checked)}
          />
          {t('fields:visible.hiddenOnly')}
        </label>
      </div>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('fields:column.field')}</th>
            <th scope="col">{t('fields:visible.mine')}</th>
            <th scope="col">{t('fields:visible.everyone')}</th>
          </tr>
        </thead>
        <tbody>
          {found.map(({ key }) => (
            <Row key={key} field={key} name={nameOf(key)} visibility={view.visibility} isLead={isLead} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className={css.quiet}>{t('fields:find.noMatch')}</p>}
      {!isLead && <p className={css.quiet}>{t('fields:leadsOnly')}</p>}
    </div>
  );
}
