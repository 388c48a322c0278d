import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');

/** Stands in for npm: notes its arguments, then does what NPM_STUB says. */
const NPM = `import { appendFileSync } from 'node:fs';
appendFileSync(new URL('npm-calls.txt', import.meta.url), process.argv.slice(2).join(' ') + '\\n');
console.log('npm says something');
process.exit(process.env.NPM_STUB === 'fails' ? 1 : 0);
`;

const HOST = `const [command = ''] = process.argv.slice(2);
if (command === 'json') {
  console.log('[]');
  process.exit(3);
}
if (command === 'stay') {
  console.log('stays');
  process.on('SIGTERM', () => {
    console.log('closed in order');
    process.exit(0);
  });
  setInterval(() => {}, 1_000);
} else {
  console.log(process.argv.slice(2).join(' '));
}
`;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A checkout with the real entry scripts and stand-ins for everything they start. */
export interface EntryHouse {
  readonly root: string;
  write(path: string, text: string): Promise<void>;
  run(script: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  npmCalls(): Promise<string>;
  remove(): Promise<void>;
}

const lock = (version: string): string =>
  JSON.stringify({
    packages: {
      '': {},
      'node_modules/zod': { version },
      'node_modules/fsevents': { version: '1.0.0', optional: true },
    },
  });

/** Builds the house; `installed` is the version of its one package in node_modules, null for no node_modules. */
export async function entryHouse(installed: string | null): Promise<EntryHouse> {
  const root = await mkdtemp(join(tmpdir(), 'handoff-entry-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  await cp(join(REPOSITORY, 'scripts/entry'), join(root, 'scripts/entry'), { recursive: true });
  for (const name of ['start', 'test', 'handoff'])
    await cp(join(REPOSITORY, `scripts/${name}.mjs`), join(root, `scripts/${name}.mjs`));
  await write('package.json', '{"type":"module"}');
  await write('package-lock.json', lock('4.6.7'));
  await write('npm.mjs', NPM);
  await write('src/host/main.ts', HOST);
  if (installed !== null) await write('node_modules/.package-lock.json', lock(installed));
  return {
    root,
    write,
    run: (script, args, env = {}) =>
      new Promise((done, failed) => {
        const child = spawn(process.execPath, [join(root, 'scripts', script), ...args], {
          env: { ...process.env, npm_execpath: join(root, 'npm.mjs'), ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let out = '';
        let err = '';
        child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
        child.on('error', failed);
        child.on('close', (code) => done({ code, out, err }));
      }),
    npmCalls: () => readFile(join(root, 'npm-calls.txt'), 'utf8').catch(() => ''),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
