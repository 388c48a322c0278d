import { parseSync } from 'vite';
import { splitPluralKey } from '../../src/i18n/plural.ts';
import { listFiles, readText } from '../checks/files.ts';
import { placeAt, type TextFinding } from './finding.ts';
import { type LocaleTree, SOURCE } from './tree.ts';

/** Where texts are asked for. */
const CODE = ['renderer', 'electron', 'src'];
/** Attributes whose words a reader sees or hears. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'name',
  'what',
  'safe',
]);
/** Attributes of HTML among them that hold names for machines. */
const MACHINE_NAMES = new Set(['input', 'meta', 'form', 'button', 'iframe', 'Pane', 'select', 'textarea']);
const WORDS = /\p{L}/u;
/** Names that are the same in every language. */
const NAMES = new Set(['Handoff']);

function isWords(text: string | null): text is string {
  return text !== null && WORDS.test(text) && !NAMES.has(text.trim());
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function walk(
  node: Node,
  visit: (node: Node, parents: readonly Node[]) => void,
  parents: readonly Node[] = [],
): void {
  visit(node, parents);
  const below = [...parents, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, below);
  }
}

function literalText(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'JSXExpressionContainer') return literalText(node['expression']);
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return null;
  return node['quasis'].map(cookedText).join(' ');
}

function cookedText(quasi: unknown): string {
  if (!isNode(quasi)) return '';
  const value: unknown = quasi['value'];
  if (typeof value !== 'object' || value === null || !('cooked' in value)) return '';
  return typeof value.cooked === 'string' ? value.cooked : '';
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : '';
}

/** A sentence that stands in a component instead of in `locales/`; null when the node is none. */
function literalFault(node: Node, parents: readonly Node[]): string | null {
  const parent = parents.at(-1);
  if (node.type === 'JSXText') {
    const text = String(node['value']).trim();
    return isWords(text) ? `literal text in a component: "${text}"` : null;
  }
  if (
    node.type === 'JSXExpressionContainer' &&
    (parent?.type === 'JSXElement' || parent?.type === 'JSXFragment')
  ) {
    const text = literalText(node);
    return isWords(text) ? `literal text in a component: "${text.trim()}"` : null;
  }
  if (node.type !== 'JSXAttribute' || !SPOKEN.has(nameOf(node['name']))) return null;
  const attribute = nameOf(node['name']);
  const element = parent === undefined ? '' : nameOf(parent['name']);
  if (attribute === 'name' && (MACHINE_NAMES.has(element) || /^[a-z]/.test(element))) return null;
  const text = literalText(node['value']);
  return isWords(text) ? `literal text in ${attribute}: "${text.trim()}"` : null;
}

/** Keys as code writes them: whole ones, and patterns of those that are put together. */
export interface UsedKeys {
  readonly whole: readonly {
    readonly key: string;
    readonly path: string;
    readonly index: number;
    readonly text: string;
  }[];
  readonly patterns: readonly RegExp[];
}

const KEY = /^([a-z][a-zA-Z]*):(\S+)$/;

function templatePattern(node: Node, features: ReadonlySet<string>): RegExp | null {
  if (!Array.isArray(node['quasis']) || node['quasis'].length < 2) return null;
  const parts = node['quasis'].map(cookedText);
  const feature = /^([a-z][a-zA-Z]*):/.exec(parts[0] ?? '')?.[1];
  if (feature === undefined || !features.has(feature)) return null;
  const source = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+');
  return new RegExp(`^${source}$`);
}

const LOCALE_FILE = /\/locales\/[^/]+\/(\w+)\.json$/;

/** Without i18next, as the desktop app's menu: a file that imports texts and reads them by property. */
interface DirectUse {
  readonly features: readonly string[];
  readonly names: readonly string[];
}

function directUse(node: Node): DirectUse {
  if (node.type === 'ImportDeclaration' && node['importKind'] !== 'type') {
    const feature = LOCALE_FILE.exec(literalText(node['source']) ?? '')?.[1];
    return { features: feature === undefined ? [] : [feature], names: [] };
  }
  if (node.type !== 'MemberExpression') return { features: [], names: [] };
  const name = node['computed'] === true ? literalText(node['property']) : nameOf(node['property']);
  return { features: [], names: name === null ? [] : [name] };
}

/** What one file asks for and what it says by itself. */
function readCode(path: string, text: string, features: ReadonlySet<string>) {
  const whole: UsedKeys['whole'][number][] = [];
  const patterns: RegExp[] = [];
  const findings: TextFinding[] = [];
  const direct: DirectUse[] = [];
  const readsDirectly = path.startsWith('electron/');
  const { program } = parseSync(path, text);
  const checksWords = path.startsWith('renderer/') && path.endsWith('.tsx');
  walk(program as unknown as Node, (node, parents) => {
    const fault = checksWords ? literalFault(node, parents) : null;
    if (fault !== null) findings.push({ path, ...placeAt(text, node.start), message: fault });
    if (readsDirectly) direct.push(directUse(node));
    if (node.type === 'TemplateLiteral') {
      const pattern = templatePattern(node, features);
      if (pattern !== null) patterns.push(pattern);
    }
    const key = node.type === 'Literal' ? literalText(node) : null;
    const feature = key === null ? undefined : KEY.exec(key)?.[1];
    if (key !== null && feature !== undefined && features.has(feature)) {
      whole.push({ key, path, index: node.start, text });
    }
  });
  return { whole, patterns, findings, direct };
}

/** Texts in code: literal ones, keys that are nowhere, and keys that nobody asks for. */
export function checkCode(
  root: string,
  tree: LocaleTree,
  isPlanned: (key: string) => boolean,
): readonly TextFinding[] {
  const sources = tree.files.filter(({ tag }) => tag === SOURCE);
  const features = new Set(sources.map(({ feature }) => feature));
  const files = listFiles(root, CODE, ['.ts', '.tsx']).filter((path) => !path.endsWith('.d.ts'));
  const read = files.map((path) => readCode(path, readText(root, path), features));
  const known = new Set(
    sources.flatMap(({ feature, entries }) =>
      entries.map(({ key }) => `${feature}:${splitPluralKey(key).base}`),
    ),
  );
  const whole = read.flatMap((file) => file.whole);
  const patterns = read.flatMap((file) => file.patterns);
  const direct = read.flatMap((file) => file.direct);
  const names = new Set(direct.flatMap((use) => use.names));
  const asked = new Set([
    ...whole.map(({ key }) => key),
    ...direct
      .flatMap((use) => use.features)
      .flatMap((feature) => [...names].map((name) => `${feature}:${name}`)),
  ]);
  const absent = whole
    .filter(({ key }) => !known.has(key))
    .map(
      ({ key, path, index, text }): TextFinding => ({
        path,
        ...placeAt(text, index),
        message: `no text has the key "${key}"`,
      }),
    );
  const unused = sources.flatMap(({ feature, path, entries }) =>
    entries
      .map((entry) => ({ entry, key: `${feature}:${splitPluralKey(entry.key).base}` }))
      .filter(
        ({ key }) => !asked.has(key) && !patterns.some((pattern) => pattern.test(key)) && !isPlanned(key),
      )
      .map(
        ({ entry }): TextFinding => ({
          path,
          line: entry.line,
          column: entry.column,
          message: `nothing asks for "${entry.key}"`,
        }),
      ),
  );
  return [...read.flatMap((file) => file.findings), ...absent, ...unused];
}
