import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One fault, with its place. `line` is 0 where the whole file is meant. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** What a check answers: faults, and remarks that fail nothing. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

const SKIPPED = new Set(['node_modules', 'out', 'dist', '.git']);

/** Files under `folders` (those that exist) whose names end with one of `endings`, as sorted paths from `root`. */
export function listFiles(root: string, folders: readonly string[], endings: readonly string[]): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) walk(path);
      } else if (endings.some((ending) => entry.name.endsWith(ending))) {
        found.push(relative(root, path).split(sep).join('/'));
      }
    }
  };
  for (const folder of folders) {
    const path = join(root, folder);
    if (existsSync(path) && statSync(path).isDirectory()) walk(path);
  }
  return found.sort();
}

/** A file's text; the path counts from `root`. */
export function readText(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The line, from 1, on which `index` falls. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Lines that hold code: neither blank nor only a comment. */
export function codeLines(text: string): number {
  const isCode = (line: string): boolean => line !== '' && !/^(\/\/|\/\*|\*)/.test(line);
  return text.split('\n').filter((line) => isCode(line.trim())).length;
}
