import { describe, expect, test } from 'vitest';
import {
  linkedReview,
  reviewList,
  reviewHash,
  reviewOffers,
  without,
} from '../../../../renderer/desk/features/review/review-choice.ts';
import type { ReviewChoice } from '../../../../renderer/desk/features/insight/insight-state.ts';
import type { VerdictCounts } from '../../../../src/protocol/rpc/insight.ts';
import { DEFAULT_SORTS, listQuerySchema } from '../../../../src/protocol/rpc/list.ts';
import { wordsOf } from '../insight/words.ts';

const DAYS = { from: '2026-06-01', to: '2026-06-07', zone: 'Europe/Stockholm' } as const;
const counts = (value: string | null, total: number): VerdictCounts => ({
  value,
  total,
  unreviewed: total,
  verdicts: { shouldHaveHandled: 0, rightHandoff: 0, knowledgeGap: 0, policy: 0, defect: 0 },
});
const ANSWER = {
  by: {
    reason: [counts('knowledge_gap', 4), counts(null, 1)],
    skill: [counts('returns', 5)],
    channel: [counts('web_chat', 5)],
    tag: [counts('leverans', 3), counts(null, 2)],
  },
};
const words = (tag = 'en') => ({ ...wordsOf(tag), agents: [{ id: 'lea', name: 'Lea' }] });
const offerOf = (choice: ReviewChoice, label: RegExp, tag = 'en') =>
  reviewOffers(choice, ANSWER, words(tag)).find((offer) => label.test(offer.label));

describe('[O10] what the review may be narrowed to', () => {
  test('a reason, skill, channel or tag has its count, none of it too', () => {
    const shown = reviewOffers({}, ANSWER, words())
      .filter(({ count }) => count !== null)
      .map(({ label, count }) => `${label}: ${count}`);
    expect(shown).toEqual([
      'Hand-off reason The AI did not know the answer: 4',
      'Hand-off reason No reason given: 1',
      'Skill returns: 5',
      'Channel Web chat: 5',
      'Tag leverans: 3',
      'Tag No tag: 2',
    ]);
  });

  test('typing finds them in the reader’s language', () => {
    expect(offerOf({}, /^Tagg leverans$/, 'sv')?.next).toEqual({ tag: 'leverans' });
    expect(offerOf({}, /^채널 /, 'ko')?.next).toEqual({ channel: 'web_chat' });
  });

  test('what is picked joins what is chosen; picked again it leaves', () => {
    const choice: ReviewChoice = { days: DAYS, reason: 'knowledge_gap' };
    expect(offerOf(choice, /No tag/)).toMatchObject({ chosen: false, next: { ...choice, tag: null } });
    expect(offerOf(choice, /did not know/)).toMatchObject({ chosen: true, next: { days: DAYS } });
    expect(offerOf(choice, /Lea/)?.next).toEqual({ ...choice, coachId: 'lea' });
    expect(offerOf({ mine: 'none' }, /Not reviewed by me/)?.next).toEqual({});
    expect(without(choice, 'days')).toEqual({ reason: 'knowledge_gap' });
  });
});

describe('[O10] the export of a review', () => {
  test('is of what it is narrowed to; whose verdicts those have is no part of it', () => {
    expect(reviewList({})).toEqual({ queue: 'review', filters: {}, sort: DEFAULT_SORTS.review });
    expect(reviewList({ mine: 'none' }).among).toBeUndefined();
    const choice: ReviewChoice = {
      days: DAYS,
      reason: null,
      tag: 'leverans',
      mine: 'policy',
      coachId: 'lea',
    };
    expect(reviewList(choice).among).toEqual({ of: 'review', days: DAYS, reason: null, tag: 'leverans' });
    expect(listQuerySchema.safeParse(reviewList(choice)).success).toBe(true);
  });
});

describe('[O10] a link to a review', () => {
  test('shows it as it was narrowed, none of a property included', () => {
    const choice: ReviewChoice = { days: DAYS, reason: null, tag: 'leverans & retur', mine: 'knowledgeGap' };
    expect(linkedReview(reviewHash(choice))).toEqual(choice);
    expect(linkedReview(reviewHash({}))).toEqual({});
  });

  test.each([
    '',
    '#/c/air-1',
    '#/review/',
    '#/review/%7B',
    '#/review/%E0%A4%A',
    '#/review/%7B%22mine%22%3A%22maybe%22%7D',
    '#/review/%7B%22days%22%3A%7B%22from%22%3A%22June%22%7D%7D',
  ])('%j names none', (hash) => {
    expect(linkedReview(hash)).toBeNull();
  });
});
