import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { LocalClock } from '../../../src/domain/hours/local-clock.ts';
import { openPendingFile } from '../../../src/export/export-file.ts';
import type { Cell, CellType } from '../../../src/export/table.ts';
import { cellText, MAX_CELL_TEXT } from '../../../src/export/xlsx/cell-text.ts';
import { serialOfWall, wallOfSerial } from '../../../src/export/xlsx/serial.ts';
import { sheetName } from '../../../src/export/xlsx/sheet-names.ts';
import { XlsxWriter } from '../../../src/export/xlsx/xlsx-writer.ts';
import { type ReadCell, readXlsx } from '../../support/export/read-xlsx.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'handoff-cells-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function roundTrip(
  type: CellType,
  values: readonly Cell[],
  zone = 'UTC',
): Promise<readonly ReadCell[]> {
  const file = join(folder, 'cells.xlsx');
  const writer = new XlsxWriter(openPendingFile(file), {
    zone,
    dateFormat: 'yyyy-mm-dd',
    dateTimeFormat: 'yyyy-mm-dd hh:mm:ss',
  });
  await writer.begin({ id: 't', name: 'T', columns: [{ key: 'k', header: 'h', type }] });
  for (const value of values) writer.row([value]);
  await writer.end();
  await writer.finish();
  return (
    readXlsx(file)[0]
      ?.rows.slice(2)
      .map(([cell]) => cell ?? null) ?? []
  );
}

/** Texts of every kind that has broken an export: emoji, right to left, controls, formulas, escapes, markup, half pairs. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    "=cmd|' /C calc'!A0",
    'مرحبا بالعالم',
    '\u0000\u0001\u001f\u007f\r\n\t',
    '_x000D_ _x0041_ _x00zz_',
    ' leading and trailing ',
    ']]><f>1+1</f>',
    '👩‍👩‍👧‍👦🇰🇷',
    '\uFFFE\uFFFF',
    '한글\u1112\u1161\u11ab',
  ),
);

/** What the documented rule makes of a text: an empty one is an empty cell, half pairs become U+FFFD. */
function expectedText(value: string): ReadCell {
  return value === '' ? null : cellText(value);
}

test('[C12] any text survives the round trip', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
      expect(await roundTrip('text', texts)).toEqual(texts.map(expectedText));
    }),
    { numRuns: 60 },
  );
});

test('[C12] a text of 40,000 characters is cut by the rule: 32,766 units and an ellipsis, no pair cut in two', async () => {
  const long = 'å'.repeat(40_000);
  const emoji = `a${'😀'.repeat(20_000)}`;
  const [first, second] = await roundTrip('longText', [long, emoji]);
  expect(first).toBe(`${'å'.repeat(32_766)}…`);
  expect(second).toBe(`a${'😀'.repeat(16_382)}…`);
  expect(String(second)).toHaveLength(MAX_CELL_TEXT - 1);
});

test('[C12] a text is never longer than a cell, always well-formed, and whole when it fits', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer({ min: 0, max: 33_000 }),
      (end, length) => {
        const value = 'x'.repeat(length) + end;
        const cut = cellText(value);
        expect(cut.length).toBeLessThanOrEqual(MAX_CELL_TEXT);
        expect(cut.isWellFormed()).toBe(true);
        if (value.length <= MAX_CELL_TEXT) expect(cut).toBe(value.toWellFormed());
      },
    ),
  );
});

const zone = fc.constantFrom(
  'Asia/Seoul',
  'Europe/Stockholm',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Monrovia',
  'UTC',
);

test('[C12] any moment in any zone survives as a date-time cell, to the millisecond', async () => {
  const moment = fc.integer({ min: Date.UTC(1900, 2, 2), max: Date.UTC(9999, 11, 30) });
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { minLength: 1, maxLength: 20 }), zone, async (moments, name) => {
      const cells = await roundTrip('dateTime', moments, name);
      const walls = moments.map((at) => {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name).toPlainDateTime();
        return local.toZonedDateTime('UTC').epochMilliseconds;
      });
      expect(cells.map((cell) => wallOfSerial(Number(cell)))).toEqual(walls);
    }),
    { numRuns: 40 },
  );
});

test('[C12] a moment that the calendar of spreadsheets does not hold is written as text', async () => {
  const [early, late] = await roundTrip('dateTime', [Date.UTC(1899, 0, 1, 12), Date.UTC(10_000, 0, 1)]);
  expect(early).toBe('1899-01-01 12:00:00');
  expect(late).toBe('+010000-01-01 00:00:00');
});

test('[C12] the wall clock agrees with Temporal at and around every change of it', () => {
  fc.assert(
    fc.property(
      zone,
      fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) }),
      fc.integer({ min: -2, max: 2 }),
      (name, at, near) => {
        const change = Temporal.Instant.fromEpochMilliseconds(at)
          .toZonedDateTimeISO(name)
          .getTimeZoneTransition('next');
        const moment = (change?.epochMilliseconds ?? at) + near;
        const clock = new LocalClock(name);
        clock.wall(at);
        const zoned = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(name);
        expect(clock.wall(moment)).toBe(moment + zoned.offsetNanoseconds / 1e6);
      },
    ),
  );
});

test('[C4] [T12] any duration survives as a numeric cell, to the millisecond', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1, maxLength: 20 }),
      async (lengths) => {
        const cells = await roundTrip('duration', lengths);
        expect(cells.map((cell) => Math.round(Number(cell) * 86_400_000))).toEqual(lengths);
      },
    ),
    { numRuns: 40 },
  );
});

test('[C12] any finite number and any date survives', async () => {
  const date = fc.date({ min: new Date('1900-03-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), date, async (number, day) => {
      const iso = day.toISOString().slice(0, 10);
      // A minus before nothing is no number that a reader keeps.
      expect(await roundTrip('number', [number])).toEqual([number === 0 ? 0 : number]);
      const [cell] = await roundTrip('date', [iso]);
      expect(new Date(wallOfSerial(Number(cell))).toISOString().slice(0, 10)).toBe(iso);
    }),
    { numRuns: 40 },
  );
  expect(await roundTrip('date', ['02-29'])).toEqual(['02-29']);
  expect(await roundTrip('number', [Number.NaN, Number.POSITIVE_INFINITY])).toEqual([null, null]);
});

test('serials of 1 March 1900 and the last day are dates; the days beyond are not', () => {
  expect(serialOfWall(Date.UTC(1900, 2, 1))).toBe(61);
  expect(serialOfWall(Date.UTC(1900, 1, 28))).toBeNull();
  expect(serialOfWall(Date.UTC(9999, 11, 31, 23, 59))).not.toBeNull();
  expect(serialOfWall(Date.UTC(9999, 11, 31, 24))).toBeNull();
});

test('[C12] any name becomes one that a sheet may have, and none twice', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 50 }), { maxLength: 12 }), (wanted) => {
      const taken = new Set<string>();
      for (const one of [...wanted, ...wanted]) {
        const name = sheetName(one, taken);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(31);
        expect(name).not.toMatch(/[[\]:*?/\\]/);
        expect(name.startsWith("'") || name.endsWith("'")).toBe(false);
        expect(taken.has(name.toLowerCase())).toBe(false);
        taken.add(name.toLowerCase());
      }
    }),
  );
});
