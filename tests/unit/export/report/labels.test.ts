import { describe, expect, test } from 'vitest';
import { BUILTIN_FIELDS } from '../../../../src/domain/fields/builtin.ts';
import { CSAT_FIELD, READY_MADE_FIELDS } from '../../../../src/domain/fields/definition.ts';
import { Labels, languageName } from '../../../../src/export/report/labels.ts';
import { SUMMARY_DIMENSIONS } from '../../../../src/export/report/csat-summary.ts';
import { RESOURCES } from '../../../support/export/export-world.ts';

const TAGS = Object.keys(RESOURCES).sort();
const ready = READY_MADE_FIELDS.find(({ key }) => key === CSAT_FIELD);
if (ready === undefined) throw new Error('no csat field');

describe('the words of an export', () => {
  test('[D4] every shipped language has every word that English has', () => {
    expect(TAGS).toEqual(['en', 'ko', 'pt-BR', 'sv']);
    for (const tag of TAGS)
      expect(Object.keys(RESOURCES[tag]?.['export'] ?? {}).sort(), tag).toEqual(
        Object.keys(RESOURCES['en']?.['export'] ?? {}).sort(),
      );
  });

  test.each(TAGS)('[C2] %s names every built-in key, dimension and sheet', (tag) => {
    const labels = new Labels(RESOURCES, [tag], 'en');
    for (const { key } of BUILTIN_FIELDS)
      expect(labels.text(`export:column.${key}`)).not.toContain('column.');
    for (const dimension of SUMMARY_DIMENSIONS)
      expect(labels.text(`export:dimension.${dimension}`)).not.toContain('dimension.');
    for (const id of ['userChats', 'cycles', 'messages', 'csatSummary', 'about'])
      expect(labels.sheet(id)).not.toContain('sheet.');
  });

  test('two languages stand beside one another, once where they agree', () => {
    const labels = new Labels(RESOURCES, ['ko', 'sv'], 'en');
    expect(labels.text('export:column.waitingTime')).toBe('첫 응대 시간 / Tid till första svar');
    expect(labels.text('states:channel.sms')).toBe('SMS');
    expect(labels.main('export:format.date')).toBe('yyyy. m. d.');
  });

  test('the name of a sheet has no slash, and one language where two do not fit', () => {
    const labels = new Labels(RESOURCES, ['ko', 'sv'], 'en');
    expect(labels.sheet('userChats')).toBe('대화 데이터 · Konversationer');
    for (const first of TAGS)
      for (const second of TAGS)
        for (const id of ['userChats', 'cycles', 'messages', 'csatSummary', 'about'])
          expect(new Labels(RESOURCES, [first, second], 'en').sheet(id).length).toBeLessThanOrEqual(31);
  });

  test('a value of ours is in words, a source’s own stands as it is', () => {
    const labels = new Labels(RESOURCES, ['sv'], 'en');
    expect(labels.value('states', 'channel', 'web_chat')).toBe('Webbchatt');
    expect(labels.value('states', 'channel', 'kakao')).toBe('kakao');
    expect(labels.value('states', 'channel', 'constructor')).toBe('constructor');
  });

  test('[F2] a field has the workspace’s name, else the shipped one, else the workspace’s default, else its key', () => {
    const named = { ...ready, names: { ko: '만족도' } };
    expect(new Labels(RESOURCES, ['ko'], 'en').field(named)).toBe('만족도');
    expect(new Labels(RESOURCES, ['sv'], 'en').field(named)).toBe('Kundnöjdhet (CSAT)');
    const own = { ...ready, key: 'profile.goal', names: { sv: 'Mål' } };
    expect(new Labels(RESOURCES, ['ko'], 'sv').field(own)).toBe('Mål');
    expect(new Labels(RESOURCES, ['ko'], 'en').field({ ...own, names: {} })).toBe('profile.goal');
    expect(
      new Labels(RESOURCES, ['ko', 'sv'], 'sv').field({ ...own, names: { sv: 'Mål', ko: '목표' } }),
    ).toBe('목표 / Mål');
  });

  test('languages name themselves', () => {
    expect(TAGS.map(languageName)).toEqual(['English', '한국어', 'português (Brasil)', 'svenska']);
  });
});
