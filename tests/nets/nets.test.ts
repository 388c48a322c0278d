import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHouse, CLEAN, type Files, runNets, takeDown } from './house.ts';

interface Plant {
  readonly what: string;
  readonly path: string;
  readonly text: string;
  /** What the net must say besides the path. */
  readonly says: string | RegExp;
}

const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
/** Joined at run time, so that a search for such marks in the repository stays empty. */
const MARK = ['TO', 'DO'].join('');

/** Every planted violation, by the net that must catch it. */
const NETS: Readonly<Record<string, readonly Plant[]>> = {
  types: [
    {
      what: 'a Node type in a pure room',
      path: 'src/domain/buffer.ts',
      text: "export const size = Buffer.from('x').length;\n",
      says: "Cannot find name 'Buffer'",
    },
    {
      what: 'a timer in a pure room',
      path: 'src/base/timer.ts',
      text: 'export const later = (then: () => void) => setTimeout(then, 5);\n',
      says: "Cannot find name 'setTimeout'",
    },
    {
      what: 'the console in a pure room',
      path: 'src/mutations/loud.ts',
      text: "console.log('x');\n\nexport const loud = 1;\n",
      says: "Cannot find name 'console'",
    },
    {
      what: 'a URL in a pure room',
      path: 'src/protocol/address.ts',
      text: "export const address = new URL('x:y');\n",
      says: "Cannot find name 'URL'",
    },
    {
      what: 'the DOM in the engine',
      path: 'src/desk/page.ts',
      text: 'export const title = document.title;\n',
      says: "Cannot find name 'document'",
    },
    {
      what: 'a Node type in the renderer',
      path: 'renderer/desk/app/env.ts',
      text: 'export const home = process.env;\n',
      says: "Cannot find name 'process'",
    },
    {
      what: 'an index that may miss',
      path: 'src/desk/first.ts',
      text: 'export const first = (list: readonly string[]): string => list[0];\n',
      says: 'not assignable',
    },
    {
      what: 'an enum, which Node cannot run',
      path: 'src/workspace/kind.ts',
      text: 'export enum Kind {\n  a,\n}\n',
      says: 'erasableSyntaxOnly',
    },
  ],
  imports: [
    {
      what: 'a pure room that imports an engine',
      path: 'src/domain/upwards.ts',
      text: "import { openThings } from '../workspace/store/things.ts';\n\nexport const up = openThings;\n",
      says: 'src/domain may not import src/workspace',
    },
    {
      what: 'a renderer that imports an engine',
      path: 'renderer/desk/features/thing/engine.ts',
      text: "export { openThings } from '../../../../src/workspace/store/things.ts';\n",
      says: 'renderer/desk may not import src/workspace',
    },
    {
      what: 'a type import past the table',
      path: 'src/sqlite/types.ts',
      text: "export type { isDue } from '../domain/thing.ts';\n",
      says: 'src/sqlite may not import src/domain',
    },
    {
      what: 'a dynamic import past the table',
      path: 'src/protocol/lazy.ts',
      text: "export const lazy = () => import('../sqlite/types.ts');\n",
      says: 'src/protocol may not import src/sqlite',
    },
    {
      what: 'a package that the room does not list',
      path: 'src/export/sheet.ts',
      text: "import react from 'react';\n\nexport const sheet = react;\n",
      says: "src/export may not import the package 'react'",
    },
    {
      what: "Node's modules in the renderer",
      path: 'renderer/desk/app/files.ts',
      text: "export * from 'node:fs';\n",
      says: "may not import Node's 'node:fs'",
    },
    {
      what: 'electron outside electron/',
      path: 'src/host/window.ts',
      text: "import { app } from 'electron';\n\nexport const window = app;\n",
      says: "src/host may not import the package 'electron'",
    },
    {
      what: 'a server that the engine reaches over another file',
      path: 'src/host/engine.ts',
      text: "import { server } from './server.ts';\n\nexport const engine = server;\n",
      says: "'fastify' must not be reachable: src/host/engine.ts → src/host/server.ts",
    },
    {
      what: 'a file outside every room',
      path: 'src/misc/helper.ts',
      text: 'export const helper = 1;\n',
      says: 'lies in no room',
    },
  ],
  lint: [
    {
      what: 'an import past the table, seen by the linter',
      path: 'src/domain/upwards.ts',
      text: '',
      says: 'no-restricted-imports',
    },
    {
      what: 'an engine in the renderer, seen by the linter',
      path: 'renderer/desk/features/thing/engine.ts',
      text: '',
      says: 'no-restricted-imports',
    },
    {
      what: 'any',
      path: 'src/desk/any.ts',
      text: 'export const loose = (value: any): string => String(value);\n',
      says: 'no-explicit-any',
    },
    {
      what: 'a floating promise',
      path: 'src/desk/floating.ts',
      text: 'async function work(): Promise<void> {}\n\nexport function start(): void {\n  work();\n}\n',
      says: 'no-floating-promises',
    },
    {
      what: 'a misused promise',
      path: 'src/desk/misused.ts',
      text: 'export const all = (list: number[]) => list.forEach(async (one) => Promise.resolve(one));\n',
      says: 'no-misused-promises',
    },
    {
      what: 'a default export',
      path: 'src/desk/default.ts',
      text: 'export default 1;\n',
      says: 'no-default-export',
    },
    {
      what: 'a clock in a pure room',
      path: 'src/domain/now.ts',
      text: 'export const now = (): number => Date.now();\n',
      says: 'no-restricted-properties',
    },
    {
      what: 'randomness in an engine',
      path: 'src/workspace/dice.ts',
      text: 'export const dice = (): number => Math.random();\n',
      says: 'no-restricted-properties',
    },
    {
      what: 'a long function',
      path: 'src/desk/long.ts',
      text: `export function long(): number {\n  let sum = 0;\n${lines(90, '  sum += 1;')}  return sum;\n}\n`,
      says: 'max-lines-per-function',
    },
  ],
  source: [
    {
      what: 'SELECT *',
      path: 'src/desk/query.ts',
      text: "export const SQL = 'SELECT * FROM conversation LIMIT ?';\n",
      says: 'select-star',
    },
    {
      what: 'a literal limit',
      path: 'src/desk/limit.ts',
      text: "export const SQL = 'SELECT id FROM conversation LIMIT 5';\n",
      says: 'literal-limit',
    },
    {
      what: 'raw IPC outside its one file',
      path: 'src/host/ipc.ts',
      text: 'export const ipcRenderer = 1;\n',
      says: 'raw-ipc',
    },
    {
      what: 'the present moment in an engine',
      path: 'src/workspace/moment.ts',
      text: 'export const moment = (): Date => new Date();\n',
      says: 'clock',
    },
    {
      what: 'ids made in a pure room',
      path: 'src/mutations/id.ts',
      text: 'export const id = (crypto: { randomUUID(): string }): string => crypto.randomUUID();\n',
      says: 'ids',
    },
    {
      what: 'markup from text',
      path: 'renderer/desk/ui/raw.ts',
      text: "export const raw = (node: Element): void => void (node.innerHTML = '');\n",
      says: 'html',
    },
    {
      what: 'a silenced type error',
      path: 'src/desk/silenced.ts',
      text: '// @ts-ignore\nexport const silenced = 1;\n',
      says: 'ts-ignore',
    },
    {
      what: 'a test that hides the others',
      path: 'tests/unit/only.test.ts',
      text: "import { test } from 'vitest';\n\ntest.only('x', () => {});\n",
      says: 'test-switched-off',
    },
    {
      what: 'a test that is switched off',
      path: 'tests/unit/skip.test.ts',
      text: "import { test } from 'vitest';\n\ntest.skip('x', () => {});\n",
      says: 'test-switched-off',
    },
    {
      what: 'unfinished work',
      path: 'src/desk/unfinished.ts',
      text: `// ${MARK}: rest\nexport const unfinished = 1;\n`,
      says: 'unfinished',
    },
  ],
  styles: [
    {
      what: 'a class that the style sheet lacks',
      path: 'renderer/desk/ui/box.tsx',
      text: "import styles from './box.module.css';\n\nexport const Box = () => <i className={styles.lost} />;\n",
      says: 'has no class lost',
    },
    {
      what: 'a class that nothing uses',
      path: 'renderer/desk/ui/box.module.css',
      text: '.left {\n  margin: 0.5rem;\n}\n',
      says: 'the class left is used nowhere',
    },
  ],
  size: [
    {
      what: 'a long file',
      path: 'src/desk/rows.ts',
      text: lines(401, 'export {};'),
      says: '401 lines; the limit is 400',
    },
  ],
  rules: [
    {
      what: 'a rule without a test',
      path: 'src/desk/RULES.md',
      text: '- **D1** A row is kept.\n',
      says: 'no test names [D1]',
    },
  ],
  ratio: [
    {
      what: 'code that outweighs its tests',
      path: 'src/mutations/untested.ts',
      text: lines(20, 'export {};'),
      says: 'test lines for',
    },
  ],
};

