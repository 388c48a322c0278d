import { describe, expect, test } from 'vitest';
import { fieldName } from '../../../src/i18n/field-names.ts';

const plan = { key: 'profile.plan', names: { en: 'Plan', ko: '요금제', 'pt-BR': 'Plano' } };

describe('the name of a field', () => {
  test('[F2] is the language’s, else its base’s, a sibling’s, the workspace’s default, the key', () => {
    expect(fieldName(plan, 'ko', 'en')).toBe('요금제');
    expect(fieldName(plan, 'ko-KR', 'en')).toBe('요금제');
    expect(fieldName(plan, 'pt-PT', 'en')).toBe('Plano');
    expect(fieldName(plan, 'sv', 'ko')).toBe('요금제');
    expect(fieldName(plan, 'sv', 'de')).toBe('profile.plan');
    expect(fieldName({ key: 'profile.plan', names: {} }, 'en', 'en')).toBe('profile.plan');
  });

  test('[C8] a ready-made field has shipped names, and the workspace’s stand over them', () => {
    const csat = { key: 'profile.csat', names: { ko: '만족도' }, shipped: { en: 'CSAT', ko: 'CSAT 점수' } };
    expect(fieldName(csat, 'ko', 'en')).toBe('만족도');
    expect(fieldName(csat, 'en', 'en')).toBe('CSAT');
    expect(fieldName(csat, 'sv', 'en')).toBe('CSAT');
  });
});
