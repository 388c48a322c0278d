import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_LINE_BYTES, type NdjsonLine, readNdjson } from '../../../../src/host/cli/ndjson.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function read(content: string | Buffer): Promise<NdjsonLine[]> {
  const file = path.join(tempDir(), 'events.ndjson');
  writeFileSync(file, content);
  const lines: NdjsonLine[] = [];
  for await (const line of readNdjson(file)) lines.push(line);
  return lines;
}

describe('reading JSON lines', () => {
  test('numbers lines from 1 and passes over empty ones without losing count', async () => {
    expect(await read('{"a":1}\n\n  \r\n[2]\r\n')).toEqual([
      { line: 1, ok: true, value: { a: 1 } },
      { line: 4, ok: true, value: [2] },
    ]);
  });

  test('reads a last line without an end, and a file that begins with a byte order mark', async () => {
    expect(await read('\uFEFF{"a":1}\n{"b":2}')).toEqual([
      { line: 1, ok: true, value: { a: 1 } },
      { line: 2, ok: true, value: { b: 2 } },
    ]);
  });

  test('[Y13] names a broken line and goes on', async () => {
    const lines = await read('{"a":1}\n{"a":\n{"b":2}\n');
    expect(lines.map((line) => [line.line, line.ok])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(lines[1]).toMatchObject({ problem: expect.stringContaining('not JSON') as string });
  });

  test('says so when bytes are not text', async () => {
    expect(await read(Buffer.from([0x22, 0xff, 0x22, 0x0a]))).toEqual([
      { line: 1, ok: false, problem: 'not UTF-8 text' },
    ]);
  });

  test('reports a line that is too long and reads the next', async () => {
    const lines = await read(`"${'x'.repeat(MAX_LINE_BYTES)}"\n1\n`);
    expect(lines).toEqual([
      { line: 1, ok: false, problem: `longer than ${MAX_LINE_BYTES} bytes` },
      { line: 2, ok: true, value: 1 },
    ]);
  });

  test('an empty file has no lines', async () => {
    expect(await read('')).toEqual([]);
  });

  test('property: any list of JSON values survives, wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 40 }), async (values) => {
        const lines = await read(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
        expect(lines.map((line) => (line.ok ? line.value : undefined))).toEqual(
          values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
        );
      }),
      { numRuns: 30, seed: 7 },
    );
  });
});
