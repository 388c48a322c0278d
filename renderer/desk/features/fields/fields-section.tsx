import { ArchiveRestore, Plus } from 'lucide-react';
import { useState } from 'react';
import { type FieldDefinition, isActiveField } from '../../../../src/domain/fields/definition.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useChange } from '../actions/use-change.ts';
import { AddField } from './add-field.tsx';
import { DeleteField } from './delete-field.tsx';
import { useFieldNames, useFields } from './field-names.ts';
import { FieldTable } from './field-table.tsx';
import css from './fields-section.module.css';
import { useIsLead } from './role.ts';
import { TranslationTable } from './translation-table.tsx';

function Archived(props: {
  readonly fields: readonly FieldDefinition[];
  readonly nameOf: (key: string) => string;
  readonly canEdit: boolean;
  readonly onDelete: (field: FieldDefinition) => void;
}) {
  const { fields, nameOf, canEdit } = props;
  const { t } = useText();
  const change = useChange();
  if (fields.length === 0) return null;
  return (
    <section className={css.part} aria-label={t('fields:archived')}>
      <h3 className={css.heading}>{t('fields:archived')}</h3>
      <p className={css.quiet}>{t('fields:archived.help')}</p>
      <ul className={css.archived}>
        {fields.map((field) => (
          <li key={field.key} className={css.archivedRow}>
            <bdi className={css.grow}>{nameOf(field.key)}</bdi>
            <bdi className={css.mono}>{field.key}</bdi>
            {canEdit && (
              <Button
                small
                icon={<Icon of={ArchiveRestore} />}
                onClick={() => void change('field.restore', { field: field.key })}
              >
                {t('fields:restore')}
              </Button>
            )}
            {canEdit && (
              <Button small look="quiet" onClick={() => props.onDelete(field)}>
                {t('fields:delete')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The workspace's own fields (C7, C8): defined, named, translated, moved, put aside, deleted. */
export function FieldsSection() {
  const { t } = useText();
  const view = useFields();
  const nameOf = useFieldNames();
  const canEdit = useIsLead();
  const [tab, setTab] = useState<'fields' | 'translations'>('fields');
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<FieldDefinition | null>(null);
  if (view === undefined) return null;
  const active = view.fields.filter(isActiveField);
  const archived = view.fields.filter((field) => !isActiveField(field));
  return (
    <div className={css.section}>
      <p className={css.quiet}>{t(canEdit ? 'fields:intro' : 'fields:leadsOnly')}</p>
      <div className={css.bar}>
        <Tabs
          label={t('fields:view')}
          value={tab}
          tabs={[
            { value: 'fields', label: t('fields:tab.fields') },
            { value: 'translations', label: t('fields:tab.translations') },
          ]}
          onChange={setTab}
        />
        {canEdit && !adding && (
          <Button look="primary" icon={<Icon of={Plus} />} onClick={() => setAdding(true)}>
            {t('fields:add')}
          </Button>
        )}
      </div>
      {adding && <AddField view={view} onDone={() => setAdding(false)} />}
      {tab === 'fields' ? (
        <FieldTable
          all={view.fields}
          fields={active}
          nameOf={nameOf}
          canEdit={canEdit}
          onDelete={setDeleting}
        />
      ) : (
        <TranslationTable fields={active} nameOf={nameOf} language={view.language} canEdit={canEdit} />
      )}
      <Archived fields={archived} nameOf={nameOf} canEdit={canEdit} onDelete={setDeleting} />
      {deleting !== null && (
        <DeleteField field={deleting} name={nameOf(deleting.key)} onDone={() => setDeleting(null)} />
      )}
    </div>
  );
}
