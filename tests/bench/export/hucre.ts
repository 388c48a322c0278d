import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { type CellValue, writeXlsxStream } from 'hucre';
import type { Cell, CellType } from '../../../src/export/table.ts';
import { peakKiB } from './peak.ts';
import { benchRows, TABLE } from './rows.ts';

const [, , out = '', count = '0'] = process.argv;
const FORMATS: Partial<Record<CellType, string>> = {
  dateTime: 'yyyy-mm-dd hh:mm:ss',
  duration: '[h]:mm:ss',
  integer: '0',
};

function valueOf(type: CellType | undefined, cell: Cell): CellValue {
  if (typeof cell === 'number' && type === 'dateTime') return new Date(cell);
  if (typeof cell === 'number' && type === 'duration') return cell / 86_400_000;
  return typeof cell === 'object' ? null : cell;
}

function* rows(): Generator<CellValue[]> {
  // The row of keys that ours has as well.
  yield TABLE.columns.map(({ key }) => key);
  for (const cells of benchRows(Number(count)))
    yield cells.map((cell, index) => valueOf(TABLE.columns[index]?.type, cell));
}

const started = performance.now();
const stream = writeXlsxStream(rows(), {
  name: TABLE.name,
  freezePane: { rows: 2 },
  columns: TABLE.columns.map(({ header, type }) => {
    const numFmt = FORMATS[type];
    return { header, width: 18, ...(numFmt === undefined ? {} : { numFmt }) };
  }),
});
await stream.pipeTo(Writable.toWeb(createWriteStream(out)));
process.stdout.write(JSON.stringify({ ms: performance.now() - started, peakKiB: peakKiB() }));
