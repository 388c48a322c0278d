import { checkCode } from './code.ts';
import { compareLocales } from './compare.ts';
import { printed } from './finding.ts';
import { checkGlossary } from './glossary.ts';
import { PLANNED } from './planned.ts';
import { checkStyles } from './styles.ts';
import { readLocaleTree } from './tree.ts';

export interface LocaleReport {
  readonly lines: readonly string[];
  readonly summary: string;
}

/** Everything that can be wrong with texts, and with code and styles that show them. */
export function checkLocales(root: string, planned = PLANNED): LocaleReport {
  const tree = readLocaleTree(root);
  const findings = [
    ...tree.findings,
    ...compareLocales(tree),
    ...checkGlossary(root, tree),
    ...checkCode(root, tree, (key) => planned.some(({ prefix }) => key.startsWith(prefix))),
    ...checkStyles(root),
  ];
  const texts = tree.files.reduce((sum, { entries }) => sum + entries.length, 0);
  return {
    lines: printed(findings),
    summary: `${texts} texts in ${tree.tags.length} languages (${tree.tags.join(', ')}), ${findings.length} faults`,
  };
}
