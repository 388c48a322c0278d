import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLocales } from './locales/check.ts';
import { inOrder } from './locales/flat-json.ts';
import { readLocaleTree } from './locales/tree.ts';

const HELP = `npm run i18n:check, or node scripts/check-locales.ts [--root DIR] [--sort]
Checks the texts in locales/, the code that asks for them and the styles that show them (locales/README.md).
  --sort   puts the keys of every file in order first`;

/** Writes each file's keys in order; a file with faults of form is left alone. */
function sortFiles(root: string): void {
  const tree = readLocaleTree(root);
  const broken = new Set(
    tree.findings.filter(({ message }) => !message.includes('belongs before')).map(({ path }) => path),
  );
  for (const { path, entries } of tree.files) {
    if (broken.has(path)) continue;
    const sorted = [...entries].sort((one, other) => inOrder(one.key, other.key));
    const messages = Object.fromEntries(sorted.map(({ key, text }) => [key, text]));
    writeFileSync(join(root, path), `${JSON.stringify(messages, null, 2)}\n`);
  }
}

function main(): number {
  const { values } = parseArgs({
    options: { root: { type: 'string' }, sort: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const root = resolve(values.root ?? join(import.meta.dirname, '..'));
  if (values.sort === true) sortFiles(root);
  const { lines, summary } = checkLocales(root);
  for (const line of lines) console.log(line);
  console.log(summary);
  return lines.length === 0 ? 0 : 1;
}

process.exitCode = main();
