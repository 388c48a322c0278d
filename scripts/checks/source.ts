import { type Finding, lineAt, listFiles, type Report, readText } from './files.ts';

interface SourceRule {
  readonly id: string;
  readonly pattern: RegExp;
  /** Path beginnings it holds for, and those it does not. */
  readonly within: readonly string[];
  readonly except?: readonly string[];
  readonly message: string;
}

const PURE = ['src/base/', 'src/domain/', 'src/mutations/', 'src/protocol/', 'src/i18n/'];
const PRODUCT = ['src/', 'electron/', 'renderer/'];
const ALL = [...PRODUCT, 'tests/', 'scripts/'];
/** Where time and randomness come from. */
const SOURCES = ['src/base/system.ts', 'src/host/'];
// Written in two halves, so that this file does not find itself.
const MARKS = ['TO' + 'DO', 'FIX' + 'ME'].join('|');

const RULES: readonly SourceRule[] = [
  {
    id: 'select-star',
    pattern: /\bselect\s+(?:distinct\s+)?(?:\w+\.)?\*/gi,
    within: ['src/', 'scripts/'],
    message: 'a query lists its columns',
  },
  {
    id: 'literal-limit',
    pattern: /\blimit\s+\d/gi,
    within: ['src/'],
    message: 'bind LIMIT ?: a literal one can make the planner choose a scan (docs/gotchas.md)',
  },
  {
    id: 'clock',
    pattern: /\bnew Date\(\s*\)|\bTemporal\.Now\b/g,
    within: ['src/'],
    except: SOURCES,
    message: 'time is handed in (Clock)',
  },
  {
    id: 'ids',
    pattern: /\brandomUUID\b|\bgetRandomValues\b/g,
    within: PURE,
    except: SOURCES,
    message: 'ids and randomness are handed in (IdSource, Rng)',
  },
  {
    id: 'html',
    pattern: /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write)\b/g,
    within: PRODUCT,
    message: 'text is rendered as elements, never as markup',
  },
  {
    id: 'ts-ignore',
    pattern: /@ts-(?:ignore|nocheck)\b/g,
    within: ALL,
    message: 'fix the type',
  },
  {
    id: 'test-switched-off',
    pattern:
      /\b(?:test|it|describe)(?:\.\w+)*\.(?:only|todo|fixme|fails)\b|\b(?:test|it|describe)(?:\.\w+)*\.skip\(\s*['"`]/g,
    within: ['tests/'],
    message: 'no test is switched off; where something is missing use skipIf with a printed reason',
  },
  {
    id: 'unfinished',
    pattern: new RegExp(`\\b(?:${MARKS})\\b`, 'g'),
    within: ALL,
    message: 'finish it or leave it out',
  },
  {
    id: 'machine-path',
    pattern: /['"`](?:\/work|\/tmp|\/home|\/root)\//g,
    within: ALL,
    message: 'a path of one machine',
  },
  {
    id: 'lint-off',
    pattern: /(?:oxlint|eslint|biome)-(?:disable|ignore)(?![^\n]*--\s*\S)/g,
    within: ALL,
    message: 'a lint rule is switched off with a reason: `-- why`',
  },
];

const ALLOWED = /source-check: allow ([a-z-]+) (?:--|—) \S/;

/** Whether the line of the finding, or the one above it, carries `source-check: allow RULE -- reason`. */
function isAllowed(lines: readonly string[], line: number, id: string): boolean {
  return [lines[line - 1], lines[line - 2]].some(
    (text) => text !== undefined && ALLOWED.exec(text)?.[1] === id,
  );
}

function checkFile(path: string, text: string): Finding[] {
  const lines = text.split('\n');
  const findings: Finding[] = [];
  for (const rule of RULES) {
    if (!rule.within.some((start) => path.startsWith(start))) continue;
    if (rule.except?.some((start) => path.startsWith(start)) === true) continue;
    for (const match of text.matchAll(rule.pattern)) {
      const line = lineAt(text, match.index);
      if (isAllowed(lines, line, rule.id)) continue;
      findings.push({ path, line, message: `${rule.id}: ${rule.message} (${match[0].trim()})` });
    }
  }
  return findings;
}

/** Raw IPC: the preload, and one file of the main process, which checks the sender. */
function checkIpc(root: string, files: readonly string[]): Finding[] {
  const users = files
    .filter(
      (path) => PRODUCT.some((start) => path.startsWith(start)) && !path.startsWith('electron/preload/'),
    )
    .flatMap((path) => {
      const text = readText(root, path);
      const at = text.search(/\bipc(?:Main|Renderer)\b/);
      return at === -1 ? [] : [{ path, line: lineAt(text, at) }];
    });
  const outside = users.filter(({ path }) => !path.startsWith('electron/main/'));
  const inside = users.filter(({ path }) => path.startsWith('electron/main/'));
  const surplus = inside.length > 1 ? inside : [];
  return [...outside, ...surplus].map((user) => ({
    ...user,
    message: 'raw-ipc: only the preload and one file of electron/main may touch IPC',
  }));
}

/** Lines that the linter cannot judge: SQL, clocks, markup, IPC, tests switched off, leftovers. */
export function checkSource(root: string): Report {
  const files = listFiles(
    root,
    ['src', 'electron', 'renderer', 'tests', 'scripts'],
    ['.ts', '.tsx', '.mjs'],
  ).filter((path) => path !== 'scripts/checks/source.ts' && !path.startsWith('tests/nets/'));
  const findings = files.flatMap((path) => checkFile(path, readText(root, path)));
  return { findings: [...findings, ...checkIpc(root, files)], notes: [`${files.length} files`] };
}
