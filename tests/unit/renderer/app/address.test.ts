import { describe, expect, test } from 'vitest';
import { linkedConversation, withoutToken } from '../../../../renderer/desk/app/address.ts';

describe('the address of the page', () => {
  test('the secret leaves it, everything else stays', () => {
    expect(withoutToken('http://127.0.0.1:4711/?token=abc')).toBe('http://127.0.0.1:4711/');
    expect(withoutToken('http://127.0.0.1:4711/?a=1&token=abc#/c/x')).toBe('http://127.0.0.1:4711/?a=1#/c/x');
    expect(withoutToken('http://127.0.0.1:4711/')).toBe('http://127.0.0.1:4711/');
  });

  test('a link names a conversation by its id, whatever the id holds', () => {
    expect(linkedConversation('#/c/air-18-1')).toBe('air-18-1');
    expect(linkedConversation(`#/c/${encodeURIComponent('a/b ü')}`)).toBe('a/b ü');
  });

  test.each(['', '#', '#/c/', '#/d/x', '#/c/a/b', '#/c/%E0%A4%A'])('%s names none', (hash) => {
    expect(linkedConversation(hash)).toBeNull();
  });
});
