import { createHash, timingSafeEqual } from 'node:crypto';

/** What a request says about itself, as far as the gate looks. */
export interface Visitor {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
  readonly token: string | undefined;
}

/** `enter`: let in with the token, give the cookie. `pass`: the cookie is right. */
export type Verdict = 'enter' | 'pass' | 'unauthorized' | 'forbidden';

export interface Gate {
  /** The origin this gate answers for, `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The address to open, with the token. */
  readonly address: string;
  readonly cookieName: string;
  readonly cookieValue: string;
  /** For pages and files: exact Host; an Origin, where the browser sends one, must be ours. */
  judge(visitor: Visitor): Verdict;
  /** For the WebSocket: also the Origin must be there, and only the cookie counts. */
  judgeSocket(visitor: Visitor): Verdict;
}

function same(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/**
 * Who may reach the desk origin: loopback by address, an exact Host (a name that was rebound to loopback is turned away),
 * an exact Origin, and a secret. The secret comes with the printed address and becomes an HttpOnly, SameSite=Strict cookie
 * named with the port, so that reloads keep working and two desks on one machine do not mix.
 */
export function createGate(port: number, token: string, session: string): Gate {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const cookieName = `handoff-${port}`;
  const judgeSecret = (visitor: Visitor): Verdict => {
    if (visitor.token !== undefined) return same(visitor.token, token) ? 'enter' : 'forbidden';
    if (visitor.cookie !== undefined) return same(visitor.cookie, session) ? 'pass' : 'unauthorized';
    return 'unauthorized';
  };
  return {
    origin,
    address: `${origin}/?token=${token}`,
    cookieName,
    cookieValue: session,
    judge: (visitor) => {
      if (visitor.host !== host) return 'forbidden';
      if (visitor.origin !== undefined && visitor.origin !== origin) return 'forbidden';
      return judgeSecret(visitor);
    },
    judgeSocket: (visitor) => {
      if (visitor.host !== host || visitor.origin !== origin) return 'forbidden';
      return judgeSecret({ ...visitor, token: undefined });
    },
  };
}

/** The value of one cookie in a Cookie header; undefined when it is not there. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const cut = part.indexOf('=');
    if (cut > 0 && part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim();
  }
  return undefined;
}

/** The Set-Cookie value that keeps a visitor in. */
export function sessionCookie(gate: Gate): string {
  return `${gate.cookieName}=${gate.cookieValue}; Path=/; HttpOnly; SameSite=Strict`;
}
