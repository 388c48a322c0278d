/** An inflow page as it is shown. `href` is null when it is not safe to open. */
export interface PageText {
  readonly host: string | null;
  /** Host and path, shortened in the middle, without scheme and query. */
  readonly short: string;
  readonly href: string | null;
}

const LONGEST = 40;

function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = Math.floor((LONGEST - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** Reads a page's address. Only http and https open; anything else is shown as the text it is. */
export function pageText(page: string): PageText {
  let url: URL | null = null;
  try {
    url = new URL(page);
  } catch {
    url = null;
  }
  const isWeb =
    url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
  if (url === null || !isWeb) return { host: null, short: shorten(page), href: null };
  const path = url.pathname === '/' ? '' : url.pathname;
  return { host: url.host, short: shorten(`${url.host}${path}`), href: url.href };
}
