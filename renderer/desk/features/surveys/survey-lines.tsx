import { Copy } from 'lucide-react';
import type { Csat } from '../../../../src/domain/model.ts';
import type { ConversationSurveys } from '../../../../src/protocol/rpc/surveys.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ScoreFace } from '../csat/score-face.tsx';
import { useCopy } from '../thread/use-copy.ts';
import { answerText } from './answer-text.ts';
import css from './survey-lines.module.css';

/** A survey went out: when, and its link to hand on (C11). */
export function AskedLine({ csat, address }: { readonly csat: Csat; readonly address: string | null }) {
  const { t, formats } = useText();
  const copy = useCopy();
  const { link, sentAt } = csat;
  return (
    <div className={css.line}>
      <span title={formats.full(sentAt)}>
        {t('surveys:line.asked')} · {formats.time(sentAt)}
      </span>
      {link !== null && address !== null && (
        <Button small look="quiet" icon={<Icon of={Copy} />} onClick={() => copy(`${address}${link}`)}>
          {t('surveys:line.copy')}
        </Button>
      )}
    </div>
  );
}

/** What the customer answered, with their words. */
export function AnsweredLine({ csat, at }: { readonly csat: Csat; readonly at: number }) {
  const { t, formats } = useText();
  return (
    <div className={css.line}>
      <span className={css.answer}>
        {csat.scale !== null && csat.score !== null && <ScoreFace score={csat.score} />}
        <span title={formats.full(at)}>
          {answerText(csat, t)} · {formats.time(at)}
        </span>
      </span>
      {csat.comment !== null && (
        <p className={css.comment} dir="auto">
          {csat.comment}
        </p>
      )}
    </div>
  );
}

/** What becomes of the closed cycle's survey: when it leaves, or why it cannot. */
export function PlanLine({ plan }: { readonly plan: ConversationSurveys['plan'] }) {
  const { t, formats } = useText();
  const now = useNow();
  if (plan?.state === 'due')
    return (
      <div className={css.line}>
        {t('surveys:line.due', { name: plan.survey.name, moment: formats.dateTime(plan.at, now) })}
      </div>
    );
  if (plan?.state === 'noAddress')
    return <div className={css.line}>{t('surveys:line.noAddress', { name: plan.survey.name })}</div>;
  return null;
}
