import { REVIEW_VERDICTS } from '../../../../src/domain/model.ts';
import { REVIEW_DIMENSIONS } from '../../../../src/protocol/rpc/drill.ts';
import { type ReviewAnswer, reviewFilters } from '../../../../src/protocol/rpc/insight.ts';
import { DEFAULT_SORTS, type ListQuery } from '../../../../src/protocol/rpc/list.ts';
import type { Labels } from '../../i18n/labels.ts';
import type { Text } from '../../i18n/keys.ts';
import { reviewValueLabel } from '../insight/drill-text.ts';
import type { ReviewChoice } from '../insight/insight-state.ts';

/** The parts of a choice, in the order they are shown in. */
export const CHOICE_PARTS = ['days', 'mine', ...REVIEW_DIMENSIONS, 'coachId'] as const;
export type ChoicePart = (typeof CHOICE_PARTS)[number];

const MINE: readonly NonNullable<ReviewChoice['mine']>[] = ['none', 'any', ...REVIEW_VERDICTS];

/** The choice without one of its parts. */
export function without(choice: ReviewChoice, part: ChoicePart): ReviewChoice {
  return Object.fromEntries(Object.entries(choice).filter(([name]) => name !== part));
}

/** What turns the values of a choice into words. */
export interface ReviewWords {
  readonly t: Text;
  readonly labels: Labels;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
}

/** A value that the review may be narrowed to; `count`: how many conversations that leaves, where it is known. */
export interface ReviewOffer {
  readonly id: string;
  /** What typing is compared with: the part's name and the value's. */
  readonly label: string;
  readonly part: string;
  readonly name: string;
  readonly count: number | null;
  readonly chosen: boolean;
  /** The choice with it, or without it where it is chosen. */
  readonly next: ReviewChoice;
}

function offer(
  choice: ReviewChoice,
  part: Exclude<ChoicePart, 'days'>,
  value: string | null,
  said: { readonly part: string; readonly name: string; readonly count: number | null },
): ReviewOffer {
  const chosen = choice[part] === value;
  return {
    ...said,
    id: `${part}:${value ?? ''}`,
    label: `${said.part} ${said.name}`,
    chosen,
    next: chosen ? without(choice, part) : { ...choice, [part]: value },
  };
}

/** Everything the review may be narrowed to: my verdict, the conversations' properties with their counts, whom to coach. */
export function reviewOffers(
  choice: ReviewChoice,
  answer: Pick<ReviewAnswer, 'by'> | undefined,
  words: ReviewWords,
): readonly ReviewOffer[] {
  const { t, agents } = words;
  return [
    ...MINE.map((mine) =>
      offer(choice, 'mine', mine, {
        part: t('review:filter.mine'),
        name: t(`review:mine.${mine}`),
        count: null,
      }),
    ),
    ...REVIEW_DIMENSIONS.flatMap((by) =>
      (answer?.by[by] ?? []).map(({ value, total }) =>
        offer(choice, by, value, {
          part: t(`review:column.${by}`),
          name: reviewValueLabel(by, value, words),
          count: total,
        }),
      ),
    ),
    ...agents.map(({ id, name }) =>
      offer(choice, 'coachId', id, { part: t('review:coach'), name, count: null }),
    ),
  ];
}

/** The conversations to review as a list: by days, reason, skill, channel and tag; whose verdicts they have is no part of it. */
export function reviewList({ mine: _mine, coachId: _coachId, ...cut }: ReviewChoice): ListQuery {
  const all: ListQuery = { queue: 'review', filters: {}, sort: DEFAULT_SORTS.review };
  return Object.keys(cut).length === 0 ? all : { ...all, among: { of: 'review', ...cut } };
}

const REVIEW = '#/review/';

/** The part of an address that shows the review as it is narrowed. */
export function reviewHash(choice: ReviewChoice): string {
  return `${REVIEW}${encodeURIComponent(JSON.stringify(choice))}`;
}

/** The review that an address names; null when it names none. */
export function linkedReview(hash: string): ReviewChoice | null {
  if (!hash.startsWith(REVIEW)) return null;
  try {
    const read = reviewFilters.safeParse(JSON.parse(decodeURIComponent(hash.slice(REVIEW.length))));
    return read.success ? definedOnly(read.data) : null;
  } catch {
    return null;
  }
}

type Read = { readonly [Part in ChoicePart]?: ReviewChoice[Part] | undefined };

function definedOnly(choice: Read): ReviewChoice {
  return Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
}
