import { useId, useRef, useState } from 'react';
import { REVIEW_VERDICTS, type ReviewVerdict } from '../../../../src/domain/model.ts';
import type { ReviewFinding, ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import type { CommandId } from '../../keyboard/commands.ts';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Select } from '../../ui/select.tsx';
import { useAgentNames } from '../inbox/use-agent-names.ts';
import css from './review.module.css';
import { type ReviewActions, useReviewActions } from './use-review-actions.ts';

const COMMANDS = {
  shouldHaveHandled: 'review.shouldHaveHandled',
  rightHandoff: 'review.rightHandoff',
  knowledgeGap: 'review.knowledgeGap',
  policy: 'review.policy',
  defect: 'review.defect',
} as const satisfies Record<ReviewVerdict, CommandId>;

function Verdicts({
  chosen,
  actions,
}: {
  readonly chosen: ReviewVerdict | null;
  readonly actions: ReviewActions;
}) {
  const { t } = useText();
  const choose = (verdict: ReviewVerdict): void => actions.setVerdict(verdict === chosen ? null : verdict);
  useCommands(
    Object.fromEntries(REVIEW_VERDICTS.map((verdict) => [COMMANDS[verdict], { run: () => choose(verdict) }])),
  );
  return (
    <div className={css.verdicts} role="group" aria-label={t('review:verdict.label')}>
      {REVIEW_VERDICTS.map((verdict) => (
        <button
          key={verdict}
          type="button"
          className={cx(css.verdict, chosen === verdict && css.chosen)}
          aria-pressed={chosen === verdict}
          onClick={() => choose(verdict)}
        >
          <span className={css.radio} aria-hidden="true" />
          <span className={css.verdictName}>{t(`review:verdict.${verdict}`)}</span>
          <Kbd command={COMMANDS[verdict]} />
        </button>
      ))}
    </div>
  );
}

/** A note that is kept when it is left. */
function Note({ mine, actions }: { readonly mine: ReviewFinding | null; readonly actions: ReviewActions }) {
  const { t } = useText();
  const kept = mine?.note ?? '';
  const [text, setText] = useState(kept);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useCommands({ 'review.note': { run: () => field.current?.focus() } });
  const keep = (): void => {
    if (text.trim() !== kept.trim()) actions.setNote(text.trim() === '' ? null : text.trim());
  };
  return (
    <div>
      <label className={css.fieldLabel} htmlFor={id}>
        {t('review:note')}
      </label>
      <TextArea
        ref={field}
        id={id}
        rows={2}
        className={css.note}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) {
            event.preventDefault();
            event.stopPropagation();
            field.current?.blur();
          }
        }}
      />
    </div>
  );
}

const NOBODY = 'none';

function Coach({ mine, actions }: { readonly mine: ReviewFinding | null; readonly actions: ReviewActions }) {
  const { t } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  const agents = info?.agents ?? [];
  const id = useId();
  useCommands({ 'review.coach': { run: () => document.getElementById(id)?.click() } });
  return (
    <div className={css.coach}>
      <span className={css.fieldLabel}>{t('review:coach')}</span>
      <Select
        id={id}
        label={t('review:coach')}
        value={mine?.coachId ?? NOBODY}
        choices={[
          { value: NOBODY, label: t('common:nobody') },
          ...agents.map((agent) => ({ value: agent.id, label: agent.name })),
        ]}
        onChange={(agentId) => actions.assignCoach(agents.find((agent) => agent.id === agentId)?.id ?? null)}
      />
    </div>
  );
}

function Others({ others }: { readonly others: readonly ReviewFinding[] }) {
  const { t, formats } = useText();
  const { nameOf } = useAgentNames();
  if (others.length === 0) return null;
  return (
    <ul className={css.otherFindings} aria-label={t('review:others')}>
      {others.map((finding) => (
        <li key={finding.agentId}>
          <bdi>{nameOf(finding.agentId)}</bdi>{' '}
          <strong>
            {finding.verdict === null ? t('review:unreviewed') : t(`review:verdict.${finding.verdict}`)}
          </strong>{' '}
          <time title={formats.full(finding.at)}>{formats.date(finding.at)}</time>
          {finding.note !== null && <p dir="auto">{finding.note}</p>}
        </li>
      ))}
    </ul>
  );
}

/** What I find of the conversation that is open: a verdict by key, a note, whom to coach; what others found below (O10). */
export function VerdictPanel({
  review,
  onNext,
}: {
  readonly review: ReviewRow;
  readonly onNext: (() => void) | null;
}) {
  const { t } = useText();
  const actions = useReviewActions(review);
  return (
    <section className={css.panel} aria-label={t('review:panel')}>
      <Verdicts chosen={review.mine?.verdict ?? null} actions={actions} />
      <Note key={`${review.row.id}-${review.mine?.note ?? ''}`} mine={review.mine} actions={actions} />
      <div className={css.panelFoot}>
        <Coach mine={review.mine} actions={actions} />
        {onNext !== null && (
          <Button small onClick={onNext}>
            {t('review:next')} <Kbd command="review.next" />
          </Button>
        )}
      </div>
      <Others others={review.others} />
    </section>
  );
}
