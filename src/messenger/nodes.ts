/** A piece of a page as data: the server writes it as HTML, the survey editor's preview draws it. */
export interface PageElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | true>>;
  readonly children: readonly PageNode[];
}
export type PageNode = PageElement | string;

/** Attributes as one writes them: null and false are left out. */
export type Attributes = Readonly<Record<string, string | boolean | null>>;

/** Makes an element; null children are left out. */
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (PageNode | null)[]
): PageElement {
  const kept = Object.entries(attributes).filter(
    (entry): entry is [string, string | true] => entry[1] !== null && entry[1] !== false,
  );
  return {
    tag,
    attributes: Object.fromEntries(kept),
    children: children.filter((child) => child !== null),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it, in content and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

const VOID = new Set(['input', 'meta', 'link', 'br']);

/** The HTML of a node. Names of tags and attributes are the program's own; everything else is escaped. */
export function htmlOf(node: PageNode): string {
  if (typeof node === 'string') return escapeHtml(node);
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join('');
  const open = `<${node.tag}${attributes}>`;
  // A line break right behind <textarea> is not part of its text: one more keeps one that is.
  const lead = node.tag === 'textarea' ? '\n' : '';
  return VOID.has(node.tag) ? open : `${open}${lead}${node.children.map(htmlOf).join('')}</${node.tag}>`;
}
