import { codeLines, listFiles, type Report, readText } from './files.ts';

const RATIO = 1.3;
/** The rooms whose tests must outweigh their code. */
const AREAS: readonly string[] = ['domain', 'mutations', 'desk/replica', 'workspace/push'];

function sum(root: string, paths: readonly string[]): number {
  return paths.reduce((lines, path) => lines + codeLines(readText(root, path)), 0);
}

/** Test lines to code lines, blank lines and comments apart; tests mirror the source under `tests/KIND/`. */
export function checkRatio(root: string): Report {
  const sources = listFiles(root, ['src'], ['.ts']);
  const tests = listFiles(root, ['tests'], ['.ts']);
  const lines = AREAS.map((area) => {
    const last = area.split('/').at(-1) ?? area;
    const mirrored = new RegExp(`^tests/[a-z]+/(?:${area}|${last})(?:[/.-]|$)`);
    const code = sum(
      root,
      sources.filter((path) => new RegExp(`^src/${area}(?:[/.-]|$)`).test(path)),
    );
    return {
      area,
      code,
      test: sum(
        root,
        tests.filter((path) => mirrored.test(path)),
      ),
    };
  }).filter(({ code }) => code > 0);
  return {
    findings: lines
      .filter(({ code, test }) => test < code * RATIO)
      .map(({ area, code, test }) => ({
        path: `src/${area}`,
        line: 0,
        message: `${test} test lines for ${code} code lines: ${(test / code).toFixed(2)}, at least ${RATIO}`,
      })),
    notes: lines.map(({ area, code, test }) => `${area} ${(test / code).toFixed(2)}`),
  };
}
