import { describe, expect, test } from 'vitest';
import { createI18n } from '../../../src/i18n/create-i18n.ts';
import { SHIPPED, shippedI18n } from './support.ts';

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

describe('plural forms', () => {
  test.each([
    ['en', '1 conversation', '2 conversations', '1,000,000 conversations'],
    ['ko', '대화 1건', '대화 2건', '대화 1,000,000건'],
    ['pt-BR', '1 conversa', '2 conversas', '1.000.000 de conversas'],
    ['sv', '1 konversation', '2 konversationer', '1 000 000 konversationer'],
  ])('%s: one, two, a million', (tag, one, two, million) => {
    const { t } = shippedI18n(tag);
    const texts = [1, 2, 1_000_000].map((count) => plain(t('common:conversations', { count })));
    expect(texts).toEqual([one, two, million]);
  });

  test('Portuguese says zero in the singular, English in the plural', () => {
    expect(shippedI18n('pt-BR').t('common:messages', { count: 0 })).toBe('0 mensagem');
    expect(shippedI18n('en').t('common:messages', { count: 0 })).toBe('0 messages');
  });
});

describe('values in a text', () => {
  const i18n = createI18n({
    locale: 'en',
    resources: { en: { common: { greet: 'Hello {{name}}', cancel: 'Cancel', year: 'In {{year}}' } } },
  });

  test.each(['<b>Ann</b>', '$t(common:cancel)', '{{name}}', '{{cancel}}', "O'Hara & sons", '한국어'])(
    '%s comes out as it went in',
    (name) => {
      expect(i18n.t('common:greet', { name })).toBe(`Hello ${name}`);
    },
  );

  test('a value keeps its own direction in a text from right to left', () => {
    const rtl = createI18n({ locale: 'ar', resources: { ar: { common: { greet: 'مرحبا {{name}}' } } } });
    expect(rtl.t('common:greet', { name: 'Ann (Björn)' })).toBe('مرحبا \u2068Ann (Björn)\u2069');
  });

  test('the parts of a date or a length are no values of their own', () => {
    const rtl = createI18n({
      locale: 'ar',
      resources: { ar: { formats: { time: '{{hour2}}:{{minute}}' } } },
    });
    expect(rtl.t('formats:time', { hour2: '15', minute: '05' })).toBe('15:05');
  });

  test('numbers are grouped, strings are left alone', () => {
    expect(i18n.t('common:year', { year: 2026 })).toBe('In 2,026');
    expect(i18n.t('common:year', { year: '2026' })).toBe('In 2026');
  });
});

describe('where a text is looked for', () => {
  const resources = {
    en: { common: { both: 'both (en)', source: 'only in the source' } },
    'pt-BR': { common: { both: 'both (pt-BR)' } },
  };

  test('[F2] a missing text comes from the source language', () => {
    const { t } = createI18n({ locale: 'pt-BR', resources });
    expect(t('common:both')).toBe('both (pt-BR)');
    expect(t('common:source')).toBe('only in the source');
  });

  test('[F2] the base of a language is served by its sibling', () => {
    const { t } = createI18n({ locale: 'pt-PT', resources });
    expect(t('common:both')).toBe('both (pt-BR)');
  });

  test('a text that nobody has is its key, and is reported', () => {
    const missing: string[] = [];
    const { t } = createI18n({ locale: 'en', resources, onMissing: (key) => missing.push(key) });
    expect(t('common:nowhere')).toBe('nowhere');
    expect(missing).toEqual(['common:nowhere']);
  });

  test('keys are flat: a dot is part of the key', () => {
    const { t } = createI18n({ locale: 'en', resources: { en: { common: { 'a.b': 'flat' } } } });
    expect(t('common:a.b')).toBe('flat');
  });
});

describe('one instance', () => {
  test('changes its language and direction', async () => {
    const i18n = shippedI18n('en');
    expect([i18n.locale(), i18n.direction(), i18n.t('common:cancel')]).toEqual(['en', 'ltr', 'Cancel']);
    await i18n.setLocale('ko');
    expect([i18n.locale(), i18n.t('common:cancel')]).toEqual(['ko', '취소']);
    await i18n.setLocale('en-XB');
    expect(i18n.direction()).toBe('rtl');
  });

  test('takes a new language and new texts while it runs', async () => {
    const i18n = shippedI18n('en');
    i18n.setMessages('de', { common: { cancel: 'Abbrechen' } });
    await i18n.setLocale('de');
    expect([i18n.t('common:cancel'), i18n.t('common:save')]).toEqual(['Abbrechen', 'Save']);
    i18n.setMessages('de', { common: { cancel: 'Verwerfen' } });
    expect(i18n.t('common:cancel')).toBe('Verwerfen');
    expect(i18n.available()).toContain('de');
  });

  test('two instances do not share a language', async () => {
    const one = shippedI18n('sv');
    const other = shippedI18n('sv');
    await one.setLocale('ko');
    expect(other.t('common:cancel')).toBe('Avbryt');
  });

  test('leaves the texts it was given as they were', () => {
    const resources = { en: { common: { cancel: 'Cancel' } } };
    createI18n({ locale: 'en', resources }).setMessages('en', { common: { cancel: 'No' } });
    expect(resources.en.common.cancel).toBe('Cancel');
  });
});

test.each(SHIPPED)('[D4] %s: every text is there without a fallback', (tag) => {
  const missing: string[] = [];
  const { t } = shippedI18n(tag, (key) => missing.push(key));
  for (const key of ['common:cancel', 'inbox:empty.inbox', 'thread:handoff.reason', 'states:ai.resolvedByAi'])
    t(key);
  expect(missing).toEqual([]);
});
