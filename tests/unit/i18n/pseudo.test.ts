import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pseudoMessages, pseudoRtlText, pseudoText } from '../../../src/i18n/pseudo.ts';
import { readLocale, shippedI18n } from './support.ts';

const PLACEHOLDER = /\{\{[^{}]*\}\}|<\/?\w+>/g;
const kept = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([match]) => match);

describe('the pseudo-language', () => {
  test('accents letters, lengthens and brackets', () => {
    expect(pseudoText('Reply')).toBe('[Ŕéƥĺý··]');
  });

  test('leaves placeholders, tags and entities alone', () => {
    expect(pseudoText('Hi {{name}}, <b>read</b> &amp; go')).toContain('{{name}}');
    expect(kept(pseudoText('Hi {{name}}, <b>read</b>'))).toEqual(['{{name}}', '<b>', '</b>']);
    expect(pseudoText('a &amp; b')).toContain('&amp;');
  });

  test('is at least 40 % longer', () => {
    for (const messages of Object.values(readLocale('en'))) {
      for (const text of Object.values(messages).filter((entry) => !entry.includes('{{'))) {
        const letters = text.replaceAll(' ', '').length;
        expect([...pseudoText(text)].length).toBeGreaterThanOrEqual(text.length + letters * 0.4);
      }
    }
  });

  test('an empty text stays empty', () => {
    expect([pseudoText(''), pseudoRtlText('')]).toEqual(['', '']);
  });
});

describe('the pseudo-language from right to left', () => {
  test('overrides each piece by itself, so that values keep their own direction', () => {
    expect(pseudoRtlText('Hi {{name}}')).toBe('\u202EHı \u202C{{name}}');
  });

  test('every override is ended', () => {
    for (const messages of Object.values(readLocale('en'))) {
      for (const text of Object.values(messages).map(pseudoRtlText)) {
        expect(text.split('\u202E').length).toBe(text.split('\u202C').length);
      }
    }
  });
});

test('any text keeps its placeholders and tags in both', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('{{name}}', '{{count}}', '<b>', '</b>', '대화', 'É'));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      expect(kept(pseudoText(text))).toEqual(kept(text));
      expect(kept(pseudoRtlText(text))).toEqual(kept(text));
    }),
    { seed: 20261121, numRuns: 300 },
  );
});

test('patterns of dates stay readable by the code that fills them', () => {
  const source = readLocale('en');
  expect(pseudoMessages(source, 'en-XA')['formats']).toEqual(source['formats']);
  expect(pseudoMessages(source, 'en-XB')['formats']?.['time']).toBe(
    `\u2066${source['formats']?.['time']}\u2069`,
  );
});

test('a whole screen language is made of it', () => {
  const { t } = shippedI18n('en-XA');
  expect(t('common:conversations', { count: 1 })).toBe('[1 çóñṽéŕšáţíóñ·····]');
});
