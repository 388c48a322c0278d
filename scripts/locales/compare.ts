import { pluralCategories, splitPluralKey } from '../../src/i18n/plural.ts';
import type { TextFinding } from './finding.ts';
import type { Entry } from './flat-json.ts';
import { fileOf, type LocaleFile, type LocaleTree, SOURCE } from './tree.ts';

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const TAG = /<\/?[a-zA-Z]\w*\s*\/?>/g;
const UNBALANCED = /\{\{[^{}]*$|\{\{[^{}]*\}(?!\})|(?<!\{)\{(?!\{)|(?<!\})\}(?!\})/;

/** Whether a language has plural forms beside the one key. */
interface Group {
  readonly base: string;
  readonly plural: boolean;
  readonly entries: readonly Entry[];
}

/** The entries of a file by their key without plural category. `reason.other` is no plural: only `_other` is. */
function groups(file: LocaleFile): ReadonlyMap<string, Group> {
  const byBase = new Map<string, Group>();
  for (const entry of file.entries) {
    const { base, category } = splitPluralKey(entry.key);
    const before = byBase.get(base);
    byBase.set(base, {
      base,
      plural: category !== null || before?.plural === true,
      entries: [...(before?.entries ?? []), entry],
    });
  }
  return byBase;
}

function namesIn(text: string): readonly string[] {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const tags = [...text.matchAll(TAG)].map(([tag]) => tag);
  return [...new Set([...names, ...tags])].sort();
}

/** Patterns of dates choose among the values that are offered; every other text must take all of them. */
const CHOOSES = /^(?:date\.|time$)/;
const OFFERED = new Set(
  'year month month2 monthName day day2 weekdayName hour2 hour12 minute period'.split(' '),
);

function placeholderFaults(feature: string, source: Group, entry: Entry): readonly string[] {
  if (UNBALANCED.test(entry.text)) return ['a placeholder is not closed'];
  const found = namesIn(entry.text);
  if (feature === 'formats' && CHOOSES.test(source.base)) {
    return found.filter((name) => !OFFERED.has(name)).map((name) => `unknown placeholder {{${name}}}`);
  }
  const wanted = new Set(source.entries.flatMap(({ text }) => namesIn(text)));
  const missing = [...wanted].filter((name) => !found.includes(name));
  const extra = found.filter((name) => !wanted.has(name));
  return [
    ...missing.map((name) => `missing placeholder or tag: ${name}`),
    ...extra.map((name) => `placeholder or tag that the source does not have: ${name}`),
  ];
}

function pluralFaults(tag: string, group: Group): readonly string[] {
  if (!group.plural) return [];
  const wanted = new Set<string>(pluralCategories(tag));
  const found = new Set(group.entries.map(({ key }) => splitPluralKey(key).category ?? 'without a category'));
  return [
    ...[...wanted]
      .filter((category) => !found.has(category as never))
      .map((one) => `missing plural form: ${one}`),
    ...[...found].filter((category) => !wanted.has(category)).map((one) => `superfluous plural form: ${one}`),
  ];
}

function fileFaults(source: LocaleFile, file: LocaleFile): readonly TextFinding[] {
  const wanted = groups(source);
  const found = groups(file);
  const at = (entry: Entry | undefined, message: string): TextFinding => ({
    path: file.path,
    line: entry?.line ?? 0,
    column: entry?.column ?? 0,
    message,
  });
  const faults: TextFinding[] = [...wanted.keys()]
    .filter((base) => !found.has(base))
    .map((base) => at(undefined, `missing key "${base}"`));
  for (const [base, group] of found) {
    const [first] = group.entries;
    const sourceGroup = wanted.get(base);
    if (sourceGroup === undefined) {
      faults.push(at(first, `key "${base}" is not in ${source.path}`));
      continue;
    }
    if (sourceGroup.plural !== group.plural) {
      faults.push(
        at(
          first,
          `"${base}" ${sourceGroup.plural ? 'needs plural forms' : 'has no plural forms in the source'}`,
        ),
      );
      continue;
    }
    faults.push(...pluralFaults(file.tag, group).map((message) => at(first, `"${base}": ${message}`)));
    for (const entry of group.entries) {
      if (entry.text.trim() === '') faults.push(at(entry, `"${entry.key}" is empty`));
      faults.push(
        ...placeholderFaults(file.feature, sourceGroup, entry).map((message) =>
          at(entry, `"${entry.key}": ${message}`),
        ),
      );
    }
  }
  return faults;
}

/** Every language against the source: files, keys, placeholders, plural forms (by `Intl.PluralRules`). */
export function compareLocales(tree: LocaleTree): readonly TextFinding[] {
  const sources = tree.files.filter(({ tag }) => tag === SOURCE);
  if (sources.length === 0) {
    return [{ path: `locales/${SOURCE}`, line: 0, column: 0, message: 'the source language is missing' }];
  }
  const features = new Set(sources.map(({ feature }) => feature));
  const strays = tree.files
    .filter(({ feature }) => !features.has(feature))
    .map(({ path }): TextFinding => ({ path, line: 0, column: 0, message: 'the source has no such file' }));
  const missing = tree.tags.flatMap((tag) =>
    [...features]
      .filter((feature) => fileOf(tree, tag, feature) === undefined)
      .map(
        (feature): TextFinding => ({
          path: `locales/${tag}/${feature}.json`,
          line: 0,
          column: 0,
          message: 'the file is missing',
        }),
      ),
  );
  const faults = sources.flatMap((source) =>
    tree.files
      .filter(({ feature }) => feature === source.feature)
      .flatMap((file) => fileFaults(source, file)),
  );
  return [...strays, ...missing, ...faults];
}
