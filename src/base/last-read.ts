/**
 * A pure reading of texts that remembers the last one it was given: for a text that is read again and again and hardly ever
 * changes. What it answers is shared, so it must not be changed.
 */
export function lastRead<T>(read: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
