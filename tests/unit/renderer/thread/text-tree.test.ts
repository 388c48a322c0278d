import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hiddenHost,
  type Inline,
  parseText,
  textOf,
} from '../../../../renderer/desk/features/thread/text-tree.ts';

function inlines(text: string): Inline[] {
  return parseText(text).flatMap(({ children }) => children);
}

function links(text: string): { text: string; host: string }[] {
  return inlines(text).flatMap((node) =>
    node.type === 'link' ? [{ text: node.text, host: node.host }] : [],
  );
}

function codes(text: string): string[] {
  return inlines(text).flatMap((node) => (node.type === 'code' ? [node.text] : []));
}

const pieces = fc.constantFrom(
  '<b>',
  '</script>',
  'https://',
  'http://a.example/x',
  'mailto:',
  'a@b.example',
  'javascript:alert(1)',
  '\n',
  '\r\n',
  '\n\n',
  '#102',
  'SI5UKW',
  ')',
  '(',
  '.',
  ' ',
  '&lt;',
  '[x](https://y.example)',
  '\u202e',
  '한국어',
  '\ud800',
  'ﻣﺮﺣﺒﺎ',
);
const nasty = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 30 })
  .map((all) => all.join(''));

describe('what a message is read into', () => {
  test('any text becomes closed node kinds and loses no character', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const tree = parseText(text);
        expect(textOf(tree)).toBe(text);
        for (const node of tree.flatMap(({ children }) => children)) {
          expect(['text', 'break', 'code', 'link']).toContain(node.type);
          if (node.type === 'link')
            expect(['http:', 'https:', 'mailto:']).toContain(new URL(node.href).protocol);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a very long text of one kind is read', () => {
    for (const unit of ['A', '1', '-', 'A1-', '\n', '(', 'https://', ' #']) {
      const text = unit.repeat(20_000);
      expect(textOf(parseText(text))).toBe(text);
    }
  });

  test('tags stay the characters they are', () => {
    expect(inlines('<img src=x onerror=alert(1)>')).toEqual([
      { type: 'text', text: '<img src=x onerror=alert(1)>' },
    ]);
  });

  test('empty lines part paragraphs, single ones break lines', () => {
    const tree = parseText('one\ntwo\n\n\nthree');
    expect(tree).toHaveLength(2);
    expect(tree[0]?.children.map(({ type }) => type)).toEqual(['text', 'break', 'text']);
    expect(tree[0]?.gap).toBe('\n\n\n');
  });

  test('a link ends before the mark of its sentence and keeps the bracket it opened', () => {
    expect(links('See https://shop.example/a_(b)). Then (http://x.example/y).')).toEqual([
      { text: 'https://shop.example/a_(b)', host: 'shop.example' },
      { text: 'http://x.example/y', host: 'x.example' },
    ]);
  });

  test('only http, https and mailto become links', () => {
    expect(links('javascript:alert(1) file:///etc/passwd data:text/html,x ftp://a.example')).toEqual([]);
    expect(links('mailto:help@shop.example, please')).toEqual([
      { text: 'mailto:help@shop.example', host: 'help@shop.example' },
    ]);
    expect(links('mailto:nobody https://')).toEqual([]);
  });

  test('a link that hides where it leads has its host said', () => {
    const [link] = links('https://bank.example@evil.example/login');
    expect(link?.host).toBe('evil.example');
    expect(link === undefined ? null : hiddenHost(link)).toBe('evil.example');
    expect(hiddenHost({ text: 'https://Shop.example/a', host: 'shop.example' })).toBeNull();
  });

  test('order numbers are kept apart, words and plain numbers are not', () => {
    expect(codes('Order #10245, booking SI5UKW and AB-12-9X')).toEqual(['#10245', 'SI5UKW', 'AB-12-9X']);
    expect(codes('THE FAQ says 2024 and co2 and 16:00')).toEqual([]);
  });
});
