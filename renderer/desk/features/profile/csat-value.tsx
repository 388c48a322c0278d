import type { ConversationId } from '../../../../src/base/ids.ts';
import type { Csat } from '../../../../src/domain/model.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { ScoreFace } from '../csat/score-face.tsx';
import { Value } from './field.tsx';
import css from './profile.module.css';

/** What `profile.csat` shows: the latest answered cycle's (Q6). */
export function latestAnswer(asked: readonly Csat[]): Csat | null {
  return asked.filter(({ answeredAt }) => answeredAt !== null).at(-1) ?? null;
}

/** The score with the scale it was given on: a 5 of 2 points is not a 5 of 5 (Q1). */
export function CsatValue(props: { readonly conversationId: ConversationId; readonly score: number | null }) {
  const { score, conversationId } = props;
  const { t, formats } = useText();
  const { data } = useDeskQuery('surveys.ofConversation', { conversationId }, { enabled: score !== null });
  const answer = data === undefined ? null : latestAnswer(data.asked);
  if (score === null) return <Value of={null} />;
  if (answer === null) return <Value of={formats.number(score)} />;
  const { scale, answeredAt } = answer;
  return (
    <span title={answeredAt === null ? undefined : formats.full(answeredAt)} className={css.score}>
      {scale !== null && <ScoreFace score={score} />}
      {formats.number(score)}
      <span className={css.quiet}>
        {scale === null ? t('csat:scale.unknown') : t('surveys:points', { points: scale })}
      </span>
    </span>
  );
}
