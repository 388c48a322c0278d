import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const ENGINE = join(ROOT, 'out/main/engine.js');
const isBuilt = existsSync(join(ROOT, 'out/desktop.stamp'));
if (!isBuilt) console.log('Skipped: there is no build for the desktop; npm test makes it.');

interface Line {
  readonly type?: string;
  readonly t?: string;
  readonly id?: number;
  readonly open?: readonly string[];
  readonly output?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly type: string };
}

/** Runs the built engine as Electron's utility process would, until it has answered and was stopped. */
async function run(dataDir: string): Promise<Line[]> {
  const driver = join(import.meta.dirname, 'engine-driver.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [driver, ENGINE, dataDir]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe.skipIf(!isBuilt)('the built engine', () => {
  test('[D1] starts with the sample in an empty folder, answers a page over a port, stops, and starts again', async () => {
    const data = mkdtempSync(join(tmpdir(), 'handoff-engine-'));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    for (const _start of ['first', 'again']) {
      const lines = await run(data);
      expect(lines[0]).toEqual({ type: 'ready' });
      const answer = (id: number): Line | undefined => lines.find((line) => line.id === id);
      expect(answer(1)?.output).toMatchObject({ version: '9.9.9', workspace: 'embedded', sample: true });
      expect(answer(2)?.t).toBe('ok');
      expect(lines.find((line) => line.type === 'resources')?.open).not.toContain('TCPServerWrap');
      expect(answer(3)).toEqual({ t: 'err', id: 3, error: { type: 'unknownMethod' } });
    }
    expect(readdirSync(data)).toEqual(expect.arrayContaining(['handoff.json', 'workspace.db', 'desk']));
  });
});
