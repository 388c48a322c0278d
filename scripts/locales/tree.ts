import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, readText } from '../checks/files.ts';
import type { TextFinding } from './finding.ts';
import { type Entry, readFlatJson, unsorted } from './flat-json.ts';

export const SOURCE = 'en';

/** One file of one language. */
export interface LocaleFile {
  readonly tag: string;
  readonly feature: string;
  readonly path: string;
  readonly entries: readonly Entry[];
}

export interface LocaleTree {
  readonly tags: readonly string[];
  readonly files: readonly LocaleFile[];
  readonly findings: readonly TextFinding[];
}

/** Reads `locales/<tag>/<feature>.json`. */
export function readLocaleTree(root: string): LocaleTree {
  const folder = join(root, 'locales');
  const tags = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];
  const findings: TextFinding[] = [];
  const files = tags.flatMap((tag) =>
    listFiles(root, [`locales/${tag}`], ['.json']).map((path): LocaleFile => {
      const { entries, findings: faults } = readFlatJson(path, readText(root, path));
      findings.push(...faults, ...unsorted(path, entries));
      return { tag, feature: path.slice(`locales/${tag}/`.length, -'.json'.length), path, entries };
    }),
  );
  return { tags, files, findings };
}

/** The file of a feature in a language. */
export function fileOf(tree: LocaleTree, tag: string, feature: string): LocaleFile | undefined {
  return tree.files.find((file) => file.tag === tag && file.feature === feature);
}
