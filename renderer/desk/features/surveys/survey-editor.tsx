import { type ReactNode, useId, useState } from 'react';
import { CSAT_SCALES } from '../../../../src/domain/csat/scale.ts';
import { contentOf, type SurveyContent } from '../../../../src/protocol/surveys.ts';
import type { Survey } from '../../../../src/domain/csat/survey.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useChange } from '../actions/use-change.ts';
import { ConditionList } from './condition-list.tsx';
import { useConditionWords } from './condition-words.ts';
import { DELAYS, EXPIRIES, isWhole, lengthsWith } from './survey-draft.ts';
import { SurveyPreview } from './survey-preview.tsx';
import { surveyLanguages, SurveyTextsEditor } from './survey-texts.tsx';
import css from './surveys.module.css';

interface PartProps {
  readonly content: SurveyContent;
  readonly onChange: (next: SurveyContent) => void;
}

function Pair({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={css.pair}>
      <span>{label}</span>
      {children}
    </div>
  );
}

function Names({ content, onChange }: PartProps) {
  const { t } = useText();
  const id = useId();
  return (
    <>
      <div className={css.text}>
        <label htmlFor={`${id}-name`}>{t('surveys:name')}</label>
        <TextField
          id={`${id}-name`}
          maxLength={200}
          autoFocus
          value={content.name}
          aria-describedby={`${id}-name-help`}
          onChange={(event) => onChange({ ...content, name: event.currentTarget.value })}
        />
        <span id={`${id}-name-help`} className={css.quiet}>
          {t('surveys:name.help')}
        </span>
      </div>
      <div className={css.text}>
        <label htmlFor={`${id}-sender`}>{t('surveys:sender')}</label>
        <TextField
          id={`${id}-sender`}
          maxLength={200}
          value={content.sender ?? ''}
          aria-describedby={`${id}-sender-help`}
          onChange={(event) => onChange({ ...content, sender: event.currentTarget.value || null })}
        />
        <span id={`${id}-sender-help`} className={css.quiet}>
          {t('surveys:sender.help')}
        </span>
      </div>
    </>
  );
}

function Questions({ content, onChange }: PartProps) {
  const { t } = useText();
  return (
    <>
      <Pair label={t('surveys:scale')}>
        <Select
          label={t('surveys:scale')}
          value={`${content.scale}`}
          choices={CSAT_SCALES.map((scale) => ({ value: `${scale}`, label: t(`surveys:scale.${scale}`) }))}
          onChange={(value) =>
            onChange({ ...content, scale: CSAT_SCALES.find((scale) => `${scale}` === value) ?? 5 })
          }
        />
      </Pair>
      <Pair label={t('surveys:comment')}>
        <Select
          label={t('surveys:comment')}
          value={content.comment}
          choices={(['none', 'optional', 'required'] as const).map((value) => ({
            value,
            label: t(`surveys:comment.${value}`),
          }))}
          onChange={(comment) => onChange({ ...content, comment })}
        />
      </Pair>
      {(['scoreRequired', 'formRequired'] as const).map((flag) => (
        <label key={flag} className={css.check}>
          <input
            type="checkbox"
            checked={content[flag]}
            onChange={(event) => onChange({ ...content, [flag]: event.currentTarget.checked })}
          />
          {t(`surveys:${flag}`)}
        </label>
      ))}
    </>
  );
}

function Times({ content, onChange }: PartProps) {
  const { t, formats } = useText();
  const choices = (offered: readonly number[], standing: number) =>
    lengthsWith(offered, standing).map((length) => ({
      value: `${length}`,
      label: formats.duration(length),
    }));
  return (
    <>
      <Pair label={t('surveys:delay')}>
        <Select
          label={t('surveys:delay')}
          value={`${content.delay}`}
          choices={choices(DELAYS, content.delay)}
          onChange={(delay) => onChange({ ...content, delay: Number(delay) })}
        />
      </Pair>
      <Pair label={t('surveys:expiry')}>
        <Select
          label={t('surveys:expiry')}
          value={`${content.expiry}`}
          choices={choices(EXPIRIES, content.expiry)}
          onChange={(expiry) => onChange({ ...content, expiry: Number(expiry) })}
        />
      </Pair>
    </>
  );
}

/** Edits one survey beside the customer's page as it will be (C8–C11). */
export function SurveyEditor(props: {
  readonly id: string;
  /** Null for a new one. */
  readonly standing: Survey | null;
  readonly start: SurveyContent;
  readonly onDone: () => void;
}) {
  const { id, standing, onDone } = props;
  const { t } = useText();
  const change = useChange();
  const [content, setContent] = useState(props.start);
  const [language, setLanguage] = useState(props.start.defaultLanguage);
  const words = useConditionWords(surveyLanguages(content));
  const isReady = content.name.trim() !== '' && content.conditions.every(isWhole);
  const save = async (on?: boolean): Promise<void> => {
    const expect = standing === null ? {} : { expect: contentOf(standing) };
    const args = { id, survey: content, ...expect, ...(on === undefined ? {} : { on }) };
    if (await change('survey.save', args)) onDone();
  };
  return (
    <div className={css.editor}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void save();
        }}
      >
        <Names content={content} onChange={setContent} />
        <Questions content={content} onChange={setContent} />
        <Times content={content} onChange={setContent} />
        <ConditionList
          conditions={content.conditions}
          words={words}
          onChange={(conditions) => setContent({ ...content, conditions })}
        />
        <SurveyTextsEditor
          content={content}
          language={language}
          onLanguage={setLanguage}
          onChange={setContent}
        />
        <div className={css.actions}>
          {standing?.onSince == null && (
            <Button look="primary" disabled={!isReady} onClick={() => void save(true)}>
              {t('surveys:saveOn')}
            </Button>
          )}
          <Button
            type="submit"
            disabled={!isReady}
            {...(standing?.onSince == null ? {} : { look: 'primary' as const })}
          >
            {t('surveys:save')}
          </Button>
          <Button look="quiet" onClick={onDone}>
            {t('common:cancel')}
          </Button>
          {standing !== null && (
            <Button
              look="danger"
              className={css.end}
              onClick={() => void change('survey.delete', { id }).then((done) => done && onDone())}
            >
              {t('surveys:delete')}
            </Button>
          )}
        </div>
      </form>
      <SurveyPreview survey={{ id, onSince: null, ...content }} language={language} />
    </div>
  );
}
