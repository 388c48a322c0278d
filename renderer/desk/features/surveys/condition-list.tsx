import { Check, Plus, X } from 'lucide-react';
import {
  CONDITION_SUBJECTS,
  type ConditionOperator,
  type SurveyCondition,
} from '../../../../src/domain/csat/conditions.ts';
import { isActiveField } from '../../../../src/domain/fields/definition.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { LocalPicker } from '../../ui/combobox.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import popup from '../../ui/popup.module.css';
import { Select } from '../../ui/select.tsx';
import { useFields } from '../fields/field-names.ts';
import type { ConditionWords } from './condition-words.ts';
import { conditionOn, isWhole, operatorsFor, replacedAt, toggled, withOperator } from './survey-draft.ts';
import css from './surveys.module.css';

interface LineProps {
  readonly condition: SurveyCondition;
  readonly words: ConditionWords;
  readonly onChange: (next: SurveyCondition | null) => void;
}

const COUNTED = { tag: 'tag', channel: 'channel', handoffReason: 'reasonCode' } as const;

/** Values that occur for the subject, for those that are counted anywhere. */
function useOccurring(subject: string): readonly string[] {
  const property = subject === 'channel' || subject === 'handoffReason' ? COUNTED[subject] : 'tag';
  const counted = useDeskQuery('insight.values', { property, limit: 200 }).data ?? [];
  const isField = subject.startsWith('profile.');
  const field =
    useDeskQuery('fields.values', {
      field: isField ? subject : 'profile',
      text: '',
      limit: 100,
    }).data ?? [];
  if (isField) return field;
  return subject in COUNTED ? counted.map(({ value }) => value) : [];
}

function Values({ condition, words, onChange }: LineProps) {
  const { t } = useText();
  const occurring = useOccurring(condition.subject);
  const fixed = words.offered(condition.subject);
  const isFree =
    condition.subject.startsWith('profile.') || condition.subject === 'tag' || fixed.length === 0;
  const all = [...new Set([...condition.values, ...fixed, ...occurring])];
  const items = all.map((value) => ({ id: value, value, label: words.value(condition.subject, value) }));
  return (
    <LocalPicker
      label={t('surveys:conditions.values')}
      placeholder={t('surveys:conditions.values')}
      items={items}
      empty={t('inbox:filter.noMatch')}
      onPick={({ value }) => onChange(toggled(condition, value))}
      {...(isFree ? { create: (text: string) => ({ id: `new:${text}`, value: text, label: text }) } : {})}
      renderItem={({ id, value, label }) => (
        <>
          <span>
            {id.startsWith('new:') ? (
              <Icon of={Plus} />
            ) : (
              condition.values.includes(value) && <Icon of={Check} />
            )}
          </span>
          <span className={popup.label}>
            <bdi>{label}</bdi>
          </span>
        </>
      )}
    />
  );
}

function ValuesControl(props: LineProps) {
  const { condition, words, onChange } = props;
  const { t } = useText();
  const { operator, values, subject } = condition;
  if (operator === 'isSet' || operator === 'isUnset') return null;
  if (operator === 'atLeast' || operator === 'atMost')
    return (
      <TextField
        inputMode="decimal"
        className={css.number}
        aria-label={t('surveys:conditions.values')}
        value={values[0] ?? ''}
        onChange={(event) => onChange({ ...condition, values: [event.currentTarget.value] })}
      />
    );
  const chosen = values.map((value) => words.value(subject, value)).join(', ');
  return (
    <Popover
      bare
      label={t('surveys:conditions.values')}
      trigger={
        <Button small className={css.values}>
          <bdi>{chosen === '' ? t('surveys:conditions.choose') : chosen}</bdi>
        </Button>
      }
    >
      <Values {...props} />
    </Popover>
  );
}

function ConditionLine({ subjects, ...props }: LineProps & { readonly subjects: readonly string[] }) {
  const { condition, words, onChange } = props;
  const { t } = useText();
  return (
    <li className={css.condition}>
      <div className={css.sentence}>
        <Select
          label={t('surveys:conditions.subject')}
          value={condition.subject}
          choices={[...new Set([...subjects, condition.subject])].map((value) => ({
            value,
            label: words.subject(value),
          }))}
          onChange={(subject) => onChange(conditionOn(subject))}
        />
        <Select<ConditionOperator>
          label={t('surveys:conditions.operator')}
          value={condition.operator}
          choices={operatorsFor(condition.subject).map((value) => ({
            value,
            label: t(`surveys:operator.${value}`),
          }))}
          onChange={(operator) => onChange(withOperator(condition, operator))}
        />
        <ValuesControl {...props} />
      </div>
      <IconButton small icon={X} name={t('surveys:conditions.remove')} onClick={() => onChange(null)} />
    </li>
  );
}

/** On how many of the latest closed conversations the conditions hold, as they are written. */
function Matches({ conditions }: { readonly conditions: readonly SurveyCondition[] }) {
  const { t } = useText();
  const isReady = conditions.every(isWhole);
  const { data } = useDeskQuery(
    'surveys.matches',
    { conditions: isReady ? [...conditions] : [] },
    { enabled: isReady, keep: true },
  );
  if (!isReady) return <p className={css.quiet}>{t('surveys:matches.unfinished')}</p>;
  if (data === undefined) return null;
  const { closed, matching } = data;
  return (
    <p className={css.quiet} role="status">
      {closed === 0 ? t('surveys:matches.none') : t('surveys:matches', { count: closed, matching })}
    </p>
  );
}

/** The conditions of a survey, a sentence each; all must hold (Q3). */
export function ConditionList(props: {
  readonly conditions: readonly SurveyCondition[];
  readonly words: ConditionWords;
  readonly onChange: (next: readonly SurveyCondition[]) => void;
}) {
  const { conditions, words, onChange } = props;
  const { t } = useText();
  const fields = useFields()?.fields.filter(isActiveField) ?? [];
  const subjects = [...CONDITION_SUBJECTS, ...fields.map(({ key }) => key)];
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{t('surveys:conditions')}</legend>
      {conditions.length === 0 && <p className={css.quiet}>{t('surveys:conditions.none')}</p>}
      <ul className={css.conditions}>
        {conditions.map((condition, at) => (
          <ConditionLine
            key={`${at}`}
            condition={condition}
            subjects={subjects}
            words={words}
            onChange={(next) => onChange(replacedAt(conditions, at, next))}
          />
        ))}
      </ul>
      <div>
        <Button small icon={<Icon of={Plus} />} onClick={() => onChange([...conditions, conditionOn('tag')])}>
          {t('surveys:conditions.add')}
        </Button>
      </div>
      {conditions.length > 0 && <Matches conditions={conditions} />}
    </fieldset>
  );
}
