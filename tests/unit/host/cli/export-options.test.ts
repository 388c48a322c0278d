import { expect, test } from 'vitest';
import type { Call } from '../../../../src/host/cli/command.ts';
import { wantedExport } from '../../../../src/host/cli/export-options.ts';

const SHIPPED = ['en', 'ko', 'pt-BR', 'sv'];

function call(
  options: Readonly<Record<string, string | boolean>>,
  positionals: readonly string[] = [],
): Call {
  return { options: { out: 'out.xlsx', ...options }, positionals };
}

test('what is not said is the workspace’s, all days, by their start, for the reason that it is the command line', () => {
  expect(wantedExport(call({}), SHIPPED)).toEqual({
    query: { queue: 'all', filters: {}, sort: { by: 'activity', direction: 'desc' } },
    range: { by: 'started', from: null, to: null },
    languages: null,
    zone: null,
    format: 'xlsx',
    withMessages: false,
    reason: 'command line',
    out: 'out.xlsx',
  });
});

test('[C12] one or two shipped languages, the main one first', () => {
  expect(wantedExport(call({ languages: 'ko, sv' }), SHIPPED).languages).toEqual(['ko', 'sv']);
  expect(wantedExport(call({ languages: 'pt-BR' }), SHIPPED).languages).toEqual(['pt-BR']);
});

test.each([
  ['a.xlsx', 'xlsx'],
  ['a.CSV', 'csv'],
  ['a.zip', 'csv'],
  ['a.jsonl', 'jsonl'],
  ['a.data', 'xlsx'],
])('%s is written as %s', (out, format) => {
  expect(wantedExport(call({ out }), SHIPPED).format).toBe(format);
});

test('[C12] --format says it where the ending does not, and is refused where the ending says something else', () => {
  const format = (out: string, wanted: string) => wantedExport(call({ out, format: wanted }), SHIPPED).format;
  expect([format('a.data', 'jsonl'), format('a', 'csv'), format('a.zip', 'csv')]).toEqual([
    'jsonl',
    'csv',
    'csv',
  ]);
  expect(() => format('a.xlsx', 'csv')).toThrow(/--format csv does not go with a FILE that ends in .xlsx/);
  expect(() => format('a.csv', 'jsonl')).toThrow(/--format jsonl/);
});

test('[C12] [Q6] days are those of the start, the closing, or on which surveys went out', () => {
  const by = (day: string) => wantedExport(call({ by: day, from: '2026-06-01' }), SHIPPED).range;
  expect(['started', 'closed', 'asked'].map((day) => by(day).by)).toEqual(['started', 'closed', 'asked']);
});

test.each([
  [{ languages: 'xx' }, /--languages takes/],
  [{ languages: 'ko,ko' }, /different/],
  [{ languages: 'ko,sv,en' }, /--languages takes/],
  [{ zone: 'Mars/Olympus' }, /--zone takes/],
  [{ zone: '+09:00' }, /--zone takes/],
  [{ from: '2026-13-01' }, /--from takes/],
  [{ to: 'yesterday' }, /--to takes/],
  [{ from: '2026-06-02', to: '2026-06-01' }, /--from lies after/],
  [{ format: 'pdf' }, /--format takes/],
  [{ by: 'birthday' }, /--by takes/],
  [{ out: '' }, /--out FILE/],
])('%j is a usage error that names the option', (options, message) => {
  expect(() => wantedExport(call(options), SHIPPED)).toThrow(message);
});

test('words beside the options are a usage error', () => {
  expect(() => wantedExport(call({}, ['more']), SHIPPED)).toThrow(/no arguments/);
});