const plants: Files = Object.fromEntries(
  Object.values(NETS)
    .flat()
    .filter(({ text }) => text !== '')
    .map(({ path, text }) => [path, text]),
);

describe('a house in order', () => {
  test('passes every net', async () => {
    const house = await buildHouse(CLEAN);
    const { code, output } = await runNets(house, 'types,imports,lint,source,styles,size,lock,rules,ratio');
    await takeDown(house);
    expect(output).toContain('All checks passed.');
    expect(code).toBe(0);
  });
});

describe.each(Object.entries(NETS))('the net %s', (net, planted) => {
  let house = '';
  let result: Awaited<ReturnType<typeof runNets>> = { code: null, output: '' };

  beforeAll(async () => {
    house = await buildHouse({ ...CLEAN, ...plants });
    result = await runNets(house, net);
  });
  afterAll(() => takeDown(house));

  test('fails', () => {
    expect(result.code).toBe(1);
  });

  test.each(planted)('names $what', ({ path, says }) => {
    const place = net === 'ratio' ? path.split('/').slice(0, 2).join('/') : path;
    const found = result.output.split('\n').filter((line) => line.includes(place));
    expect(found.join('\n')).toMatch(says);
  });
});

describe('the lock', () => {
  test('a loose version and a missing platform package are named', async () => {
    const house = await buildHouse({
      ...CLEAN,
      'package.json': JSON.stringify({ name: 'x', dependencies: { zod: '^4.0.0' } }),
      'package-lock.json': JSON.stringify({
        packages: { 'node_modules/tool': { optionalDependencies: { 'tool-win32-x64': '1.0.0' } } },
      }),
    });
    const { code, output } = await runNets(house, 'lock');
    await takeDown(house);
    expect(code).toBe(1);
    expect(output).toContain('zod has no exact version: ^4.0.0');
    expect(output).toContain('node_modules/tool wants tool-win32-x64, which has no entry');
  });
});
