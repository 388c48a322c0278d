import type { AskedSurvey, SurveyPage } from '../protocol/page/survey-page.ts';
import { directionOf } from '../i18n/locale.ts';
import { element, htmlOf, type PageElement } from './nodes.ts';
import { faceOf, surveyForm } from './survey-form.ts';
import { SURVEY_STYLE } from './survey-style.ts';
import { languageAttributes, type SurveyWords, type WordsFor } from './survey-texts.ts';

function askedOf(page: SurveyPage): AskedSurvey | null {
  return 'csat' in page ? page : null;
}

function answerGiven({ csat }: AskedSurvey, words: SurveyWords): PageElement | null {
  if (csat.scale === null || csat.score === null) return null;
  return element(
    'p',
    { class: 'given' },
    element('span', { class: 'face', 'aria-hidden': 'true' }, faceOf(csat.scale, csat.score)),
    element('span', {}, words.t('thanks.given', { answer: words.scoreName(csat.scale, csat.score) })),
  );
}

function until({ csat }: AskedSurvey, key: string, words: SurveyWords): PageElement | null {
  if (csat.expiresAt === null) return null;
  return element('p', { class: 'hint' }, words.t(key, { moment: words.moment(csat.expiresAt) }));
}

function thanks(page: Extract<SurveyPage, { state: 'thanks' }>, words: SurveyWords): readonly PageElement[] {
  const said = words.own('thanks');
  return [
    element('h1', languageAttributes(said.language, words.language), said.text),
    ...[answerGiven(page, words), until(page, 'thanks.until', words)].filter((part) => part !== null),
    element(
      'p',
      { class: 'actions' },
      element('a', { href: `${page.path}?change` }, words.t('thanks.change')),
    ),
  ];
}

function later(page: Extract<SurveyPage, { state: 'later' }>, words: SurveyWords): readonly PageElement[] {
  const when = until(page, 'later.until', words);
  return [
    element('h1', {}, words.t('later.title')),
    ...(when === null ? [] : [when]),
    element('p', { class: 'actions' }, element('a', { href: page.path }, words.t('later.back'))),
  ];
}

function expired(page: AskedSurvey, words: SurveyWords): readonly PageElement[] {
  const given = answerGiven(page, words);
  return [
    element('h1', {}, words.t('expired.title')),
    element('p', {}, words.t(page.csat.score === null ? 'expired.body' : 'expired.kept')),
    ...(given === null ? [] : [given]),
  ];
}

function contentOf(page: SurveyPage, words: SurveyWords): readonly PageElement[] {
  switch (page.state) {
    case 'form':
      return surveyForm(page, words);
    case 'thanks':
      return thanks(page, words);
    case 'later':
      return later(page, words);
    case 'expired':
      return expired(page, words);
    default:
      return [
        element('h1', {}, words.t(`${page.state}.title`)),
        element('p', {}, words.t(`${page.state}.body`)),
      ];
  }
}

/** The card of a page: what the customer sees, and what the editor's preview draws. */
export function surveyCard(page: SurveyPage, words: SurveyWords): PageElement {
  const sender = askedOf(page)?.survey?.sender ?? null;
  return element(
    'main',
    { class: 'card', lang: words.language, dir: directionOf(words.language) },
    sender === null ? null : element('p', { class: 'sender', dir: 'auto' }, sender),
    ...contentOf(page, words),
  );
}

/** The whole document: no script, one style, nothing loaded from anywhere. */
export function surveyDocument(page: SurveyPage, languages: readonly string[], wordsFor: WordsFor): string {
  const words = wordsFor(askedOf(page), languages);
  const card = surveyCard(page, words);
  const title = card.children.find((child) => typeof child !== 'string' && child.tag === 'h1');
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="robots" content="noindex">',
    htmlOf(element('title', {}, ...(typeof title === 'object' ? title.children : []))),
    // The one style is the program's own text; escaping would change it and its hash.
    `<style>${SURVEY_STYLE}</style>`,
  ].join('');
  const lang = htmlOf(element('html', { lang: words.language, dir: directionOf(words.language) }));
  return `<!doctype html>${lang.replace('</html>', '')}<head>${head}</head><body>${htmlOf(card)}</body></html>`;
}
