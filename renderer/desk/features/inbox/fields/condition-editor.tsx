import { ArrowLeft, Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { FieldCondition } from '../../../../../src/protocol/rpc/list.ts';
import { useDeskQuery } from '../../../engine/use-desk-query.ts';
import { useText } from '../../../i18n/text-provider.tsx';
import { Button } from '../../../ui/button.tsx';
import { Picker } from '../../../ui/combobox.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import popup from '../../../ui/popup.module.css';
import { Select } from '../../../ui/select.tsx';
import type { Reading } from '../../fields/typed-input.ts';
import { type ConditionDraft, conditionOf, draftOf, operatorsOf, UNITS } from './condition-draft.ts';
import css from './condition-editor.module.css';
import type { ListField } from './list-fields.ts';

interface PartProps {
  readonly field: ListField;
  readonly draft: ConditionDraft;
  readonly onChange: (change: Partial<ConditionDraft>) => void;
}

/** Both ends of a range; either may stay open. */
function RangeInputs({ field, draft, onChange }: PartProps) {
  const { t } = useText();
  const type = field.type === 'Datetime' ? 'date' : 'text';
  const input = (end: 'from' | 'to') => (
    <label className={css.end}>
      <span>{t(`inbox:condition.${end}`)}</span>
      <TextField
        type={type}
        inputMode={field.type === 'Number' || field.type === 'Duration' ? 'decimal' : 'text'}
        placeholder={field.type === 'Date' ? t('fields:add.date') : ''}
        value={draft[end]}
        autoFocus={end === 'from'}
        onChange={(event) => onChange({ [end]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <div className={css.ends}>
      {input('from')}
      {input('to')}
      {field.type === 'Duration' && (
        <Select
          label={t('inbox:condition.unit')}
          value={draft.unit}
          choices={UNITS.map((unit) => ({ value: unit, label: t(`inbox:condition.${unit}`) }))}
          onChange={(unit) => onChange({ unit })}
        />
      )}
    </div>
  );
}

const MOST_VALUES = 50;

/** Values that conversations have of the field; each is put in or taken out. What is typed can be taken as it stands. */
function ValueChoices({ field, draft, onChange }: PartProps) {
  const { t } = useText();
  const [text, setText] = useState('');
  const { data } = useDeskQuery(
    'fields.values',
    { field: field.key, text, limit: MOST_VALUES },
    { keep: true },
  );
  const typed = text.trim();
  const chosen = draft.values.filter((value) =>
    value.toLocaleLowerCase().includes(typed.toLocaleLowerCase()),
  );
  const offered = [...new Set([...chosen, ...(data ?? []), ...(typed === '' ? [] : [typed])])];
  const toggle = (value: string): void =>
    onChange({
      values: draft.values.includes(value)
        ? draft.values.filter((other) => other !== value)
        : [...draft.values, value],
    });
  return (
    <Picker
      label={field.name}
      placeholder={t('inbox:condition.find')}
      items={offered.map((value) => ({ id: value, label: value }))}
      query={text}
      onQuery={setText}
      onPick={({ id }) => toggle(id)}
      empty={t('inbox:filter.noMatch')}
      renderItem={({ id }) => (
        <>
          <span>{draft.values.includes(id) && <Icon of={Check} />}</span>
          <bdi className={popup.label}>{id}</bdi>
        </>
      )}
    />
  );
}

function Inputs(props: PartProps) {
  const { t } = useText();
  const { draft, onChange, field } = props;
  if (draft.operator === 'between') return <RangeInputs {...props} />;
  if (draft.operator === 'anyOf') return <ValueChoices {...props} />;
  if (draft.operator !== 'contains') return null;
  return (
    <TextField
      aria-label={`${field.name}: ${t('inbox:operator.contains')}`}
      value={draft.text}
      autoFocus
      onChange={(event) => onChange({ text: event.currentTarget.value })}
    />
  );
}

/** What must hold of a field: chosen, written, and applied as a whole. */
export function ConditionEditor(props: {
  readonly field: ListField;
  readonly condition: FieldCondition | undefined;
  readonly onBack: () => void;
  readonly onApply: (condition: FieldCondition) => void;
}) {
  const { t, formats, locale } = useText();
  const { field, onApply } = props;
  const reading: Reading = { locale, civil: formats.civil };
  const [draft, setDraft] = useState(() => draftOf(field, props.condition, reading));
  const [isWrong, setWrong] = useState(false);
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    const condition = conditionOf(field, draft, reading);
    setWrong(condition === null);
    if (condition !== null) onApply(condition);
  };
  const change = (part: Partial<ConditionDraft>): void => {
    setWrong(false);
    setDraft((former) => ({ ...former, ...part }));
  };
  return (
    <form className={css.editor} aria-label={field.name} onSubmit={apply}>
      <div className={css.head}>
        <IconButton small mirrored icon={ArrowLeft} name={t('common:back')} onClick={props.onBack} />
        <bdi className={css.name}>{field.name}</bdi>
      </div>
      <Select
        label={t('inbox:condition.label')}
        value={draft.operator}
        choices={operatorsOf(field).map((value) => ({ value, label: t(`inbox:operator.${value}`) }))}
        onChange={(operator) => change({ operator })}
      />
      <Inputs field={field} draft={draft} onChange={change} />
      {isWrong && (
        <p className={css.problem} role="alert">
          {t('inbox:condition.wrong')}
        </p>
      )}
      <Button type="submit" look="primary" small>
        {t('common:apply')}
      </Button>
    </form>
  );
}
