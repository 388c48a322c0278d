import { openPendingFile } from '../../../src/export/export-file.ts';
import { XlsxWriter } from '../../../src/export/xlsx/xlsx-writer.ts';
import { peakKiB } from './peak.ts';
import { benchRows, TABLE } from './rows.ts';

const [, , out = '', count = '0'] = process.argv;
const started = performance.now();
const writer = new XlsxWriter(openPendingFile(out), {
  zone: 'UTC',
  dateFormat: 'yyyy-mm-dd',
  dateTimeFormat: 'yyyy-mm-dd hh:mm:ss',
});
await writer.begin(TABLE);
let row = 0;
for (const cells of benchRows(Number(count))) {
  writer.row(cells);
  row += 1;
  if (row % 200 === 0) await writer.drain();
}
await writer.end();
await writer.finish();
process.stdout.write(JSON.stringify({ ms: performance.now() - started, peakKiB: peakKiB() }));
