/** A piece of a line. Every kind carries the very characters it stands for; nothing is read as markup. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break'; readonly text: string }
  /** An order number, a code: kept together and apart from the direction around it. */
  | { readonly type: 'code'; readonly text: string }
  /** `host` is where it leads, as the browser reads it; for `mailto:` the address. */
  | { readonly type: 'link'; readonly text: string; readonly href: string; readonly host: string };

/** A paragraph, and the empty lines after it. */
export interface Paragraph {
  readonly children: readonly Inline[];
  readonly gap: string;
}

const LINK = /(?:https?:\/\/|mailto:)[^\s<>"“”]{1,2000}/giu;
/** `#1024`, `SI5UKW`, `AB-12-9`: letters and digits in one word, or digits behind a number sign. */
const CODE =
  /(?<![\p{L}\p{N}_/-])(?:#[0-9]{2,20}|(?=[A-Z-]{0,40}[0-9])(?=[0-9-]{0,40}[A-Z])[A-Z0-9]{1,20}(?:-[A-Z0-9]{1,20}){0,5})(?![\p{L}\p{N}_/-])/gu;
const GAP = /(?:\r?\n[^\S\r\n]*){2,}/g;
const NEWLINE = /\r\n|\n|\r/g;
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Splits by a global pattern; what matched and what lies between, in order, nothing lost. */
function split(text: string, pattern: RegExp): { readonly text: string; readonly hit: boolean }[] {
  const parts: { text: string; hit: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), hit: false });
    parts.push({ text: match[0], hit: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), hit: false });
  return parts;
}

function closesNothing(text: string, closing: string): boolean {
  const opening = BRACKETS[closing];
  if (opening === undefined) return false;
  return text.split(opening).length < text.split(closing).length;
}

/** Where a link ends: the sentence's own mark after it is not part of it, a bracket only when it was opened inside. */
function linkEnd(text: string): number {
  let end = text.length;
  while (end > 0) {
    const last = text.charAt(end - 1);
    if (!/[.,;:!?'’»…*]/u.test(last) && !closesNothing(text.slice(0, end), last)) break;
    end -= 1;
  }
  return end;
}

function linkOf(text: string): Inline | null {
  try {
    const url = new URL(text);
    if (url.protocol === 'mailto:') {
      return url.pathname.includes('@') ? { type: 'link', text, href: url.href, host: url.pathname } : null;
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
    return { type: 'link', text, href: url.href, host: url.host };
  } catch {
    return null;
  }
}

function codes(text: string): Inline[] {
  return split(text, CODE).map(({ text: part, hit }) => ({ type: hit ? 'code' : 'text', text: part }));
}

function words(line: string): Inline[] {
  return split(line, LINK).flatMap(({ text, hit }) => {
    if (!hit) return codes(text);
    const end = linkEnd(text);
    const link = linkOf(text.slice(0, end));
    if (link === null) return codes(text);
    return end === text.length ? [link] : [link, ...codes(text.slice(end))];
  });
}

function lines(text: string): Inline[] {
  return split(text, NEWLINE).flatMap(({ text: part, hit }): Inline[] =>
    hit ? [{ type: 'break', text: part }] : words(part),
  );
}

/** Reads a message into paragraphs of text, line breaks, links and codes: a closed tree, never HTML. */
export function parseText(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let body = '';
  const end = (gap: string): void => {
    paragraphs.push({ children: lines(body), gap });
    body = '';
  };
  for (const part of split(text, GAP)) {
    if (part.hit) end(part.text);
    else body = part.text;
  }
  if (body !== '') end('');
  return paragraphs;
}

/** The characters that a tree was read from. */
export function textOf(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(({ children, gap }) => children.map(({ text }) => text).join('') + gap).join('');
}

/** The host to say beside a link whose own text shows another: an embedded user, another script. Null when it is plain. */
export function hiddenHost(link: { readonly text: string; readonly host: string }): string | null {
  const shown = /^[a-z]+:(?:\/\/)?([^/?#]*)/iu.exec(link.text)?.[1] ?? '';
  return shown.toLowerCase() === link.host.toLowerCase() ? null : link.host;
}
