import { expect, test } from 'vitest';
import { pageText } from '../../../../renderer/desk/features/profile/page-text.ts';

test('[C2] a page is its host and path, without scheme and query', () => {
  expect(pageText('https://shop.example/en/returns?utm=1#top')).toEqual({
    host: 'shop.example',
    short: 'shop.example/en/returns',
    href: 'https://shop.example/en/returns?utm=1#top',
  });
  expect(pageText('https://shop.example/').short).toBe('shop.example');
});

test('[C2] a long page is shortened in its middle', () => {
  const { short } = pageText(`https://shop.example/${'a'.repeat(80)}/end`);
  expect(short.length).toBeLessThanOrEqual(40);
  expect(short).toMatch(/^shop\.example.*….*\/end$/);
});

test('[C2] what is not a plain web page does not open', () => {
  for (const page of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://bank.example@evil.example/',
    'home',
    '/start',
  ]) {
    expect(pageText(page)).toMatchObject({ host: null, href: null });
  }
});
