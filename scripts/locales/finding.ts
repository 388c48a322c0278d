/** A fault in a text or in code that shows texts, with its place. Line and column count from 1; 0 is the whole file. */
export interface TextFinding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Line and column of an index in a text. */
export function placeAt(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `path:line:column: message`, in the order of the files. */
export function printed(findings: readonly TextFinding[]): readonly string[] {
  return [...findings]
    .sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line || a.column - b.column)
    .map(({ path, line, column, message }) =>
      line === 0 ? `${path}: ${message}` : `${path}:${line}:${column}: ${message}`,
    );
}
