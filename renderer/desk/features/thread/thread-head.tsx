import { ArrowLeft, PanelRight } from 'lucide-react';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useLayoutMode } from '../../app/layout-mode.ts';
import { useNow } from '../../app/clock.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Status, type Tone } from '../../ui/badge.tsx';
import { ChannelGlyph } from '../../ui/glyphs.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PendingMark } from '../../ui/pending-mark.tsx';
import { ConversationToolbar } from '../actions/toolbar.tsx';
import type { ConversationActions } from '../actions/use-conversation-actions.ts';
import type { People } from './people.ts';
import css from './thread-head.module.css';

const STATE_TONES = { open: 'accent', snoozed: 'pending', closed: 'resolved' } as const satisfies Record<
  string,
  Tone
>;

function Facts({ view, people }: { readonly view: ThreadView; readonly people: People }) {
  const { t, labels, formats } = useText();
  const now = useNow();
  const { humanState, aiOutcome, assigneeId, snoozedUntil } = view.conversation;
  const assignee = assigneeId === people.me ? t('common:you') : people.agentName(assigneeId);
  return (
    <div className={css.facts}>
      {humanState !== null && (
        <span title={t('states:human.label')}>
          <Status tone={STATE_TONES[humanState]}>
            {humanState === 'snoozed' && snoozedUntil !== null
              ? t('thread:event.snoozed', { time: formats.dateTime(snoozedUntil, now) })
              : labels.humanState(humanState)}
          </Status>
          {view.unconfirmed.includes('state') && <PendingMark />}
        </span>
      )}
      {aiOutcome !== null && (
        <span title={t('states:ai.label')}>
          <Status tone="ai">{labels.aiOutcome(aiOutcome)}</Status>
        </span>
      )}
      <span title={t('profile:field.assignee')}>
        <bdi>{assignee ?? t('common:nobody')}</bdi>
        {view.unconfirmed.includes('assignee') && <PendingMark />}
      </span>
    </div>
  );
}

/** Whose conversation it is, how it stands on both sides, and what can be done with it. */
export function ThreadHead(props: {
  readonly view: ThreadView;
  readonly people: People;
  readonly actions: ConversationActions;
}) {
  const { view, people, actions } = props;
  const { t, labels } = useText();
  const stacked = useLayoutMode() === 'stack';
  return (
    <header className={css.head}>
      {stacked && <IconButton icon={ArrowLeft} mirrored name={t('common:back')} command="list.back" />}
      <div className={css.who}>
        <div className={css.line}>
          <h1 className={css.name}>
            <bdi>{labels.customer(view.customer)}</bdi>
          </h1>
          <ChannelGlyph channel={view.conversation.channel} />
        </div>
        <Facts view={view} people={people} />
      </div>
      <ConversationToolbar view={view} actions={actions} me={people.me} />
      <IconButton icon={PanelRight} mirrored name={t('profile:label')} command="app.toggleProfile" />
    </header>
  );
}
