import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellArguments } from '../../../electron/main/arguments.ts';
import {
  conversationInArguments,
  conversationOfLink,
  pageAddress,
} from '../../../electron/main/deep-links.ts';
import { isOwnPage } from '../../../electron/main/page-protocol.ts';

describe('links from outside', () => {
  test.each([
    ['handoff://c/conv-1', 'conv-1'],
    ['handoff://c/conv-1/', 'conv-1'],
    ['handoff://c/%ED%99%98%EB%B6%88%2F1', '환불/1'],
    ['HANDOFF://c/A', 'A'],
  ])('%s names %s', (link, id) => {
    expect(conversationOfLink(link)).toBe(id);
  });

  test.each([
    'handoff://c/',
    'handoff://c',
    'handoff://d/1',
    'handoff://c/1/2',
    'handoff:c/1',
    'https://c/1',
    'handoff://c/%E0%A4%A',
    'handoff://c/a%00b',
    'handoff://c/a%0ab',
    `handoff://c/${'x'.repeat(201)}`,
    '',
  ])('%j names nothing', (link) => {
    expect(conversationOfLink(link)).toBeNull();
  });

  test('among arguments the first good one counts', () => {
    const args = ['/opt/handoff', '--flag', 'handoff://x/1', 'handoff://c/2', 'handoff://c/3'];
    expect(conversationInArguments(args)).toBe('2');
    expect(conversationInArguments(['--a', 'https://c/1'])).toBeNull();
  });

  test('any conversation leads to our own page, and to that conversation', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (id) => {
        const address = pageAddress(id);
        expect(isOwnPage(address)).toBe(true);
        expect(decodeURIComponent(new URL(address).hash)).toBe(`#/c/${id}`);
      }),
      { numRuns: 500, seed: 20_261_121 },
    );
    expect(pageAddress(null)).toBe('handoff-app://desk/');
  });
});

describe('arguments of the program', () => {
  test('a data folder and a workspace, in both ways of writing', () => {
    expect(
      shellArguments(['.', '--data', 'D', '--workspace=https://w.example', '--token-file', 'F']),
    ).toEqual({
      dataDir: 'D',
      remote: { url: 'https://w.example', tokenFile: 'F' },
    });
    expect(shellArguments(['--data=D=1', '--enable-logging'])).toEqual({ dataDir: 'D=1', remote: null });
  });

  test('what is incomplete counts as not given', () => {
    expect(shellArguments(['--data', '--workspace', 'https://w.example'])).toEqual({
      dataDir: null,
      remote: null,
    });
    expect(shellArguments(['--data='])).toEqual({ dataDir: null, remote: null });
    expect(shellArguments(['--data'])).toEqual({ dataDir: null, remote: null });
  });
});
