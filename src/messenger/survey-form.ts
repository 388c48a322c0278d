import { SCORES_OF } from '../domain/csat/scale.ts';
import type { CsatScale } from '../domain/model.ts';
import type { SurveyPage } from '../protocol/page/survey-page.ts';
import { element, type PageElement, type PageNode } from './nodes.ts';
import { languageAttributes, type SurveyWords } from './survey-texts.ts';

type FormPage = Extract<SurveyPage, { state: 'form' }>;

/**
 * The face of every point, from the oldest set, which every system has; its name stands beside it, so that nothing is told by
 * a picture alone.
 */
const FACES: Readonly<Record<CsatScale, readonly string[]>> = {
  2: ['😞', '😊'],
  3: ['😞', '😐', '😊'],
  5: ['😠', '😞', '😐', '😊', '😄'],
};

/** The face of a score; empty for one that is no point of its scale. */
export function faceOf(scale: CsatScale, score: number): string {
  return FACES[scale][SCORES_OF[scale].indexOf(score)] ?? '';
}

function face(scale: CsatScale, score: number, words: SurveyWords, chosen: number | null): PageElement {
  const id = `score-${score}`;
  return element(
    'div',
    { class: 'point' },
    element('input', {
      type: 'radio',
      name: 'score',
      id,
      value: String(score),
      checked: chosen === score,
    }),
    element(
      'label',
      { for: id },
      element('span', { class: 'face', 'aria-hidden': 'true' }, faceOf(scale, score)),
      element('span', { class: 'name' }, words.scoreName(scale, score)),
    ),
  );
}

function points(page: FormPage, words: SurveyWords, scale: CsatScale): PageElement {
  const question = words.own('question');
  const isOptional = page.survey?.scoreRequired === false;
  const chosen = (page.given ?? page.csat).score;
  return element(
    'fieldset',
    {
      class: `scale scale-${scale}`,
      'aria-describedby': page.problem === null ? null : 'problem',
    },
    element(
      'legend',
      languageAttributes(question.language, words.language),
      question.text,
      isOptional ? element('span', { class: 'hint' }, ` ${words.t('survey.optional')}`) : null,
    ),
    element(
      'div',
      { class: 'points' },
      ...SCORES_OF[scale].map((score) => face(scale, score, words, chosen)),
    ),
  );
}

function comment(page: FormPage, words: SurveyWords): PageNode | null {
  const mode = page.survey?.comment ?? 'optional';
  if (mode === 'none') return null;
  const label = words.own('commentLabel');
  const isWrong = page.problem === 'commentMissing' || page.problem === 'commentTooLong';
  return element(
    'div',
    { class: 'comment' },
    element(
      'label',
      { for: 'comment', ...languageAttributes(label.language, words.language) },
      label.text,
      mode === 'optional' ? element('span', { class: 'hint' }, ` ${words.t('survey.optional')}`) : null,
    ),
    element(
      'textarea',
      {
        id: 'comment',
        name: 'comment',
        rows: '3',
        maxlength: '4000',
        dir: 'auto',
        required: mode === 'required',
        'aria-invalid': isWrong ? 'true' : null,
        'aria-describedby': isWrong ? 'problem' : null,
      },
      (page.given ?? page.csat).comment ?? '',
    ),
  );
}

/** The form: a radio group of faces, a comment, and what was wrong. Plain HTML that is sent without any script. */
export function surveyForm(page: FormPage, words: SurveyWords): readonly PageElement[] {
  const title = words.own('title');
  const { scale } = page.csat;
  const mayPutAside = page.survey?.formRequired !== true && page.csat.score === null;
  return [
    element('h1', languageAttributes(title.language, words.language), title.text),
    element(
      'form',
      { method: 'post', action: page.path },
      page.problem === null
        ? null
        : element(
            'p',
            { class: 'problem', id: 'problem', role: 'alert' },
            words.t(`problem.${page.problem}`),
          ),
      scale === null ? null : points(page, words, scale),
      comment(page, words),
      element(
        'div',
        { class: 'actions' },
        element('button', { type: 'submit' }, words.t('survey.submit')),
        mayPutAside ? element('a', { href: `${page.path}?later` }, words.t('survey.later')) : null,
      ),
    ),
  ];
}
