import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');
const COPIED = [
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.pure.json',
  'tsconfig.node.json',
  'tsconfig.preload.json',
  'tsconfig.renderer.json',
  'tsconfig.tests.json',
  'oxlint.config.ts',
  'biome.json',
  'package.json',
  'package-lock.json',
  'scripts/check.ts',
  'scripts/checks',
  'scripts/rooms.ts',
];

/** Path to content. */
export type Files = Readonly<Record<string, string>>;

/** A house in order: a file in each kind of room, and the project's nets. */
export const CLEAN: Files = {
  'scripts/size-exceptions.ts': `export interface SizeException {
  readonly path: string;
  readonly reason: string;
  readonly file?: number;
  readonly function?: number;
}

export const FILE_LINES = 400;
export const FUNCTION_LINES = 80;
export const SIZE_EXCEPTIONS: readonly SizeException[] = [];
`,
  'src/base/clock.ts': `export interface Clock {
  now(): number;
}
`,
  'src/domain/RULES.md':
    '- **S1** A thing is due when its time has come.\n- **S2** (later) A thing can wait.\n',
  'src/domain/thing.ts': `import type { Clock } from '../base/clock.ts';

export function isDue(clock: Clock, at: number): boolean {
  return clock.now() >= at;
}
`,
  'src/host/engine.ts': `import { isDue } from '../domain/thing.ts';
import { openThings } from '../workspace/store/things.ts';

export const engine = { isDue, openThings };
`,
  'src/host/server.ts': `import fastify from 'fastify';

export const server = fastify;
`,
  'src/workspace/store/things.ts': `import { readFileSync } from 'node:fs';
import { isDue } from '../../domain/thing.ts';

export function openThings(path: string): boolean {
  return isDue({ now: () => readFileSync(path).length }, 1);
}
`,
  'electron/main/main.ts': `import { app } from 'electron';

export const name = app.getName();
`,
  'renderer/desk/features/thing/thing.tsx': `import { isDue } from '../../../../src/domain/thing.ts';

export function Thing({ at }: { at: number }) {
  return <b>{isDue({ now: () => at }, at) ? document.title : null}</b>;
}
`,
  'tests/unit/domain/thing.test.ts': `import { expect, test } from 'vitest';
import { isDue } from '../../../src/domain/thing.ts';

test('[S1] a thing is due from its time on', () => {
  expect(isDue({ now: () => 5 }, 5)).toBe(true);
  expect(isDue({ now: () => 6 }, 5)).toBe(true);
  expect(isDue({ now: () => 4 }, 5)).toBe(false);
});
`,
};

/** Builds a house of `files` in a folder of its own; the caller takes it down. */
export async function buildHouse(files: Files): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'handoff-nets-'));
  for (const path of COPIED) await cp(join(REPOSITORY, path), join(root, path), { recursive: true });
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

export async function takeDown(root: string): Promise<void> {
  await rm(root, { recursive: true, force: true });
}

/** Runs the nets named (`types,imports`) over a house, as `npm run check -- --only …` does. */
export function runNets(root: string, only: string): Promise<{ code: number | null; output: string }> {
  return new Promise((done, failed) => {
    const args = [join(root, 'scripts/check.ts'), '--root', root, '--only', only];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', failed);
    child.on('close', (code) => done({ code, output }));
  });
}
