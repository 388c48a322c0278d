import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importFile } from '../../../../src/host/cli/import-file.ts';
import { createProgress } from '../../../../src/host/cli/io.ts';
import { INGEST_LIMIT, type IngestResponse } from '../../../../src/protocol/ingest.ts';
import { capturedIo } from '../../../support/captured-io.ts';
import { tempDir } from '../../../support/temp-dir.ts';

function fileOf(content: string): string {
  const file = path.join(tempDir(), 'events.ndjson');
  writeFileSync(file, content);
  return file;
}

function answer(change: Partial<IngestResponse>): IngestResponse {
  return { accepted: 0, duplicates: 0, pending: 0, rejected: [], head: 1, ...change };
}

describe('importing a file', () => {
  test('[Y13] the good lines go in, and every bad one is named by its number', async () => {
    const io = capturedIo();
    const seen: unknown[][] = [];
    const summary = await importFile(
      fileOf('{"n":1}\nnot json\n{"n":3}\n\n{"n":5}\n'),
      async (events) => {
        seen.push([...events]);
        return answer({
          accepted: 2,
          rejected: [
            { index: 1, id: null, code: 'invalidEvent', path: 'author.kind', message: 'is missing' },
          ],
        });
      },
      io,
      createProgress(io),
    );
    expect(seen).toEqual([[{ n: 1 }, { n: 3 }, { n: 5 }]]);
    expect(summary).toEqual({ lines: 4, accepted: 2, duplicates: 0, pending: 0, broken: 2 });
    expect(io.errors()).toContain('line 2: not JSON');
    expect(io.errors()).toContain('line 3: author.kind: is missing (invalidEvent)');
    expect(io.output()).toBe('');
  });

  test('[Y13] sends no more than the limit at once, and adds the answers up', async () => {
    const io = capturedIo();
    const sizes: number[] = [];
    const summary = await importFile(
      fileOf('1\n'.repeat(INGEST_LIMIT + 3)),
      async (events) => {
        sizes.push(events.length);
        return answer({ accepted: events.length - 1, duplicates: 1, pending: 1 });
      },
      io,
      createProgress(io),
    );
    expect(sizes).toEqual([INGEST_LIMIT, 3]);
    expect(summary).toMatchObject({
      lines: INGEST_LIMIT + 3,
      accepted: INGEST_LIMIT + 1,
      duplicates: 2,
      pending: 2,
      broken: 0,
    });
  });

  test('an empty file asks nothing of the workspace', async () => {
    const io = capturedIo();
    const target = async (): Promise<IngestResponse> => {
      throw new Error('not to be called');
    };
    expect(await importFile(fileOf('\n\n'), target, io, createProgress(io))).toMatchObject({
      lines: 0,
      accepted: 0,
    });
  });

  test('a file that is not there is the caller’s to explain', async () => {
    const io = capturedIo();
    const missing = path.join(tempDir(), 'missing.ndjson');
    await expect(importFile(missing, async () => answer({}), io, createProgress(io))).rejects.toThrow(
      /ENOENT/,
    );
  });
});
