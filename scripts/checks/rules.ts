import { type Finding, listFiles, type Report, readText } from './files.ts';

const ID = '[A-Z]{1,3}\\d+[a-z]?';
/** A rule's line: its id first, after whatever marks a heading, a list item or a table row. */
const RULE_LINE = new RegExp(`^[\\s|#*-]*\\[?(${ID})\\]?\\*{0,2}(?=[\\s|.:—–-]|$)`);
const LATER = /[([|*]\s*later\b/i;
const CITED = new RegExp(`\\[(${ID}(?:[\\s,]+${ID})*)\\]`, 'g');

interface Rule {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly isLater: boolean;
}

/** The rules of one RULES.md. A line that holds `(later)`, `[later]` or a table cell `later` is not in force yet. */
export function rulesOf(path: string, text: string): Rule[] {
  return text.split('\n').flatMap((line, index) => {
    const id = RULE_LINE.exec(line)?.[1];
    return id === undefined ? [] : [{ id, path, line: index + 1, isLater: LATER.test(line) }];
  });
}

/** Every rule in force is named by a test as `[ID]`, and no id stands twice. */
export function checkRules(root: string): Report {
  const rules = listFiles(root, ['src'], ['RULES.md']).flatMap((path) => rulesOf(path, readText(root, path)));
  const cited = new Set<string>();
  for (const path of listFiles(root, ['tests'], ['.ts', '.tsx'])) {
    if (path.startsWith('tests/nets/')) continue;
    for (const match of readText(root, path).matchAll(CITED)) {
      for (const id of match[1]?.split(/[\s,]+/) ?? []) cited.add(id);
    }
  }
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { id, path, line, isLater } of rules) {
    if (seen.has(id)) findings.push({ path, line, message: `${id} stands twice` });
    seen.add(id);
    if (!isLater && !cited.has(id)) findings.push({ path, line, message: `no test names [${id}]` });
  }
  const later = rules.filter((rule) => rule.isLater).map((rule) => rule.id);
  return {
    findings,
    notes: [
      `${rules.length - later.length} rules in force`,
      ...(later.length === 0 ? [] : [`later: ${later.join(' ')}`]),
    ],
  };
}
