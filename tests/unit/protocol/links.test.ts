import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversationHash, linkedConversation } from '../../../renderer/desk/app/address.ts';
import {
  linkedList,
  linkedView,
  listHash,
  type ViewContent,
  viewHash,
} from '../../../renderer/desk/features/views/view-query.ts';
import { linkedReview, reviewHash } from '../../../renderer/desk/features/review/review-choice.ts';
import { linkTo, placeOfLink } from '../../../src/protocol/shell/links.ts';

const CONTENT: ViewContent = {
  mode: 'table',
  list: {
    queue: 'review',
    filters: { tag: ['leverans & retur', '반품'], channel: ['email'] },
    sort: { by: 'activity', direction: 'desc' },
  },
};

const BROWSER = 'http://127.0.0.1:8080/#/c/air-1';
const DESKTOP = 'handoff-app://desk/#/c/air-1';

describe('[O8] a link from outside', () => {
  test.each([
    ['handoff://conversation/conv-1', '#/c/conv-1'],
    ['handoff://c/conv-1', '#/c/conv-1'],
    ['handoff://view/conv-1/', '#/view/conv-1'],
    ['handoff://c/%ED%99%98%EB%B6%88%2F1', '#/c/%ED%99%98%EB%B6%88%2F1'],
    ['HANDOFF://VIEW/A', '#/view/A'],
    ['handoff://list/%7B%22list%22%3A1%7D', '#/list/%7B%22list%22%3A1%7D'],
  ])('%s names %s', (link, place) => {
    expect(placeOfLink(link)).toBe(place);
  });

  test.each([
    'handoff://view/',
    'handoff://view',
    'handoff://settings/1',
    'handoff://c/1/2',
    'handoff://c/1?a=1',
    'handoff://c/1#/view/2',
    'handoff:view/1',
    'handoff-app://view/1',
    'https://view/1',
    'handoff://view/%E0%A4%A',
    'handoff://view/a%00b',
    'handoff://view/a%0ab',
    `handoff://view/${'x'.repeat(201)}`,
    `handoff://list/${'x'.repeat(4_001)}`,
    '',
  ])('%j names nothing', (link) => {
    expect(placeOfLink(link)).toBeNull();
  });
});

describe('[O8] a copied link', () => {
  test('of the browser is the page’s address, and takes nothing else along', () => {
    expect(linkTo(BROWSER, viewHash('v1'))).toBe('http://127.0.0.1:8080/#/view/v1');
    expect(linkedList(new URL(linkTo(BROWSER, listHash(CONTENT))).hash)).toEqual(CONTENT);
  });

  test('of the desktop app is one that the system hands to the app', () => {
    expect(linkTo(DESKTOP, viewHash('v1'))).toBe('handoff://view/v1');
    expect(linkTo(DESKTOP, conversationHash('air-18-1'))).toBe('handoff://conversation/air-18-1');
    const place = placeOfLink(linkTo(DESKTOP, listHash(CONTENT)));
    expect(linkedList(place ?? '')).toEqual(CONTENT);
    const review = { reason: 'knowledge_gap', tag: null, mine: 'none' } as const;
    expect(linkedReview(placeOfLink(linkTo(DESKTOP, reviewHash(review))) ?? '')).toEqual(review);
  });

  test('leads back to the very place, whatever its name holds', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
      .filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(name, (id) => {
        expect(linkedConversation(placeOfLink(linkTo(DESKTOP, conversationHash(id))) ?? '')).toBe(id);
        expect(linkedView(placeOfLink(linkTo(DESKTOP, viewHash(id))) ?? '')).toBe(id);
        expect(linkedView(new URL(linkTo(BROWSER, viewHash(id))).hash)).toBe(id);
      }),
      { numRuns: 500, seed: 20_261_121 },
    );
  });
});
