import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');
const PLIST = '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict></dict></plist>';
/** What @electron/fuses looks for in the program: its mark, version 1, nine fuses, all on. */
const PROGRAM = Buffer.concat([
  Buffer.from('a stand-in for Electron dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('111111111'),
]);
/** What must be in the package, and what lies beside it and must not be. */
const WANTED = [
  'out/main/main.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'resources/sample/people.json',
  'locales/ko/export.json',
];
const UNWANTED = [
  'src/host/main.ts',
  'tests/unit/a.test.ts',
  'docs/gotchas.md',
  'out/web/index.html',
  '.npmrc',
];

interface Target {
  readonly name: string;
  readonly args: readonly string[];
  /** The stand-in's files. */
  readonly electron: readonly string[];
  /** Where the program and its resources are, below the output. */
  readonly program: string;
  readonly resources: string;
  readonly natives: readonly string[];
}

const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map((kind) => `Electron Helper${kind}`);
const TARGETS: readonly Target[] = [
  {
    name: 'Linux',
    args: ['--linux', '--x64'],
    electron: ['electron', 'version'],
    program: 'linux-unpacked/handoff',
    resources: 'linux-unpacked/resources',
    natives: ['linux-arm64.node', 'linux-x64.node'],
  },
  {
    name: 'Windows',
    // A stand-in has no version resource to edit.
    args: ['--win', '--x64', '-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true'],
    electron: ['electron.exe', 'version'],
    program: 'win-unpacked/Handoff.exe',
    resources: 'win-unpacked/resources',
    natives: ['win32-arm64.node', 'win32-x64.node'],
  },
  {
    name: 'macOS',
    args: ['--mac', '--arm64', '-c.mac.identity=null'],
    electron: [
      'Electron.app/Contents/MacOS/Electron',
      'Electron.app/Contents/Info.plist',
      'Electron.app/Contents/Resources/en.lproj/x',
      'Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
      'Electron.app/Contents/Frameworks/Electron Framework.framework/Resources/x',
      ...HELPERS.flatMap((name) => [
        `Electron.app/Contents/Frameworks/${name}.app/Contents/MacOS/${name}`,
        `Electron.app/Contents/Frameworks/${name}.app/Contents/Info.plist`,
      ]),
    ],
    program: 'mac-arm64/Handoff.app',
    resources: 'mac-arm64/Handoff.app/Contents/Resources',
    natives: ['darwin-arm64.node', 'darwin-x64.node'],
  },
];

let root = '';

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

/** Runs a tool of node_modules in the house; resolves to what it printed, rejects when it fails. */
function tool(name: string, args: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    const file = join(REPOSITORY, 'node_modules/.bin', name);
    const child = spawn(file, args, { cwd: root, shell: process.platform === 'win32' });
    let output = '';
    const take = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(output) : failed(new Error(output))));
  });
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'handoff-package-'));
  for (const path of ['package.json', 'package-lock.json', 'electron-builder.yml'])
    await cp(join(REPOSITORY, path), join(root, path));
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'), 'junction');
  for (const path of [...WANTED, ...UNWANTED]) await write(path, 'x');
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe.each(TARGETS)('the package for $name', ({ name, args, electron, program, resources, natives }) => {
  let entries: string[] = [];

  beforeAll(async () => {
    const standIn = `electron-${name}`;
    for (const path of electron) await write(`${standIn}/${path}`, path.endsWith('.plist') ? PLIST : PROGRAM);
    await tool('electron-builder', ['--dir', ...args, `-c.electronDist=${join(root, standIn)}`]);
    const listed = await tool('asar', ['list', join(root, 'dist', resources, 'app.asar')]);
    entries = listed.split('\n').map((line) => line.replaceAll('\\', '/').slice(1));
  });

  test('[D1] [D3] holds the built app and the sample, and no source, test or configuration', () => {
    expect(entries).toEqual(expect.arrayContaining(WANTED));
    expect(entries.filter((path) => UNWANTED.includes(path))).toEqual([]);
  });

  test('[D1] holds better-sqlite3 and no other package', () => {
    const packages = entries.filter((path) => /^node_modules\/[^/]+$/.test(path));
    expect(packages).toEqual(['node_modules/better-sqlite3']);
    expect(entries.filter((path) => /\.(?:c|cc|cpp|h|gyp)$/.test(path))).toEqual([]);
  });

  test('[D1] holds the native files of its own system only, outside the archive', async () => {
    const unpacked = join(root, 'dist', resources, 'app.asar.unpacked');
    const files = await readdir(unpacked, { recursive: true });
    expect(
      files
        .filter((path) => path.endsWith('.node'))
        .map((path) => path.split(/[/\\]/).at(-1))
        .sort(),
    ).toEqual(natives);
  });

  test('[D3] has every fuse set as listed', async () => {
    const fuses = await tool('electron-fuses', ['read', '--app', join(root, 'dist', program)]);
    expect(fuses).toContain('RunAsNode is Disabled');
    expect(fuses).toContain('EnableCookieEncryption is Enabled');
    expect(fuses).toContain('EnableNodeOptionsEnvironmentVariable is Disabled');
    expect(fuses).toContain('EnableNodeCliInspectArguments is Disabled');
    expect(fuses).toContain('EnableEmbeddedAsarIntegrityValidation is Enabled');
    expect(fuses).toContain('OnlyLoadAppFromAsar is Enabled');
    expect(fuses).toContain('LoadBrowserProcessSpecificV8Snapshot is Disabled');
    expect(fuses).toContain('GrantFileProtocolExtraPrivileges is Disabled');
  });
});
