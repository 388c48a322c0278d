import { describe, expect, test } from 'vitest';
import { fill, mentions } from '../../../../src/host/sample/fill.ts';
import { chatDate, chatPrice, particle } from '../../../../src/host/sample/locale-text.ts';

describe('slots', () => {
  const slots = new Map([
    ['model', '로마 2'],
    ['rec', '모세 R4 에어매트'],
    ['bike', '스타디아 C7'],
  ]);

  test('are filled, in Korean with the particle that fits the sound of the word', () => {
    expect(fill('{{model|을}} 샀어요, {{rec|은}} 아직이요', slots)).toBe(
      '로마 2를 샀어요, 모세 R4 에어매트는 아직이요',
    );
    expect(fill('{{bike|이}} 좋아요', slots)).toBe('스타디아 C7이 좋아요');
  });

  test('without a value are a mistake of the file', () => {
    expect(() => fill('{{nobody}}', slots)).toThrow(/nobody/);
    expect(() => fill('{{model|뿐}}', slots)).toThrow(/particle/);
  });

  test('are found by name', () => {
    expect(mentions('Hi {{name}}', ['name'])).toBe(true);
    expect(mentions('Hi {{agent}}', ['name'])).toBe(false);
  });
});

describe('Korean particles', () => {
  test.each([
    ['텐트', '을', '를'],
    ['헬멧', '을', '을'],
    ['소리빈드', '은', '는'],
    ['글림트 900', '이', '이'],
    ['시타', '과', '와'],
    ['서울', '으로', '로'],
    ['집', '으로', '으로'],
    ['펌프', '이에요', '예요'],
    ['매트', '이랑', '랑'],
  ])('%s with %s is %s', (word, name, expected) => {
    expect(particle(word, name)).toBe(expected);
  });
});

describe('amounts and days in a chat', () => {
  test.each([
    [519_000, 'KRW', '519,000원'],
    [1_099_000, 'BRL', 'R$ 10.990'],
    [419_000, 'SEK', '4 190 kr'],
    [37_900, 'EUR', '€379'],
  ] as const)('%i minor units of %s read %s', (minor, currency, expected) => {
    expect(chatPrice(minor, currency)).toBe(expected);
  });

  test('a day is the day in the zone of who reads it', () => {
    const lateEvening = Date.UTC(2026, 10, 21, 23, 30);
    expect(chatDate(lateEvening, 'en')).toBe('21 November');
    expect(chatDate(lateEvening, 'ko')).toBe('11월 22일');
    expect(chatDate(lateEvening, 'sv')).toBe('22 november');
    expect(chatDate(lateEvening, 'pt-BR')).toBe('21/11');
  });
});
