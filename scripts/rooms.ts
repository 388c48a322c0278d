/**
 * The import table: which room may import which. The one place it is written down; `oxlint.config.ts` makes the
 * linter's overrides from it and `scripts/checks/imports.ts` walks every import against it.
 */
export interface Room {
  /** Folder, from the root of the repository. */
  readonly path: string;
  /** Folders it may import besides itself. */
  readonly rooms: readonly string[];
  /** Packages it may import: a name, or a scope as `@scope/*`. */
  readonly packages: readonly string[];
  /** Whether it may import Node's own modules (written `node:…`). */
  readonly node: boolean;
  /** A room that runs anywhere: no Node, no DOM, no clock, no randomness. */
  readonly pure: boolean;
}

const src = (...names: readonly string[]): readonly string[] => names.map((name) => `src/${name}`);
const pure = { pure: true, node: false } as const;
const node = { pure: false, node: true } as const;
const browser = { pure: false, node: false } as const;

const SERVER = ['fastify', '@fastify/*', 'ws', 'pg'] as const;
const SCREENS = [
  'react',
  'react-dom',
  '@base-ui/react',
  '@tanstack/react-query',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  'zustand',
  'lucide-react',
  'i18next',
  'react-i18next',
] as const;

export const ROOMS: readonly Room[] = [
  { path: 'src/base', ...pure, rooms: [], packages: [] },
  { path: 'src/domain', ...pure, rooms: src('base'), packages: ['temporal-polyfill'] },
  { path: 'src/mutations', ...pure, rooms: src('base', 'domain'), packages: ['zod'] },
  { path: 'src/protocol', ...pure, rooms: src('base', 'domain', 'mutations'), packages: ['zod'] },
  { path: 'src/i18n', ...pure, rooms: src('base'), packages: ['i18next'] },
  {
    path: 'src/messenger',
    ...pure,
    rooms: src('base', 'domain', 'protocol', 'i18n'),
    packages: [],
  },
  { path: 'src/sqlite', ...node, rooms: src('base'), packages: ['better-sqlite3'] },
  {
    path: 'src/workspace',
    ...node,
    rooms: src('base', 'domain', 'mutations', 'protocol', 'sqlite', 'connectors'),
    packages: ['zod', ...SERVER],
  },
  {
    path: 'src/desk',
    ...node,
    rooms: src('base', 'domain', 'mutations', 'protocol', 'sqlite', 'export', 'i18n'),
    packages: ['zod', 'ws'],
  },
  { path: 'src/connectors', ...node, rooms: src('base', 'domain', 'protocol'), packages: ['zod'] },
  { path: 'src/export', ...node, rooms: src('base', 'domain', 'i18n'), packages: [] },
  {
    path: 'src/host',
    ...node,
    rooms: [
      ...src('base', 'domain', 'mutations', 'protocol', 'i18n', 'sqlite', 'workspace', 'desk'),
      ...src('connectors', 'export', 'messenger'),
      'resources',
      'locales',
    ],
    packages: ['zod', ...SERVER],
  },
  {
    path: 'electron/main',
    ...node,
    rooms: [...src('base', 'protocol', 'i18n'), 'locales'],
    packages: ['electron'],
  },
  { path: 'electron/preload', ...browser, rooms: src('protocol'), packages: ['electron'] },
  { path: 'electron/engine', ...node, rooms: src('base', 'protocol', 'host'), packages: ['electron'] },
  {
    path: 'renderer/desk',
    ...browser,
    rooms: [...src('base', 'domain', 'mutations', 'protocol', 'i18n', 'messenger'), 'locales'],
    packages: SCREENS,
  },
  {
    path: 'renderer/messenger',
    ...browser,
    rooms: [...src('base', 'domain', 'protocol', 'i18n'), 'locales'],
    packages: SCREENS,
  },
];

/** Folders of data: imported by the rooms that name them, importing nothing. */
export const DATA_ROOMS: readonly string[] = ['locales', 'resources'];

/** Packages that must not be reachable, at run time, from these files or folders. */
export const UNREACHABLE: readonly { readonly from: string; readonly packages: readonly string[] }[] = [
  { from: 'src/host/engine.ts', packages: SERVER },
  { from: 'src/host/workspace/thread.ts', packages: SERVER },
  { from: 'electron/main', packages: [...SERVER, 'better-sqlite3'] },
  // A desk of a workspace elsewhere hears its pokes over the client of `ws`.
  { from: 'electron/engine', packages: SERVER.filter((name) => name !== 'ws') },
];

/** The room a path lies in, or null. */
export function roomOf(path: string): Room | null {
  return ROOMS.find((room) => path.startsWith(`${room.path}/`)) ?? null;
}

/** Whether `name` is among `allowed`, where `@scope/*` stands for a whole scope. */
export function isPackageListed(name: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) =>
    entry.endsWith('/*') ? name.startsWith(entry.slice(0, -1)) : name === entry,
  );
}

/** `@scope/name/deep/file` → `@scope/name`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
