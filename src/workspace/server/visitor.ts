import type { IncomingHttpHeaders } from 'node:http';

/** Longest token looked at. */
const MAX_TOKEN = 512;

/** Loopback addresses at a port, as a Host header names them. */
export function loopbackHosts(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

/**
 * Whether a request may come in at all: an exact Host, since a name that was rebound to this address must not pass, and
 * no Origin, which only pages send; desks and sources are programs.
 */
export function isWelcome(headers: IncomingHttpHeaders, hosts: readonly string[]): boolean {
  if (headers.origin !== undefined) return false;
  return headers.host !== undefined && hosts.includes(headers.host.toLowerCase());
}

/** The token of an Authorization header; null when there is none in the right form. */
export function bearerToken(headers: IncomingHttpHeaders): string | null {
  const found = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.authorization ?? '');
  const token = found?.[1] ?? null;
  return token !== null && token.length <= MAX_TOKEN ? token : null;
}
