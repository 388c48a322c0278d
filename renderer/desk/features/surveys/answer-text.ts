import type { Csat } from '../../../../src/domain/model.ts';
import type { Text } from '../../i18n/keys.ts';

/** What the customer answered, in words: a 5 of 2 points is told apart from one of 5 (Q1). */
export function answerText({ scale, score }: Pick<Csat, 'scale' | 'score'>, t: Text): string {
  if (score === null) return t('surveys:line.commented');
  if (scale === null) return t('surveys:line.answeredUnknown', { score });
  return scale === 5
    ? t('surveys:line.answered', { score })
    : t('surveys:line.answeredScale', { score, points: scale });
}
