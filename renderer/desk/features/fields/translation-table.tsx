import type { FieldDefinition } from '../../../../src/domain/fields/definition.ts';
import { fieldName } from '../../../../src/i18n/field-names.ts';
import { SHIPPED_LOCALES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { shippedNames } from './field-names.ts';
import css from './fields-section.module.css';
import { NameInput } from './name-input.tsx';

/** What must fit beside each other can be scrolled by keyboard too. */
const SCROLLABLE = { role: 'group', tabIndex: 0 } as const;

/** Every field's name in every shipped language (F2); an empty place shows what a reader of that language sees. */
export function TranslationTable(props: {
  readonly fields: readonly FieldDefinition[];
  readonly nameOf: (key: string) => string;
  readonly language: string;
  readonly canEdit: boolean;
}) {
  const { fields, nameOf, canEdit } = props;
  const { t, formats } = useText();
  return (
    <div className={css.frame} aria-label={t('fields:tab.translations')} {...SCROLLABLE}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('fields:column.field')}</th>
            {SHIPPED_LOCALES.map((tag) => (
              <th key={tag} scope="col" lang={tag}>
                {formats.languageName(tag)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map(({ key, names }) => (
            <tr key={key}>
              <th scope="row">
                <bdi>{nameOf(key)}</bdi>
                <bdi className={css.under}>{key}</bdi>
              </th>
              {SHIPPED_LOCALES.map((tag) => (
                <td key={tag}>
                  <NameInput
                    field={key}
                    language={tag}
                    name={names[tag] ?? null}
                    behind={fieldName({ key, names, shipped: shippedNames(key) }, tag, props.language)}
                    disabled={!canEdit}
                    label={t('fields:nameIn', { field: nameOf(key), language: formats.languageName(tag) })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
