import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { element, escapeHtml, htmlOf } from '../../../src/messenger/nodes.ts';

describe('pages as data', () => {
  test('are written as HTML, with what is null or false left out', () => {
    const node = element(
      'label',
      { for: 'a', title: null, hidden: false, class: 'x y' },
      'A & B ',
      element('input', { type: 'radio', checked: true }),
      null,
    );
    expect(htmlOf(node)).toBe('<label for="a" class="x y">A &amp; B <input type="radio" checked></label>');
  });

  test('a textarea’s first line break is kept', () => {
    expect(htmlOf(element('textarea', {}, '\nx'))).toBe('<textarea>\n\nx</textarea>');
  });

  test('no text leaves its place, in content or in an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const html = htmlOf(element('p', { title: text }, text));
        expect(html.match(/[<>]/g)).toEqual(['<', '>', '<', '>']);
        expect(html.match(/"/g)).toHaveLength(2);
      }),
    );
    expect(escapeHtml(`<a href='x'>&"`)).toBe('&lt;a href=&#39;x&#39;&gt;&amp;&quot;');
  });
});
