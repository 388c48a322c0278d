import { existsSync, readdirSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPendingFile } from '../../../src/export/export-file.ts';
import type { Cell, CellType, Table, WriterOptions } from '../../../src/export/table.ts';
import { MAX_DATA_ROWS } from '../../../src/export/xlsx/sheet-xml.ts';
import { XlsxWriter } from '../../../src/export/xlsx/xlsx-writer.ts';
import { readXlsx } from '../../support/export/read-xlsx.ts';
import { readZip } from '../../support/export/read-zip.ts';

const OPTIONS: WriterOptions = {
  zone: 'Europe/Stockholm',
  dateFormat: 'yyyy-mm-dd',
  dateTimeFormat: 'yyyy-mm-dd hh:mm:ss',
};

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-xlsx-'));
  file = join(folder, 'out.xlsx');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function table(types: readonly CellType[], name = 'UserChat data'): Table {
  return {
    id: 'userChats',
    name,
    columns: types.map((type, index) => ({ key: `key.${index}`, header: `이름 ${index}`, type })),
  };
}

async function write(
  tables: readonly (readonly [Table, readonly (readonly Cell[])[]])[],
  limits?: { dataRows: number; bytes: number },
) {
  const writer = new XlsxWriter(openPendingFile(file), OPTIONS, limits);
  const counts = [];
  for (const [spec, rows] of tables) {
    await writer.begin(spec);
    for (const cells of rows) writer.row(cells);
    counts.push(await writer.end());
  }
  await writer.finish();
  return counts;
}

test('a workbook has names, stable keys under them, and the typed cells', async () => {
  const at = Date.UTC(2026, 10, 21, 11, 0, 0);
  const types: CellType[] = [
    'text',
    'list',
    'number',
    'integer',
    'boolean',
    'dateTime',
    'date',
    'duration',
    'share',
  ];
  const counts = await write([
    [
      table(types),
      [['a & <b>', ['x', 'y'], 1.5, 3, true, at, '2026-11-21', 42_000, 0.5], types.map(() => null)],
    ],
  ]);
  const [sheet] = readXlsx(file);
  expect(sheet?.name).toBe('UserChat data');
  expect(sheet?.rows[0]?.[0]).toBe('이름 0');
  expect(sheet?.rows[1]).toEqual(types.map((_, index) => `key.${index}`));
  // 12:00 in Stockholm, half of day 46,347.
  expect(sheet?.rows[2]).toEqual(['a & <b>', 'x, y', 1.5, 3, true, 46_347.5, 46_347, 42 / 86_400, 0.5]);
  expect(sheet?.rows[3]).toEqual(types.map(() => null));
  expect(counts).toEqual([{ id: 'userChats', rows: 2, shortened: 0 }]);
});

test('both header rows are frozen and the filter spans the keys and the rows below', async () => {
  await write([
    [
      table(['text', 'integer']),
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
  ]);
  const [sheet] = readXlsx(file);
  expect(sheet?.xml).toContain('<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>');
  expect(sheet?.xml).toContain('<autoFilter ref="A2:B4"/>');
  expect(sheet?.xml).toMatch(/<col min="1" max="1" width="\d+" customWidth="1"\/>/);
  expect(readZip(file).get('xl/workbook.xml')?.toString()).toContain("'UserChat data'!$A$2:$B$4");
});

test('durations are numbers of days shown as [h]:mm:ss, and dates as the language writes them', async () => {
  await write([[table(['duration']), [[49 * 3_600_000]]]]);
  const styles = readZip(file).get('xl/styles.xml')?.toString() ?? '';
  expect(styles).toContain('formatCode="[h]:mm:ss"');
  expect(styles).toContain('formatCode="yyyy-mm-dd hh:mm:ss"');
  expect(readXlsx(file)[0]?.rows[2]?.[0]).toBeCloseTo(49 / 24, 12);
});

test('text that looks like a formula stays a text, and no part holds one', async () => {
  const texts = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
    '+82-10-1234-5678',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
  ];
  await write([[table(['text']), texts.map((text) => [text])]]);
  expect(
    readXlsx(file)[0]
      ?.rows.slice(2)
      .map(([cell]) => cell),
  ).toEqual(texts);
  for (const [path, content] of readZip(file)) expect(content.toString('utf8'), path).not.toContain('<f>');
  // Format 49 is text: editing the cell in place does not make a formula of it either.
  expect(readXlsx(file)[0]?.xml).toContain('s="3" t="inlineStr"');
});

test('a table goes on in another sheet when one is full, each with its header', async () => {
  const rows = Array.from({ length: 7 }, (_, index) => [index]);
  const counts = await write([[table(['integer']), rows]], { dataRows: 3, bytes: 1e9 });
  const sheets = readXlsx(file);
  expect(sheets.map(({ name }) => name)).toEqual(['UserChat data', 'UserChat data (2)', 'UserChat data (3)']);
  expect(sheets.flatMap((sheet) => sheet.rows.slice(2).flat())).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(sheets.map((sheet) => sheet.rows.length)).toEqual([5, 5, 3]);
  expect(counts[0]?.rows).toBe(7);
});

test('a sheet that is exactly full is not followed by an empty one', async () => {
  await write([[table(['integer']), [[1], [2], [3]]]], { dataRows: 3, bytes: 1e9 });
  expect(readXlsx(file)).toHaveLength(1);
});

test('a sheet ends before its text is too large for the archive', async () => {
  const writer = new XlsxWriter(openPendingFile(file), OPTIONS, { dataRows: 1e6, bytes: 200_000 });
  await writer.begin(table(['text']));
  for (let index = 0; index < 40; index += 1) {
    writer.row(['x'.repeat(20_000)]);
    await writer.drain();
  }
  await writer.end();
  await writer.finish();
  expect(readXlsx(file).length).toBeGreaterThan(2);
  expect(readXlsx(file).flatMap((sheet) => sheet.rows.slice(2))).toHaveLength(40);
});

test('header rows and data rows together fill a sheet of a spreadsheet', () => {
  expect(MAX_DATA_ROWS + 2).toBe(1_048_576);
});

test('two tables of the same name get names of their own', async () => {
  await write([
    [table(['text'], 'Daten: [x]/y'), []],
    [table(['text'], 'daten  x  y'), []],
    [table(['text'], 'Daten: [x]/y'), []],
  ]);
  expect(readXlsx(file).map(({ name }) => name)).toEqual(['Daten   x  y', 'daten  x  y', 'Daten   x  y (2)']);
});

test('nothing stands at its place before the workbook is complete, and nothing after it was given up', async () => {
  const writer = new XlsxWriter(openPendingFile(file), OPTIONS);
  await writer.begin(table(['text']));
  writer.row(['half']);
  expect(existsSync(file)).toBe(false);
  writer.abort();
  expect(readdirSync(folder)).toEqual([]);
  writer.abort();
});

test('a full disk is told and leaves nothing', async () => {
  const pending = openPendingFile(file);
  const full = {
    ...pending,
    size: 0,
    append: () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    },
  };
  const writer = new XlsxWriter(full, OPTIONS);
  await expect(writer.begin(table(['text']))).rejects.toThrow('full');
  writer.abort();
  expect(readdirSync(folder)).toEqual([]);
});

test('the same rows make the same bytes', async () => {
  const rows = [
    ['a', 1],
    ['환불', 2],
  ];
  await write([[table(['text', 'integer']), rows]]);
  const first = readZip(file);
  await write([[table(['text', 'integer']), rows]]);
  expect(readZip(file)).toEqual(first);
});
