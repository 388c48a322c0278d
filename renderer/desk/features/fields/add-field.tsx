import { useId, useState } from 'react';
import { FIELD_TYPES, type FieldType } from '../../../../src/domain/fields/definition.ts';
import { lastPosition } from '../../../../src/domain/fields/order.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useChange } from '../actions/use-change.ts';
import css from './fields-section.module.css';
import { keyProblem, suggestedKey } from './new-field.ts';

/** What a new field needs: a name in the reader's language, a key that follows it until it is changed, a type. */
export function AddField(props: { readonly view: FieldsView; readonly onDone: () => void }) {
  const { view, onDone } = props;
  const { t, formats, locale } = useText();
  const change = useChange();
  const id = useId();
  const [name, setName] = useState('');
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [type, setType] = useState<FieldType>('String');
  const [tried, setTried] = useState(false);
  const key = ownKey ?? suggestedKey(name, view);
  const problem = keyProblem(key, view);
  const isNamed = name.trim() !== '';
  const add = async (): Promise<void> => {
    setTried(true);
    if (problem !== null || !isNamed) return;
    const saved = await change('field.define', {
      field: key,
      type,
      names: { [locale]: name },
      position: lastPosition(view.fields),
    });
    if (saved) onDone();
  };
  const language = formats.languageName(locale);
  return (
    <form
      className={css.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label htmlFor={`${id}name`}>{t('fields:add.name', { language })}</label>
      <TextField
        id={`${id}name`}
        autoFocus
        value={name}
        maxLength={200}
        aria-invalid={tried && !isNamed}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {tried && !isNamed && (
        <p className={css.problem} role="alert">
          {t('fields:problem.name')}
        </p>
      )}
      <label htmlFor={`${id}type`}>{t('fields:add.type')}</label>
      <div>
        <Select
          id={`${id}type`}
          label={t('fields:add.type')}
          value={type}
          choices={FIELD_TYPES.map((value) => ({ value, label: t(`fields:type.${value}`) }))}
          onChange={setType}
        />
      </div>
      <label htmlFor={`${id}key`}>{t('fields:add.key')}</label>
      <TextField
        id={`${id}key`}
        className={css.mono}
        value={key}
        maxLength={100}
        spellCheck={false}
        aria-invalid={problem !== null && (tried || ownKey !== null)}
        onChange={(event) => setOwnKey(event.currentTarget.value)}
      />
      {problem !== null && (tried || ownKey !== null) && (
        <p className={css.problem} role="alert">
          {t(`fields:problem.${problem}`)}
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onDone}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit">
          {t('common:add')}
        </Button>
      </div>
    </form>
  );
}
