import { describe, expect, test } from 'vitest';
import { createGate, readCookie, sessionCookie, type Visitor } from '../../../../src/host/browser/gate.ts';

const gate = createGate(4711, 'the-token', 'the-session');

function visitor(change: Partial<Visitor>): Visitor {
  return { host: '127.0.0.1:4711', origin: undefined, cookie: undefined, token: undefined, ...change };
}

describe('the gate of the desk origin', () => {
  test('prints an address that carries the token', () => {
    expect(gate.address).toBe('http://127.0.0.1:4711/?token=the-token');
  });

  test('lets the token in, and the cookie afterwards', () => {
    expect(gate.judge(visitor({ token: 'the-token' }))).toBe('enter');
    expect(gate.judge(visitor({ cookie: 'the-session' }))).toBe('pass');
  });

  test('turns away nothing, a wrong token and a wrong cookie', () => {
    expect(gate.judge(visitor({}))).toBe('unauthorized');
    expect(gate.judge(visitor({ token: 'the-tokem' }))).toBe('forbidden');
    expect(gate.judge(visitor({ token: '' }))).toBe('forbidden');
    expect(gate.judge(visitor({ cookie: 'other' }))).toBe('unauthorized');
    expect(gate.judge(visitor({ cookie: 'the-token' }))).toBe('unauthorized');
  });

  test.each([
    undefined,
    'evil.test',
    'evil.test:4711',
    'localhost:4711',
    '127.0.0.1',
    '127.0.0.1:4712',
    '127.0.0.1:4711.evil.test',
    '[::1]:4711',
  ])('forbids the host %s even with the right secret', (host) => {
    expect(gate.judge(visitor({ host, token: 'the-token' }))).toBe('forbidden');
    expect(gate.judgeSocket(visitor({ host, origin: gate.origin, cookie: 'the-session' }))).toBe('forbidden');
  });

  test.each([
    'http://evil.test',
    'null',
    'https://127.0.0.1:4711',
    'http://127.0.0.1:4712',
    'http://localhost:4711',
  ])('forbids the origin %s', (origin) => {
    expect(gate.judge(visitor({ origin, cookie: 'the-session' }))).toBe('forbidden');
    expect(gate.judgeSocket(visitor({ origin, cookie: 'the-session' }))).toBe('forbidden');
  });

  test('the socket needs the origin and the cookie; a token is not enough', () => {
    expect(gate.judgeSocket(visitor({ cookie: 'the-session' }))).toBe('forbidden');
    expect(gate.judgeSocket(visitor({ origin: gate.origin, token: 'the-token' }))).toBe('unauthorized');
    expect(gate.judgeSocket(visitor({ origin: gate.origin, cookie: 'the-session' }))).toBe('pass');
  });

  test('the cookie is named with the port, hidden from scripts and kept from other sites', () => {
    expect(sessionCookie(gate)).toBe('handoff-4711=the-session; Path=/; HttpOnly; SameSite=Strict');
  });

  test('reads one cookie among others', () => {
    expect(readCookie('a=1; handoff-4711=x=y ; handoff-47=2', 'handoff-4711')).toBe('x=y');
    expect(readCookie('handoff-47112=1', 'handoff-4711')).toBeUndefined();
    expect(readCookie(undefined, 'handoff-4711')).toBeUndefined();
  });
});
