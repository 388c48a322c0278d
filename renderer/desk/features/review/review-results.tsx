import { REVIEW_VERDICTS } from '../../../../src/domain/model.ts';
import { REVIEW_DIMENSIONS, type ReviewDimension } from '../../../../src/protocol/rpc/drill.ts';
import type { ReviewAnswer, VerdictCounts } from '../../../../src/protocol/rpc/insight.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { BarRows } from '../../ui/chart-rows.tsx';
import { ChartTable } from '../../ui/chart-table.tsx';
import { reviewValueLabel } from '../insight/drill-text.ts';
import { Definition } from '../insight/definition.tsx';
import type { ReviewChoice } from '../insight/insight-state.ts';
import { ofText, rateText } from '../insight/rates.ts';
import css from './review.module.css';

/** What a verdict's cell or a bar is the review of: the same cut, with this value for its property. */
function cutBy(choice: ReviewChoice, by: ReviewDimension, value: string | null): ReviewChoice {
  return { ...choice, [by]: value };
}

/** Conversations of each reason, skill, channel or tag; a bar shows them in the review, the table tells the verdicts apart. */
function VerdictsBy(props: {
  readonly by: ReviewDimension;
  readonly counts: readonly VerdictCounts[];
  readonly onQueue: () => void;
}) {
  const { by, counts, onQueue } = props;
  const { t, labels, formats } = useText();
  const { setInsight, drill } = useScreenActions();
  const chosen = useScreen((screen) => screen.insight.review);
  const nameOf = (value: string | null): string => reviewValueLabel(by, value, { t, labels });
  const title = t(`review:by.${by}`);
  const choose = (value: string | null): void => {
    setInsight({ review: cutBy(chosen, by, value) });
    onQueue();
  };
  const behind = (value: string | null, verdict: (typeof REVIEW_VERDICTS)[number] | null, count: number) => {
    if (count === 0) return undefined;
    const { mine: _mine, coachId: _coach, ...cut } = cutBy(chosen, by, value);
    return () => drill({ of: 'review', ...cut, verdict });
  };
  return (
    <ChartFrame
      title={title}
      table={
        <ChartTable
          caption={title}
          head={[
            t(`review:column.${by}`),
            t('review:column.total'),
            t('review:unreviewed'),
            ...REVIEW_VERDICTS.map((verdict) => t(`review:verdict.${verdict}`)),
          ]}
          rows={counts.map(({ value, total, unreviewed, verdicts }) => ({
            key: value ?? '',
            label: <bdi>{nameOf(value)}</bdi>,
            cells: [
              { text: formats.number(total), onOpen: () => choose(value) },
              { text: formats.number(unreviewed), onOpen: behind(value, null, unreviewed) },
              ...REVIEW_VERDICTS.map((verdict) => ({
                text: formats.number(verdicts[verdict]),
                onOpen: behind(value, verdict, verdicts[verdict]),
              })),
            ],
          }))}
        />
      }
    >
      <BarRows
        label={title}
        tone="agent"
        rows={counts.map(({ value, total, unreviewed }) => ({
          key: value ?? '',
          label: nameOf(value),
          value: total,
          text: formats.number(total),
          of: unreviewed === total ? undefined : t('review:reviewedOf', { count: total - unreviewed }),
          onOpen: () => choose(value),
        }))}
      />
    </ChartFrame>
  );
}

/** What the reviews say: how far reviewers agree, and what they found by reason, skill, channel and tag (O10). */
export function ReviewResults({
  answer,
  onQueue,
}: {
  readonly answer: ReviewAnswer;
  readonly onQueue: () => void;
}) {
  const { t, formats } = useText();
  const { agreement } = answer;
  return (
    <div className={css.results}>
      <p className={css.agreement}>
        {t('review:agreement')} {agreement.value !== null && <strong>{rateText(agreement, formats)}</strong>}{' '}
        <span>
          {agreement.denominator === 0 ? t('review:agreement.none') : ofText(agreement, t, formats)}
        </span>
        <Definition name={t('review:agreement')}>{t('review:agreement.about')}</Definition>
      </p>
      {REVIEW_DIMENSIONS.map((by) => (
        <VerdictsBy key={by} by={by} counts={answer.by[by]} onQueue={onQueue} />
      ))}
    </div>
  );
}
