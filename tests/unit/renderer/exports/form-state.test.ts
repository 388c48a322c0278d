import { describe, expect, test } from 'vitest';
import {
  chosenWhat,
  type ExportForm,
  type ExportOccasion,
  isComplete,
  isKnownZone,
  newForm,
  requestOf,
} from '../../../../renderer/desk/features/exports/form-state.ts';
import { RANGE_PRESETS } from '../../../../src/domain/overview/presets.ts';
import type { ExportOptions } from '../../../../src/protocol/rpc/exports.ts';
import { exportRequestSchema } from '../../../../src/protocol/rpc/exports.ts';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';

const OPTIONS: ExportOptions = {
  policy: { role: 'lead', reasonRequired: true },
  allowed: true,
  languages: ['en', 'ko', 'pt-BR', 'sv'],
  zone: null,
};
const LIST: ListQuery = {
  queue: 'closed',
  filters: { tag: ['vip'] },
  sort: { by: 'opened', direction: 'asc' },
};
/** 7 June 2026, 01:00 in Stockholm: still 6 June in UTC. */
const NOW = Date.UTC(2026, 5, 6, 23);

function form(patch: Partial<ExportForm> = {}): ExportForm {
  return { ...newForm(OPTIONS, 'sv', 'Europe/Stockholm'), reason: 'Kvartal', ...patch };
}

describe('what the dialog begins with', () => {
  test.each([
    ['sv', 'sv'],
    ['pt-PT', 'pt-BR'],
    ['en-XA', 'en'],
    ['fi', 'en'],
  ])('a screen in %s exports in %s', (locale, language) => {
    expect(newForm(OPTIONS, locale, 'UTC').language).toBe(language);
  });

  test('the account’s zone, else this computer’s', () => {
    expect(newForm({ ...OPTIONS, zone: 'Asia/Seoul' }, 'sv', 'UTC').zone).toBe('Asia/Seoul');
    expect(newForm(OPTIONS, 'sv', 'Europe/Stockholm').zone).toBe('Europe/Stockholm');
  });
});

describe('[C12] what it begins with is what stands on the screen', () => {
  const begun = (occasion: ExportOccasion) => {
    const { what, days, from, to, by } = newForm(OPTIONS, 'sv', 'UTC', occasion);
    return { what, days, from, to, by };
  };

  test('the days of a page of figures, counted as it counts them', () => {
    expect(begun({ of: 'figures', range: { preset: 'last7Days' }, by: 'asked' })).toEqual({
      what: 'all',
      days: 'last7Days',
      from: '',
      to: '',
      by: 'asked',
    });
    const range = { from: '2026-06-01', to: '2026-06-07' };
    expect(begun({ of: 'figures', range, by: 'started' })).toMatchObject({ days: 'custom', ...range });
  });

  test('a list that was narrowed down, without a limit of days; else everything of the last 30 days', () => {
    expect(begun({ of: 'list', isNarrowed: true })).toMatchObject({ what: 'list', days: 'all' });
    expect(begun({ of: 'list', isNarrowed: false })).toMatchObject({ what: 'all', days: 'last30Days' });
    expect(begun(null)).toMatchObject({ what: 'all', days: 'last30Days', by: 'closed' });
  });

  test('who turns to the list takes it as it stands, who turns to everything some days of it', () => {
    expect(chosenWhat('list')).toEqual({ what: 'list', days: 'all' });
    expect(chosenWhat('all')).toEqual({ what: 'all', days: 'last30Days' });
  });
});

describe('what the engine is asked for', () => {
  test('[O2] on 7 June the last 7 days are 1 to 7 June, as the export’s zone has it', () => {
    expect(requestOf(form({ days: 'last7Days' }), LIST, NOW).range).toEqual({
      by: 'closed',
      from: '2026-06-01',
      to: '2026-06-07',
    });
    expect(requestOf(form({ days: 'last7Days', zone: 'UTC' }), LIST, NOW).range.to).toBe('2026-06-06');
  });

  test('own days may be open at either end; all time has none', () => {
    expect(requestOf(form({ days: 'custom', from: '2026-01-01' }), LIST, NOW).range).toMatchObject({
      from: '2026-01-01',
      to: null,
    });
    expect(requestOf(form({ days: 'all', from: '2026-01-01' }), LIST, NOW).range).toMatchObject({
      from: null,
      to: null,
    });
  });

  test('the open list with its filters, or everything', () => {
    expect(requestOf(form({ what: 'list' }), LIST, NOW).query).toEqual(LIST);
    expect(requestOf(form(), LIST, NOW).query).toMatchObject({ queue: 'all', filters: {} });
  });

  test('one language or two, a reason without space around it', () => {
    expect(requestOf(form({ second: 'ko' }), LIST, NOW).languages).toEqual(['sv', 'ko']);
    expect(requestOf(form(), LIST, NOW).languages).toEqual(['sv']);
    expect(requestOf(form({ reason: ' ' }), LIST, NOW).reason).toBeNull();
    expect(requestOf(form({ reason: ' x ' }), LIST, NOW).reason).toBe('x');
  });

  test.each([...RANGE_PRESETS, 'all', 'custom'] as const)('%s is what the contract takes', (days) => {
    expect(exportRequestSchema.safeParse(requestOf(form({ days }), LIST, NOW)).success).toBe(true);
  });
});

describe('when it can be started', () => {
  test.each([
    [{}, true],
    [{ reason: '  ' }, false],
    [{ zone: 'Mars/Olympus' }, false],
    [{ zone: '+09:00' }, false],
    [{ days: 'custom', from: '2026-06-02', to: '2026-06-01' }, false],
    [{ days: 'custom', from: '2026-06-01', to: '2026-06-01' }, true],
  ] as const)('%j: %s', (patch, expected) => {
    expect(isComplete(form(patch), OPTIONS)).toBe(expected);
  });

  test('not by whom the workspace does not let, and without a reason where none is asked for', () => {
    expect(isComplete(form(), { ...OPTIONS, allowed: false })).toBe(false);
    const free = { ...OPTIONS, policy: { role: 'agent', reasonRequired: false } } as const;
    expect(isComplete(form({ reason: '' }), free)).toBe(true);
  });

  test('zones are IANA names', () => {
    expect(['UTC', 'Asia/Seoul', 'America/Sao_Paulo'].every(isKnownZone)).toBe(true);
    expect(['', 'x', 'Europe', 'GMT+25'].some(isKnownZone)).toBe(false);
  });
});
