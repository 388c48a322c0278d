import { assetPathOf, contentTypeOf } from '../../src/protocol/page/asset-path.ts';
import {
  contentSecurityPolicy,
  NONCE_PLACEHOLDER,
  SECURITY_HEADERS,
} from '../../src/protocol/page/content-security.ts';
import { APP_ORIGIN } from '../../src/protocol/shell/names.ts';

/** The built page's files, by their path below its folder. */
export interface PageFiles {
  /** A file's content; null when there is none, or when it lies outside the folder. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** Whether an address is the page itself, whatever its hash: the only one a window shows. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && isOwn(url) && (url.pathname === '/' || url.pathname === '/index.html');
}

// `origin` of an address with a scheme of ours is 'null' in Node, so its parts are compared.
function isOwn(url: URL): boolean {
  return `${url.protocol}//${url.host}` === APP_ORIGIN && url.username === '' && url.password === '';
}

/** Answers requests of the app's own scheme from the built page alone. `newNonce` is fresh for each page. */
export function pageHandler(
  files: PageFiles,
  newNonce: () => string,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    const url = URL.parse(request.url);
    const path = url !== null && isOwn(url) ? assetPathOf(url.pathname) : null;
    if (path === null) return refusal(404);
    const body = await files.read(path);
    if (body === null) return refusal(404);
    const type = contentTypeOf(path) ?? 'application/octet-stream';
    return type.startsWith('text/html') ? page(body, type, newNonce()) : answer(body, type);
  };
}

function page(body: Uint8Array<ArrayBuffer>, type: string, nonce: string): Response {
  const text = new TextDecoder().decode(body).replaceAll(NONCE_PLACEHOLDER, nonce);
  return answer(text, type, {
    'content-security-policy': contentSecurityPolicy(nonce),
    'cache-control': 'no-store',
  });
}

function answer(
  body: Uint8Array<ArrayBuffer> | string,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(body, { headers: { ...SECURITY_HEADERS, ...headers, 'content-type': type } });
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: { ...SECURITY_HEADERS } });
}
