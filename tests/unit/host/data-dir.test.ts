import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DataDirConfig, dataDirPaths, readConfig, writeConfig } from '../../../src/host/data-dir.ts';
import { tempDir } from '../../support/temp-dir.ts';

const config: DataDirConfig = { format: 1, mode: 'embedded', agentId: 'a-1', sample: false };

describe('a data directory', () => {
  test('is new while it has no config, and remembers the one it is given', () => {
    const paths = dataDirPaths(path.join(tempDir(), 'deep', 'data'));
    expect(readConfig(paths)).toEqual({ ok: true, value: null });
    writeConfig(paths, config);
    expect(readConfig(paths)).toEqual({ ok: true, value: config });
    writeConfig(paths, { ...config, sample: true });
    expect(readConfig(paths)).toMatchObject({ ok: true, value: { sample: true } });
  });

  test.each([
    ['{', 'JSON'],
    ['{"format":2,"mode":"embedded","agentId":null,"sample":false}', 'format'],
    ['{"format":1,"mode":"elsewhere","agentId":null,"sample":false}', 'mode'],
    ['[]', ''],
  ])('names the place when its config is damaged: %s', (text, place) => {
    const paths = dataDirPaths(tempDir());
    writeFileSync(paths.config, text);
    const read = readConfig(paths);
    expect(read.ok).toBe(false);
    if (!read.ok) {
      expect(read.error).toMatchObject({ type: 'badConfig', file: paths.config });
      expect(read.error.problem).toContain(place);
    }
    expect(readFileSync(paths.config, 'utf8')).toBe(text);
  });

  test('a config that cannot be read is an error, not a new directory', () => {
    const paths = dataDirPaths(tempDir());
    mkdirSync(paths.config);
    expect(readConfig(paths)).toMatchObject({ ok: false, error: { type: 'badConfig' } });
  });
});
