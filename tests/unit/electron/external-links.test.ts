import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { externalAddress } from '../../../electron/main/external-links.ts';
import { HOSTILE_LINKS } from './hostile-links.ts';

describe('links that leave the app', () => {
  test.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://Example.COM/A?b=c#d', 'https://example.com/A?b=c#d'],
    ['https://example.com/a b"<>', 'https://example.com/a%20b%22%3C%3E'],
    ['https://münchen.example/straße', 'https://xn--mnchen-3ya.example/stra%C3%9Fe'],
    ['https:\\\\example.com\\a', 'https://example.com/a'],
    ['mailto:someone@shop.example', 'mailto:someone@shop.example'],
    [
      'mailto:a@shop.example?subject=Hej då&body=x&attach=/etc/passwd&bcc=spy@evil.example',
      'mailto:a@shop.example?subject=Hej%20d%C3%A5&body=x',
    ],
  ])('%s leaves as %s', (link, address) => {
    expect(externalAddress(link)).toBe(address);
  });

  test('there are at least forty hostile ones, and each goes nowhere', () => {
    expect(new Set(HOSTILE_LINKS).size).toBeGreaterThanOrEqual(40);
    expect(HOSTILE_LINKS.filter((link) => externalAddress(link) !== null)).toEqual([]);
  });

  test('whatever is written, only plain https and mail addresses come out', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.emailAddress().map((mail) => `mailto:${mail}`),
    );
    fc.assert(
      fc.property(text, (link) => {
        const address = externalAddress(link);
        if (address === null) return;
        expect(address).toMatch(/^(?:https:\/\/[^/@\s]+\/|mailto:[^@\s]+@)/);
        expect(address).not.toMatch(/[\s"<>\\]/);
      }),
      { numRuns: 2_000, seed: 20_261_121 },
    );
  });
});
