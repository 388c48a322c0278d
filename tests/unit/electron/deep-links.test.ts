import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellArguments } from '../../../electron/main/arguments.ts';
import { pageAddress, placeInArguments } from '../../../electron/main/deep-links.ts';
import { isOwnPage } from '../../../electron/main/page-protocol.ts';
import { conversationHash } from '../../../renderer/desk/app/address.ts';
import { HOSTILE_LINKS } from './hostile-links.ts';

describe('[O8] links from outside', () => {
  test('among arguments the first good one counts, however the system writes the scheme', () => {
    const args = ['/opt/handoff', '--flag', 'handoff://x/1', 'HANDOFF://view/2', 'handoff://c/3'];
    expect(placeInArguments(args)).toBe('#/view/2');
    expect(placeInArguments(['--a', 'https://c/1'])).toBeNull();
    expect(placeInArguments(['handoff-app://desk/#/c/1'])).toBeNull();
  });

  test('no hostile address is a place', () => {
    const ours = HOSTILE_LINKS.filter((link) => placeInArguments([link]) !== null);
    // It is an address that the window may not open by itself, and a link that the system may hand over.
    expect(ours).toEqual(['handoff://c/1']);
  });

  test('any conversation leads to our own page, and to that conversation', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (id) => {
        const address = pageAddress(conversationHash(id));
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
