import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalClock } from '../../../src/domain/hours/local-clock.ts';
import { csvDuration, csvField, csvText, durationText } from '../../../src/export/csv-text.ts';
import { openWriter } from '../../../src/export/open-writer.ts';
import type { Cell, Table } from '../../../src/export/table.ts';
import { tablePath } from '../../../src/export/text-target.ts';
import { readZip } from '../../support/export/read-zip.ts';

const CLOCK = new LocalClock('Asia/Seoul');
const OPTIONS = { zone: 'Asia/Seoul', dateFormat: 'yyyy-mm-dd', dateTimeFormat: 'yyyy-mm-dd hh:mm:ss' };
const CHATS: Table = {
  id: 'userChats',
  name: '상담',
  columns: [
    { key: 'id', header: '상담 ID', type: 'text' },
    { key: 'tags', header: '태그', type: 'list' },
    { key: 'at', header: '시각', type: 'dateTime' },
    { key: 'waitingTime', header: '첫 응대', type: 'duration' },
    { key: 'score', header: '점수', type: 'number' },
    { key: 'open', header: '열림', type: 'boolean' },
  ],
};
const ROW: readonly Cell[] = ['c1', ['a', 'b'], Date.UTC(2026, 5, 1), 49 * 3_600_000, -1.5, true];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-csv-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(
  format: 'csv' | 'jsonl',
  name: string,
  tables: readonly Table[] = [CHATS],
): Promise<string> {
  const path = join(folder, name);
  const writer = openWriter(format, path, OPTIONS);
  for (const table of tables) {
    await writer.begin(table);
    writer.row(ROW);
    await writer.drain();
    await writer.end();
  }
  await writer.finish();
  return path;
}

test.each([
  ['=1+1', "'=1+1"],
  ['+82-10', "'+82-10"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝cmd', "'＝cmd"],
  ['  =1', "'  =1"],
  ['\t=1', "'\t=1"],
  ['a=b', 'a=b'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['한국어', '한국어'],
])('%j is written %j', (text, field) => {
  expect(csvText(text)).toBe(field);
});

/** A reader of CSV by its rules, for one line. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gs)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

test('[C12] no text is ever a formula, and every one comes back but for the apostrophe before it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const [, read = ''] = fieldsOf(`x,${csvText(text)}`);
      expect(read.replace(/^[\s\u0000-\u001F]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
      expect([text.toWellFormed(), `'${text.toWellFormed()}`]).toContain(read);
    }),
  );
});

test('numbers, moments, lengths and truth values are written as every spreadsheet reads them', () => {
  expect(csvField('number', -1.5, CLOCK)).toBe('-1.5');
  expect(csvField('dateTime', Date.UTC(2026, 5, 1), CLOCK)).toBe('2026-06-01 09:00:00');
  expect(csvField('duration', 49 * 3_600_000 + 42_000, CLOCK)).toBe('49:00:42');
  expect(csvField('boolean', false, CLOCK)).toBe('FALSE');
  expect(csvField('list', ['=1', 'b'], CLOCK)).toBe(`"'=1, b"`);
  expect(csvField('text', null, CLOCK)).toBe('');
  expect(csvField('number', Number.NaN, CLOCK)).toBe('');
});

test('[T12] [C4] lengths keep their milliseconds, and null is nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (length) => {
      const [, h = '', m = '', s = '', ms = '0'] =
        /^(\d+):(\d\d):(\d\d)(?:\.(\d{3}))?$/.exec(csvDuration(length)) ?? [];
      expect(((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1_000 + Number(ms)).toBe(length);
    }),
  );
  expect(durationText(42_000)).toBe('0h 0m 42s');
  expect(durationText(49 * 3_600_000)).toBe('49h 0m 0s');
  expect(durationText(null)).toBeNull();
});

test('a file begins with a byte order mark, names, stable keys; lines end as RFC 4180 has it', async () => {
  const bytes = readFileSync(await write('csv', 'out.csv'));
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.toString('utf8').slice(1).split('\r\n')).toEqual([
    '상담 ID,태그,시각,첫 응대,점수,열림',
    'id,tags,at,waitingTime,score,open',
    'c1,"a, b",2026-06-01 09:00:00,49:00:00,-1.5,TRUE',
    '',
  ]);
});

test('several tables are files beside one another, or one archive', async () => {
  const cycles = { ...CHATS, id: 'cycles' };
  await write('csv', 'out.csv', [CHATS, cycles]);
  expect(readdirSync(folder).sort()).toEqual(['out.csv', 'out.cycles.csv']);
  expect(tablePath('/a/b.c/out.csv', 'about', false)).toBe('/a/b.c/out.about.csv');
  const archive = readZip(await write('csv', 'out.zip', [CHATS, cycles]));
  expect([...archive.keys()]).toEqual(['userChats.csv', 'cycles.csv']);
  expect(archive.get('cycles.csv')).toEqual(readFileSync(join(folder, 'out.cycles.csv')));
});

test('JSON lines hold raw values by stable keys: ISO moments, lengths in milliseconds, lists as arrays', async () => {
  const path = await write('jsonl', 'out.jsonl', [CHATS, { ...CHATS, id: 'cycles' }]);
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(lines).toEqual(
    ['userChats', 'cycles'].map((table) => ({
      table,
      id: 'c1',
      tags: ['a', 'b'],
      at: '2026-06-01T00:00:00.000Z',
      waitingTime: 176_400_000,
      score: -1.5,
      open: true,
    })),
  );
});

test.each(['out.csv', 'out.zip', 'out.jsonl'])('giving %s up leaves nothing', async (name) => {
  const path = join(folder, name);
  const writer = openWriter(name.endsWith('jsonl') ? 'jsonl' : 'csv', path, OPTIONS);
  await writer.begin(CHATS);
  writer.row(ROW);
  expect(existsSync(path)).toBe(false);
  writer.abort();
  expect(readdirSync(folder)).toEqual([]);
});
