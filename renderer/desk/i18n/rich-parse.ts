/** A text taken apart: plain pieces, places of values, and named tags around more of the same. */
export type RichNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'value'; readonly name: string }
  | { readonly type: 'part'; readonly name: string; readonly children: readonly RichNode[] };

// Private-use characters, which no translation holds: a value cannot be mistaken for a tag.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PIECE = new RegExp(`${OPEN}(\\d+)${CLOSE}|<(/?)([a-zA-Z]\\w*)>`, 'g');

/**
 * Translates with stand-ins for the values, then parses: what a customer is called never becomes markup. A tag without
 * its end runs to the end of the text; an end without its beginning is dropped.
 */
export function parseRich(
  names: readonly string[],
  translate: (tokens: Readonly<Record<string, string>>) => string,
): readonly RichNode[] {
  const tokens = Object.fromEntries(names.map((name, index) => [name, `${OPEN}${index}${CLOSE}`]));
  const text = translate(tokens);
  const root: RichNode[] = [];
  const stack: { name: string; children: RichNode[] }[] = [];
  const add = (node: RichNode): void => void (stack.at(-1)?.children ?? root).push(node);
  const end = (): void => {
    const part = stack.pop();
    if (part !== undefined) add({ type: 'part', ...part });
  };
  let at = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > at) add({ type: 'text', text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const [, value, slash, tag] = match;
    const name = value === undefined ? undefined : names[Number(value)];
    if (name !== undefined) add({ type: 'value', name });
    else if (tag !== undefined && slash === '') stack.push({ name: tag, children: [] });
    else if (tag !== undefined && stack.at(-1)?.name === tag) end();
  }
  if (at < text.length) add({ type: 'text', text: text.slice(at) });
  while (stack.length > 0) end();
  return root;
}
