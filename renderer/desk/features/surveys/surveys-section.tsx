import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Survey } from '../../../../src/domain/csat/survey.ts';
import { contentOf, type SurveyContent } from '../../../../src/protocol/surveys.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useChange } from '../actions/use-change.ts';
import { useIsLead } from '../fields/role.ts';
import { newDocumentId } from '../insight/document-id.ts';
import { Check } from '../visibility/check.tsx';
import { AddressRow } from './address-row.tsx';
import { type ConditionWords, useConditionWords } from './condition-words.ts';
import { movedPosition, newSurvey } from './survey-draft.ts';
import { SurveyEditor } from './survey-editor.tsx';
import css from './surveys.module.css';

interface Editing {
  readonly id: string;
  readonly standing: Survey | null;
  readonly start: SurveyContent;
}

function Row(props: {
  readonly survey: Survey;
  readonly surveys: readonly Survey[];
  readonly words: ConditionWords;
  readonly canEdit: boolean;
  readonly onEdit: () => void;
}) {
  const { survey, surveys, words, canEdit } = props;
  const { t } = useText();
  const change = useChange();
  const { id, name, scale, conditions } = survey;
  const when =
    conditions.length === 0 ? t('surveys:everyClosing') : conditions.map(words.sentence).join(' · ');
  const move = (step: -1 | 1) => {
    const position = movedPosition(surveys, id, step);
    return {
      disabled: position === null,
      onClick: () => void (position !== null && change('survey.move', { id, position }, { quiet: true })),
    };
  };
  return (
    <li className={css.row}>
      <Check
        label={t('surveys:switch', { name })}
        checked={survey.onSince !== null}
        disabled={!canEdit}
        onChange={(on) => change('survey.setOn', { id, on })}
      />
      <div className={css.what}>
        {canEdit ? (
          <Button
            look="link"
            aria-label={t('surveys:edit', { name })}
            data-survey={id}
            onClick={props.onEdit}
          >
            <bdi>{name}</bdi>
          </Button>
        ) : (
          <bdi>{name}</bdi>
        )}
        <span className={css.quiet}>
          {t('surveys:points', { points: scale })} · <bdi>{when}</bdi>
        </span>
      </div>
      {canEdit && (
        <span className={css.moves}>
          <IconButton small icon={ArrowUp} name={t('surveys:moveUp', { name })} {...move(-1)} />
          <IconButton small icon={ArrowDown} name={t('surveys:moveDown', { name })} {...move(1)} />
        </span>
      )}
    </li>
  );
}

/** The workspace's surveys in the order in which they are looked at (C8–C11, Q3); leads change them. */
export function SurveysSection() {
  const { t } = useText();
  const { data } = useDeskQuery('surveys.list', {});
  const canEdit = useIsLead();
  const words = useConditionWords([]);
  const [editing, setEditing] = useState<Editing | null>(null);
  if (data === undefined) return null;
  const { surveys } = data;
  if (editing !== null) return <SurveyEditor key={editing.id} {...editing} onDone={() => setEditing(null)} />;
  const start = (): void => {
    const content = newSurvey(t('surveys:new.name'), data.language, surveys);
    setEditing({ id: newDocumentId(), standing: null, start: content });
  };
  return (
    <div className={css.section}>
      <p className={css.intro}>{t('surveys:intro')}</p>
      {!canEdit && <p className={css.intro}>{t('surveys:leadsOnly')}</p>}
      {surveys.length === 0 ? (
        <p className={css.empty}>{t('surveys:empty')}</p>
      ) : (
        <ul className={css.list} aria-label={t('surveys:section')}>
          {surveys.map((survey) => (
            <Row
              key={survey.id}
              survey={survey}
              surveys={surveys}
              words={words}
              canEdit={canEdit}
              onEdit={() => setEditing({ id: survey.id, standing: survey, start: contentOf(survey) })}
            />
          ))}
        </ul>
      )}
      {canEdit && (
        <div>
          <Button look="primary" icon={<Icon of={Plus} />} onClick={start}>
            {t('surveys:new')}
          </Button>
        </div>
      )}
      <AddressRow address={data.address} />
    </div>
  );
}
