import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkLocales } from '../../scripts/locales/check.ts';
import { readLocaleTree } from '../../scripts/locales/tree.ts';

const ROOT = join(import.meta.dirname, '../..');

test('[D4] English, Korean, Brazilian Portuguese and Swedish are complete and right', () => {
  expect(checkLocales(ROOT).lines).toEqual([]);
});

test('[D4] the four languages are there', () => {
  expect(readLocaleTree(ROOT).tags).toEqual(expect.arrayContaining(['en', 'ko', 'pt-BR', 'sv']));
});

test('the AI agent and the human agent never share a name', () => {
  const texts = (tag: string): ReadonlyMap<string, string> =>
    new Map(
      readLocaleTree(ROOT)
        .files.filter((file) => file.tag === tag && file.feature === 'states')
        .flatMap(({ entries }) => entries.map(({ key, text }) => [key, text])),
    );
  for (const tag of ['en', 'ko', 'pt-BR', 'sv']) {
    const states = texts(tag);
    const [ai = '', agent = ''] = [states.get('author.ai'), states.get('author.agent')];
    expect(ai).not.toBe('');
    // In English both are agents; the AI's name says which.
    expect(ai).not.toBe(agent);
    if (tag !== 'en') expect(ai).not.toContain(agent);
  }
});
