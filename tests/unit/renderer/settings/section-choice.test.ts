import { describe, expect, test } from 'vitest';
import { sectionOf, sectionsFor } from '../../../../renderer/desk/features/settings/section-choice.ts';

const SECTIONS = [{ id: 'general' }, { id: 'fields', role: 'lead' }, { id: 'audit', role: 'admin' }] as const;

describe('sections of the settings', () => {
  test.each([
    ['agent', ['general']],
    ['lead', ['general', 'fields']],
    ['admin', ['general', 'fields', 'audit']],
  ] as const)('%s sees %j', (role, ids) => {
    expect(sectionsFor(SECTIONS, role).map(({ id }) => id)).toEqual(ids);
  });

  test('the one asked for is open, else the first', () => {
    expect(sectionOf(SECTIONS, 'fields')?.id).toBe('fields');
    expect(sectionOf(SECTIONS, null)?.id).toBe('general');
    expect(sectionOf(SECTIONS, 'gone')?.id).toBe('general');
    expect(sectionOf([], 'fields')).toBeNull();
  });
});
