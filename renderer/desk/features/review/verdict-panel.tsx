import { useEffect, useId, useRef, useState } from 'react';
import { REVIEW_VERDICTS, type ReviewVerdict } from '../../../../src/domain/model.ts';
import type { ReviewFinding, ReviewRow } from '../../../../src/protocol/rpc/insight.ts';
import { useIsBelowThread } from '../../app/below-thread.tsx';
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

interface PartProps {
  readonly mine: ReviewFinding | null;
  readonly actions: ReviewActions;
  /** It was asked for by its key before it was there. */
  readonly asked?: boolean;
}

/** A note that is kept when it is left. */
function Note({ mine, actions, asked = false }: PartProps) {
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
    <div className={css.noteField}>
      <label className={css.fieldLabel} htmlFor={id}>
        {t('review:note')}
      </label>
      <TextArea
        ref={field}
        id={id}
        autoFocus={asked}
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

function Coach({ mine, actions, asked = false }: PartProps) {
  const { t } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  const agents = info?.agents ?? [];
  const id = useId();
  useCommands({ 'review.coach': { run: () => document.getElementById(id)?.click() } });
  useEffect(() => {
    if (asked) document.getElementById(id)?.focus();
  }, [asked, id]);
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

function NextButton({ onNext }: { readonly onNext: (() => void) | null }) {
  const { t } = useText();
  if (onNext === null) return null;
  return (
    <Button small onClick={onNext}>
      {t('review:next')} <Kbd command="review.next" />
    </Button>
  );
}

interface PanelProps {
  readonly review: ReviewRow;
  readonly onNext: (() => void) | null;
}

type Asked = 'note' | 'coach' | 'all' | null;

/** Below the thread of a narrow window: the verdicts in one line, everything else when it is asked for. */
function NarrowPanel({ review, onNext }: PanelProps) {
  const { t } = useText();
  const actions = useReviewActions(review);
  const [asked, setAsked] = useState<Asked>(null);
  const restId = useId();
  const commands = {
    'review.note': { run: () => setAsked('note') },
    'review.coach': { run: () => setAsked('coach') },
  };
  // What is asked for answers its own key from then on.
  useCommands(asked === null ? commands : {});
  return (
    <section className={cx(css.panel, css.narrow)} aria-label={t('review:panel')}>
      <Verdicts chosen={review.mine?.verdict ?? null} actions={actions} />
      {asked !== null && (
        <div id={restId} className={css.rest} onFocus={() => setAsked('all')}>
          <Note
            key={`${review.row.id}-${review.mine?.note ?? ''}`}
            mine={review.mine}
            actions={actions}
            asked={asked === 'note'}
          />
          <Coach mine={review.mine} actions={actions} asked={asked === 'coach'} />
          <Others others={review.others} />
        </div>
      )}
      <div className={css.panelFoot}>
        <Button
          small
          aria-expanded={asked !== null}
          aria-controls={asked === null ? undefined : restId}
          onClick={() => setAsked(asked === null ? 'all' : null)}
        >
          {t(asked === null ? 'review:more' : 'review:less')}
        </Button>
        <NextButton onNext={onNext} />
      </div>
    </section>
  );
}

function WidePanel({ review, onNext }: PanelProps) {
  const { t } = useText();
  const actions = useReviewActions(review);
  return (
    <section className={css.panel} aria-label={t('review:panel')}>
      <Verdicts chosen={review.mine?.verdict ?? null} actions={actions} />
      <Note key={`${review.row.id}-${review.mine?.note ?? ''}`} mine={review.mine} actions={actions} />
      <div className={css.panelFoot}>
        <Coach mine={review.mine} actions={actions} />
        <NextButton onNext={onNext} />
      </div>
      <Others others={review.others} />
    </section>
  );
}

/** What I find of the conversation that is open: a verdict by key, a note, whom to coach; what others found below (O10). */
export function VerdictPanel(props: PanelProps) {
  const isNarrow = useIsBelowThread();
  return isNarrow ? <NarrowPanel {...props} /> : <WidePanel {...props} />;
}
