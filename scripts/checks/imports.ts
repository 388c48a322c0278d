import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { DATA_ROOMS, isPackageListed, packageName, type Room, roomOf, UNREACHABLE } from '../rooms.ts';
import { type Finding, lineAt, listFiles, type Report, readText } from './files.ts';

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Erased before the program runs. */
  readonly typeOnly: boolean;
}

// Statements start at the line's beginning (the formatter sees to it), so comments and strings do not match.
const STATIC = /^(?:import|export)\b(\s+type\b)?[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const BARE = /^import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /^(?!\s*(?:\*|\/\/)).*?(?:\bimport|\brequire)\(\s*(['"]([^'"]*)['"])?/gm;

/** Every import of a source text: static, re-export, bare and dynamic. A dynamic one without a plain string has the specifier ''. */
export function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(STATIC)) {
    found.push({
      specifier: match[2] ?? '',
      line: lineAt(text, match.index),
      typeOnly: match[1] !== undefined,
    });
  }
  for (const match of text.matchAll(BARE)) {
    found.push({ specifier: match[1] ?? '', line: lineAt(text, match.index), typeOnly: false });
  }
  for (const match of text.matchAll(DYNAMIC)) {
    found.push({ specifier: match[2] ?? '', line: lineAt(text, match.index), typeOnly: false });
  }
  return found;
}

/** The file that a relative specifier names, from the root; null where there is none. */
function resolveRelative(root: string, from: string, specifier: string): string | null {
  const bare = specifier.split('?')[0] ?? specifier;
  const target = posix.join(posix.dirname(from), bare);
  const full = join(root, target);
  return existsSync(full) && statSync(full).isFile() ? target : null;
}

function faultOf(root: string, room: Room, path: string, { specifier }: Import): string | null {
  if (specifier === '') return 'an import whose target is not a plain string cannot be checked';
  if (specifier.startsWith('.')) {
    const target = resolveRelative(root, path, specifier);
    if (target === null) return `'${specifier}' names no file`;
    const folder = DATA_ROOMS.find((name) => target.startsWith(`${name}/`)) ?? roomOf(target)?.path;
    if (folder === room.path || (folder !== undefined && room.rooms.includes(folder))) return null;
    return `${room.path} may not import ${folder ?? dirname(target)} ('${specifier}')`;
  }
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return `write 'node:${specifier}'`;
    return room.node ? null : `${room.path} may not import Node's '${specifier}'`;
  }
  const name = packageName(specifier);
  return isPackageListed(name, room.packages) ? null : `${room.path} may not import the package '${name}'`;
}

/** Walks run-time imports from `start`; answers the first way to each package in `packages`. */
function reach(root: string, start: readonly string[], packages: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  const ways = new Map<string, readonly string[]>(start.map((path) => [path, [path]]));
  for (const [path, way] of ways) {
    for (const found of importsOf(readText(root, path))) {
      if (found.typeOnly || found.specifier === '') continue;
      if (!found.specifier.startsWith('.')) {
        const name = packageName(found.specifier);
        if (isPackageListed(name, packages)) {
          findings.push({
            path,
            line: found.line,
            message: `'${name}' must not be reachable: ${way.join(' → ')}`,
          });
        }
        continue;
      }
      const target = resolveRelative(root, path, found.specifier);
      if (target !== null && /\.tsx?$/.test(target) && !ways.has(target)) ways.set(target, [...way, target]);
    }
  }
  return findings;
}

/** The import table (scripts/rooms.ts): every import of every room, and what must not be reachable from where. */
export function checkImports(root: string): Report {
  const files = listFiles(root, ['src', 'electron', 'renderer'], ['.ts', '.tsx']);
  const findings: Finding[] = [];
  let count = 0;
  for (const path of files) {
    const room = roomOf(path);
    if (room === null) {
      findings.push({ path, line: 0, message: 'lies in no room of scripts/rooms.ts' });
      continue;
    }
    for (const found of importsOf(readText(root, path))) {
      count += 1;
      const message = faultOf(root, room, path, found);
      if (message !== null) findings.push({ path, line: found.line, message });
    }
  }
  for (const { from, packages } of UNREACHABLE) {
    const start = files.filter((path) => path === from || path.startsWith(`${from}/`));
    findings.push(...reach(root, start, packages));
  }
  return { findings, notes: [`${count} imports in ${files.length} files`] };
}
