import { FILE_LINES, SIZE_EXCEPTIONS } from '../size-exceptions.ts';
import { type Finding, listFiles, type Report, readText } from './files.ts';

/** Lines of a text, without the empty piece after its last newline. */
function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/**
 * File sizes, style sheets included; functions are counted by the linter (`max-lines-per-function`).
 * An exception that is no longer needed is a fault too.
 */
export function checkSize(root: string): Report {
  const folders = ['src', 'electron', 'renderer', 'tests', 'scripts'];
  const sizes = new Map(
    listFiles(root, folders, ['.ts', '.tsx', '.mjs', '.css']).map((path) => [
      path,
      lineCount(readText(root, path)),
    ]),
  );
  const findings: Finding[] = [];
  for (const [path, lines] of sizes) {
    const limit = SIZE_EXCEPTIONS.find((entry) => entry.path === path)?.file ?? FILE_LINES;
    if (lines > limit) findings.push({ path, line: 0, message: `${lines} lines; the limit is ${limit}` });
  }
  for (const entry of SIZE_EXCEPTIONS) {
    const lines = sizes.get(entry.path);
    if (lines === undefined) {
      findings.push({ path: entry.path, line: 0, message: 'has a size exception, but does not exist' });
    } else if (entry.file !== undefined && lines <= FILE_LINES) {
      findings.push({ path: entry.path, line: 0, message: 'no longer needs its size exception' });
    }
  }
  const longest = [...sizes].sort((a, b) => b[1] - a[1])[0];
  return { findings, notes: longest === undefined ? [] : [`longest: ${longest[0]}, ${longest[1]} lines`] };
}
