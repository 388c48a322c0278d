import { defineConfig, type OxlintOverride } from 'oxlint';
import manifest from './package.json' with { type: 'json' };
import { isPackageListed, ROOMS, type Room } from './scripts/rooms.ts';
import { FILE_LINES, FUNCTION_LINES, SIZE_EXCEPTIONS } from './scripts/size-exceptions.ts';

const installedPackages = Object.keys({
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.devDependencies,
});

/** The import table of one room as linter rules, one override per folder depth, so that `../` is read exactly. */
function roomOverrides(room: Room): OxlintOverride[] {
  const packages = installedPackages.filter((name) => !isPackageListed(name, room.packages));
  const shut = ROOMS.map((other) => other.path).filter(
    (path) => path !== room.path && !room.rooms.includes(path),
  );
  const home = room.path.split('/').length;
  return [0, 1, 2, 3, 4].map((depth) => ({
    files: [`${room.path}/${'*/'.repeat(depth)}*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...(room.node
              ? []
              : [{ regex: '^node:', message: `${room.path} runs without Node (scripts/rooms.ts).` }]),
            ...(packages.length === 0
              ? []
              : [
                  {
                    group: packages.flatMap((name) => [name, `${name}/**`]),
                    message: `${room.path} may not import this package (scripts/rooms.ts).`,
                  },
                ]),
            {
              regex: `^(\\.\\./){${depth + home}}(${shut.join('|')}|tests|scripts)/|^(\\.\\./){${depth + 1}}(${siblings(room, shut)})/`,
              message: `${room.path} may not import this room (scripts/rooms.ts).`,
            },
          ],
        },
      ],
    },
  }));
}

/** The closed rooms under the same folder, by their last name; a name that cannot occur where there is none. */
function siblings(room: Room, shut: readonly string[]): string {
  const parent = `${room.path.split('/')[0] ?? ''}/`;
  const names = shut.filter((path) => path.startsWith(parent)).map((path) => path.slice(parent.length));
  return names.length === 0 ? '-' : names.join('|');
}

const sizeOverrides: OxlintOverride[] = SIZE_EXCEPTIONS.map((entry) => ({
  files: [entry.path],
  rules: {
    'max-lines': ['error', { max: entry.file ?? FILE_LINES }],
    'max-lines-per-function': ['error', { max: entry.function ?? FUNCTION_LINES }],
  },
}));

const noRandomness = [
  { object: 'Math', property: 'random', message: 'Randomness is handed in (Rng).' },
  { object: 'Date', property: 'now', message: 'Time is handed in (Clock).' },
  { object: 'crypto', property: 'randomUUID', message: 'Ids are handed in (IdSource).' },
];

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'react', 'jsx-a11y', 'vitest'],
  categories: { correctness: 'error' },
  ignorePatterns: ['node_modules', 'out', 'dist', 'resources/sample/**', 'tests/nets/fixture/**'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    'typescript/no-non-null-assertion': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/unbound-method': 'off',
    'typescript/require-array-sort-compare': 'off',
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'unicorn/prefer-node-protocol': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'no-eval': 'error',
    'no-implied-eval': 'error',
    'react/no-danger': 'error',
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/incompatible-library': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    'jsx-a11y/no-autofocus': 'off',
    // Keys go through one registry (renderer/desk/keyboard), not through each element.
    'jsx-a11y/click-events-have-key-events': 'off',
    'unicorn/no-thenable': 'off',
    // A copy is how a set is walked while it changes; code points are what [...text] is for.
    'unicorn/no-useless-spread': 'off',
    'typescript/no-misused-spread': 'off',
    'vitest/require-to-throw-message': 'off',
    'no-control-regex': 'off',
    // The second argument is the message that a failure shows.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-conditional-expect': 'off',
    'vitest/no-standalone-expect': 'off',
    'vitest/expect-expect': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/no-focused-tests': 'error',
    'max-lines': ['error', { max: FILE_LINES }],
    'max-lines-per-function': ['error', { max: FUNCTION_LINES }],
  },
  overrides: [
    { files: ['src/**'], rules: { 'no-restricted-properties': ['error', ...noRandomness] } },
    { files: ['src/host/**', 'src/base/system.ts'], rules: { 'no-restricted-properties': 'off' } },
    { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      // Run before anything is installed, so without types.
      files: ['scripts/**/*.mjs'],
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
        'typescript/no-unsafe-argument': 'off',
      },
    },
    {
      files: ['tests/**'],
      rules: { 'max-lines-per-function': 'off', 'typescript/no-non-null-assertion': 'off' },
    },
    ...ROOMS.flatMap(roomOverrides),
    ...sizeOverrides,
  ],
});
