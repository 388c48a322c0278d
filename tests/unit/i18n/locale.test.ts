import { describe, expect, test } from 'vitest';
import { directionOf, fallbackChain, localizedName, negotiateLocale } from '../../../src/i18n/locale.ts';
import { pluralCategories, pluralCategory, splitPluralKey } from '../../../src/i18n/plural.ts';

const AVAILABLE = ['en', 'ko', 'pt-BR', 'sv'];

describe('the language that is chosen', () => {
  test.each([
    [['ko'], 'ko'],
    [['ko-KR', 'en'], 'ko'],
    [['pt'], 'pt-BR'],
    [['pt-PT'], 'pt-BR'],
    [['PT-br'], 'pt-BR'],
    [['fi', 'sv-FI', 'en'], 'sv'],
    [['fi', 'ja'], 'en'],
    [[], 'en'],
    [['', 'not a tag'], 'en'],
  ])('%j gets %s', (wanted, expected) => {
    expect(negotiateLocale(wanted, AVAILABLE, 'en')).toBe(expected);
  });

  test('the reader’s order decides, not ours', () => {
    expect(negotiateLocale(['sv', 'ko'], AVAILABLE, 'en')).toBe('sv');
    expect(negotiateLocale(['ko', 'sv'], AVAILABLE, 'en')).toBe('ko');
  });

  test('its own region comes before another', () => {
    expect(negotiateLocale(['pt-PT'], ['pt-BR', 'pt-PT', 'pt'], 'en')).toBe('pt-PT');
    expect(negotiateLocale(['pt-AO'], ['pt-BR', 'pt-PT', 'pt'], 'en')).toBe('pt');
  });
});

describe('[F2] the chain of fallbacks', () => {
  test.each([
    ['pt-BR', ['pt-BR', 'en']],
    ['pt', ['pt-BR', 'en']],
    ['ko-KR', ['ko', 'en']],
    ['en', ['en']],
    ['fi', ['en']],
  ])('of %s is %j', (tag, expected) => {
    expect(fallbackChain(tag, AVAILABLE, 'en')).toEqual(expected);
  });

  test('language, base language, workspace default, key', () => {
    const names = { en: 'Score', ko: '점수', pt: 'Nota', 'sv-FI': '' };
    expect(localizedName(names, 'ko-KR', 'en', 'profile.csat')).toBe('점수');
    expect(localizedName(names, 'pt-BR', 'en', 'profile.csat')).toBe('Nota');
    expect(localizedName(names, 'fi', 'en', 'profile.csat')).toBe('Score');
    expect(localizedName(names, 'sv-FI', 'en', 'profile.csat')).toBe('Score');
    expect(localizedName({}, 'fi', 'en', 'profile.csat')).toBe('profile.csat');
    expect(localizedName({ constructor: 'Builder' }, 'fi', 'en', 'key')).toBe('key');
  });
});

describe('direction', () => {
  test.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['fa', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['en-XB', 'rtl'],
    ['en-XA', 'ltr'],
    ['ko', 'ltr'],
  ])('%s runs %s', (tag, direction) => {
    expect(directionOf(tag)).toBe(direction);
  });
});

describe('plural categories', () => {
  test.each([
    ['en', ['one', 'other']],
    ['ko', ['other']],
    ['pt-BR', ['one', 'many', 'other']],
    ['sv', ['one', 'other']],
    ['ar', ['zero', 'one', 'two', 'few', 'many', 'other']],
    ['en-XB', ['one', 'other']],
  ])('of %s are %j', (tag, expected) => {
    expect(pluralCategories(tag)).toEqual(expected);
  });

  test('a count has its category', () => {
    expect(pluralCategory('pt-BR', 1_000_000)).toBe('many');
    expect(pluralCategory('pt-BR', 0)).toBe('one');
    expect(pluralCategory('ko', 1)).toBe('other');
  });

  test.each([
    ['row.count_one', 'row.count', 'one'],
    ['channel.web_chat', 'channel.web_chat', null],
    ['reason.other', 'reason.other', null],
    ['a_b_many', 'a_b', 'many'],
  ])('%s is %s with %s', (key, base, category) => {
    expect(splitPluralKey(key)).toEqual({ base, category });
  });
});
