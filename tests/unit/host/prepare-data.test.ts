import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type DataDirPaths, dataDirPaths, writeConfig } from '../../../src/host/data-dir.ts';
import { makeEmpty, makeSample, readEmbedded } from '../../../src/host/prepare-data.ts';
import { openHostWorkspace } from '../../../src/host/workspace/open-workspace.ts';
import { tempDir } from '../../support/temp-dir.ts';

const sampleDir = path.resolve(import.meta.dirname, '../../../resources/sample');
const log = (): void => undefined;
let paths: DataDirPaths;

beforeEach(() => {
  paths = dataDirPaths(tempDir());
});

async function totals(): Promise<{ readonly conversations: number }> {
  const opened = await openHostWorkspace(paths.workspace, log);
  if (!opened.ok) throw new Error(opened.error.type);
  const found = await opened.value.totals();
  await opened.value.close();
  return found;
}

describe('preparing a data directory', () => {
  test('a new one has nothing; an empty workspace has one agent and no conversation', async () => {
    expect(readEmbedded(paths)).toEqual({ ok: true, value: null });
    const made = await makeEmpty(paths, log);
    expect(made).toMatchObject({ ok: true, value: { config: { mode: 'embedded', sample: false } } });
    expect(readEmbedded(paths)).toEqual(made);
    expect(await totals()).toMatchObject({ conversations: 0 });
  });

  test('[D1] the sample is made whole, and put back as it was', async () => {
    const made = await makeSample(paths, sampleDir, log);
    expect(made).toMatchObject({ ok: true, value: { config: { sample: true } } });
    const { conversations } = await totals();
    expect(conversations).toBeGreaterThan(280);
    writeFileSync(path.join(paths.root, 'mine.txt'), 'kept');
    expect((await makeSample(paths, sampleDir, log)).ok).toBe(true);
    expect(await totals()).toMatchObject({ conversations });
    expect(readFileSync(path.join(paths.root, 'mine.txt'), 'utf8')).toBe('kept');
    expect(existsSync(`${paths.workspace}.new`)).toBe(false);
  });

  test('real work is never replaced by the sample', async () => {
    await makeEmpty(paths, log);
    const before = readFileSync(paths.workspace);
    expect(await makeSample(paths, sampleDir, log)).toEqual({ ok: false, error: { type: 'notSample' } });
    expect(readFileSync(paths.workspace).equals(before)).toBe(true);
  });

  test('a workspace that no config speaks of is left alone', async () => {
    await makeEmpty(paths, log);
    rmSync(paths.config);
    expect(await makeSample(paths, sampleDir, log)).toMatchObject({
      ok: false,
      error: { type: 'badConfig' },
    });
    expect(await makeEmpty(paths, log)).toMatchObject({ ok: false, error: { type: 'badConfig' } });
    expect(await totals()).toMatchObject({ conversations: 0 });
  });

  test('a draft left by a crash is thrown away, and a sample that was cut off is made again', async () => {
    writeFileSync(`${paths.workspace}.new`, 'half a workspace');
    expect((await makeSample(paths, sampleDir, log)).ok).toBe(true);
    rmSync(paths.workspace);
    expect(readEmbedded(paths)).toEqual({ ok: true, value: null });
    expect((await makeSample(paths, sampleDir, log)).ok).toBe(true);
  });

  test('a real workspace that is gone is said, not replaced by an empty one', async () => {
    await makeEmpty(paths, log);
    rmSync(paths.workspace);
    expect(readEmbedded(paths)).toEqual({
      ok: false,
      error: { type: 'workspaceMissing', file: paths.workspace },
    });
  });

  test('the desk of a workspace elsewhere is not an embedded one', () => {
    writeConfig(paths, { format: 1, mode: 'remote', agentId: null, sample: false });
    expect(readEmbedded(paths)).toEqual({ ok: false, error: { type: 'otherMode', mode: 'remote' } });
  });

  test('[D1] a making that was cut off at its last step is taken up: the whole draft gets its name', async () => {
    const made = await makeEmpty(paths, log);
    renameSync(paths.workspace, `${paths.workspace}.new`);
    expect(readEmbedded(paths)).toEqual(made);
    expect(existsSync(paths.workspace)).toBe(true);
    rmSync(paths.workspace);
    expect(readEmbedded(paths)).toMatchObject({ ok: false, error: { type: 'workspaceMissing' } });
    writeFileSync(paths.workspace, '');
    expect(readEmbedded(paths)).toMatchObject({ ok: false, error: { type: 'workspaceMissing' } });
  });
});
