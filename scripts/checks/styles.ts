import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Finding, lineAt, listFiles, type Report, readText } from './files.ts';

const IMPORT = /^import (\w+) from '(\.[^']+\.module\.css)';/gm;

const COMPOSES = /composes:\s*([\w\s-]+?)\s+from\s+'(\.[^']+\.module\.css)'/g;

/** The class names of a style sheet. */
function classesOf(css: string): Set<string> {
  const bare = css.replace(/\/\*[\s\S]*?\*\/|'[^']*'|"[^"]*"|url\([^)]*\)/g, '');
  return new Set([...bare.matchAll(/\.([A-Za-z_][\w-]*)/g)].map((match) => match[1] ?? ''));
}

/**
 * `styles.name` is a plain string to the compiler: every name must be a class of the imported module, and every class
 * must be used, or composed by another sheet. A module read with a computed name (`styles[kind]`) is not asked for the latter.
 */
export function checkStyles(root: string): Report {
  const findings: Finding[] = [];
  const unused = new Map<string, Set<string>>();
  for (const path of listFiles(root, ['renderer'], ['.module.css']))
    unused.set(path, classesOf(readText(root, path)));
  const sheets = unused.size;
  for (const path of unused.keys()) {
    const text = readText(root, path);
    for (const match of text.matchAll(COMPOSES)) {
      const sheet = posix.join(posix.dirname(path), match[2] ?? '');
      const classes = existsSync(join(root, sheet)) ? classesOf(readText(root, sheet)) : new Set<string>();
      for (const name of (match[1] ?? '').split(/\s+/)) {
        if (classes.has(name)) unused.get(sheet)?.delete(name);
        else
          findings.push({ path, line: lineAt(text, match.index), message: `${sheet} has no class ${name}` });
      }
    }
  }
  for (const path of listFiles(root, ['renderer'], ['.ts', '.tsx'])) {
    const text = readText(root, path);
    for (const [, name = '', specifier = ''] of text.matchAll(IMPORT)) {
      const sheet = posix.join(posix.dirname(path), specifier);
      if (!existsSync(join(root, sheet))) continue;
      const classes = classesOf(readText(root, sheet));
      // Not the import itself: './popup.module.css' reads like a class of `popup`.
      for (const match of text.matchAll(new RegExp(`(?<![\\w/.])${name}(?:\\.(\\w+)|(\\[))`, 'g'))) {
        const used = match[1];
        if (used === undefined) unused.delete(sheet);
        else if (classes.has(used)) unused.get(sheet)?.delete(used);
        else
          findings.push({ path, line: lineAt(text, match.index), message: `${sheet} has no class ${used}` });
      }
    }
  }
  for (const [path, classes] of unused) {
    for (const name of classes)
      findings.push({ path, line: 0, message: `the class ${name} is used nowhere` });
  }
  return { findings, notes: [`${sheets} style sheets`] };
}
