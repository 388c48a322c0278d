import { describe, expect, test } from 'vitest';
import { checkAnswer, MAX_COMMENT } from '../../../../src/domain/csat/answer.ts';
import { findLanguage, languageChain, surveyText } from '../../../../src/domain/csat/survey.ts';
import { minute } from '../../../support/domain/history.ts';
import { surveyOf } from '../../../support/domain/surveys.ts';

const sent = { scale: 3, expiresAt: minute(100) } as const;
const asked = surveyOf();

function answer(score: number | null, comment: string | null = null, over = {}, at = 50) {
  return checkAnswer(sent, { ...asked, ...over }, { score, comment }, minute(at));
}

describe('a customer’s answer', () => {
  test('[Q1] [C9] every point of the scale, and no other number', () => {
    for (const score of [1, 3, 5])
      expect(answer(score)).toEqual({ ok: true, value: { score, comment: null } });
    for (const score of [0, 2, 4, 6, -1, 1.5, Number.NaN])
      expect(answer(score)).toEqual({ ok: false, error: { type: 'wrongScore' } });
  });

  test('[Q4] until it expires, its last moment included', () => {
    expect(answer(5, null, {}, 100).ok).toBe(true);
    const late = checkAnswer(sent, asked, { score: 5, comment: null }, minute(101));
    expect(late).toEqual({ ok: false, error: { type: 'expired' } });
    expect(
      checkAnswer({ ...sent, expiresAt: null }, asked, { score: 5, comment: null }, minute(9_999)).ok,
    ).toBe(true);
  });

  test('[Q3] [C9] required questions', () => {
    expect(answer(null, 'fine')).toEqual({ ok: false, error: { type: 'scoreMissing' } });
    expect(answer(null, 'fine', { scoreRequired: false })).toEqual({
      ok: true,
      value: { score: null, comment: 'fine' },
    });
    expect(answer(null, '  ', { scoreRequired: false })).toMatchObject({ error: { type: 'scoreMissing' } });
    expect(answer(5, ' ', { comment: 'required' })).toMatchObject({ error: { type: 'commentMissing' } });
    expect(answer(5, ' ok ', { comment: 'required' })).toMatchObject({ value: { comment: 'ok' } });
  });

  test('[Q3] a comment that was not asked for is not kept; one too long is refused, not cut', () => {
    expect(answer(5, 'hi', { comment: 'none' })).toMatchObject({ value: { comment: null } });
    expect(answer(5, 'x'.repeat(MAX_COMMENT)).ok).toBe(true);
    expect(answer(5, 'x'.repeat(MAX_COMMENT + 1))).toMatchObject({ error: { type: 'commentTooLong' } });
  });
});

describe('texts of a survey', () => {
  const product = (language: string): string | null =>
    ({ en: 'How was it?', ko: '어떠셨나요?' })[findLanguage(['en', 'ko'], language) ?? ''] ?? null;
  const survey = surveyOf({
    texts: { pt: { question: 'Como foi?' }, sv: { question: 'Hur var det?' } },
    defaultLanguage: 'sv',
  });

  test.each([
    ['pt-BR', 'Como foi?', 'survey'],
    ['PT', 'Como foi?', 'survey'],
    ['ko-KR', '어떠셨나요?', 'product'],
    ['en-US', 'How was it?', 'product'],
    ['fr', 'Hur var det?', 'survey'],
  ])('[C9] in %s it says "%s"', (language, text, from) => {
    expect(surveyText(survey, 'question', language, product)).toMatchObject({ text, from });
  });

  test('[C9] an empty text is none: the next language of the chain has its say', () => {
    const texts = { 'pt-BR': { question: '' }, pt: { question: 'Como foi?' }, en: { title: 'Us' } };
    expect(surveyText({ texts, defaultLanguage: 'en' }, 'question', 'pt-BR', () => null)).toEqual({
      text: 'Como foi?',
      language: 'pt',
      from: 'survey',
    });
    expect(surveyText({ texts, defaultLanguage: 'en' }, 'question', 'en', product)).toMatchObject({
      text: 'How was it?',
      from: 'product',
    });
  });

  test('[C9] a text the survey has nowhere is the product’s in its default language, else English', () => {
    expect(surveyText(survey, 'thanks', 'fr', product)).toMatchObject({
      text: 'How was it?',
      language: 'en',
    });
    expect(surveyText({ ...survey, defaultLanguage: 'ko' }, 'thanks', 'fr', product)).toMatchObject({
      text: '어떠셨나요?',
      language: 'ko',
    });
    expect(surveyText(survey, 'thanks', 'fr', () => null)).toBeNull();
  });

  test('[C9] a language and what stands behind it', () => {
    expect(languageChain('zh-Hant-TW')).toEqual(['zh-Hant-TW', 'zh-Hant', 'zh']);
    expect(findLanguage(['PT', 'en'], 'pt-BR')).toBe('PT');
    expect(findLanguage(['pt-BR'], 'pt')).toBeNull();
  });
});
