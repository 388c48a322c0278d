/** Kinds of files that a page is made of; nothing else is served, source maps neither. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.webmanifest', 'application/manifest+json'],
]);

/** The content type of a file of the built page by its ending, or null: not one to serve. */
export function contentTypeOf(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? null : (CONTENT_TYPES.get(name.slice(dot)) ?? null);
}

/** A folder or file as our build names them: plain letters, no leading dot, so neither `..` nor an escape. */
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The file of the built page that a URL path names, as `assets/index-3f2a.js`, or null. A list of what is allowed, not of
 * what is dangerous: anything with a percent sign, a backslash, a NUL, an empty segment or a leading dot is no name.
 */
export function assetPathOf(pathname: string): string | null {
  if (pathname === '/') return 'index.html';
  if (!pathname.startsWith('/')) return null;
  const segments = pathname.slice(1).split('/');
  if (!segments.every((segment) => SEGMENT.test(segment))) return null;
  return contentTypeOf(pathname) === null ? null : segments.join('/');
}
