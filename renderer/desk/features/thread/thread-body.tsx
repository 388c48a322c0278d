import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { dayNumber } from '../../../../src/i18n/dates.ts';
import type { ThreadMessage } from '../../../../src/protocol/rpc/thread.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useScreen } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnnouncer } from '../../ui/live-region.tsx';
import { PlanLine } from '../surveys/survey-lines.tsx';
import { useKeptEnd } from '../surveys/use-kept-end.ts';
import { HandoffCard } from './handoff-card.tsx';
import { HeldReplyCard } from './held-reply.tsx';
import type { People } from './people.ts';
import { ThreadItems } from './thread-items.tsx';
import css from './thread-pane.module.css';
import { aiPartCount, firstUnread, itemsOf, partsOf, timeWithAi } from './thread-parts.ts';
import { useReading } from './use-reading.ts';
import type { OpenThread } from './use-thread.ts';

function AiFold(props: {
  readonly count: number;
  readonly time: number | null;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { t, formats } = useText();
  const { count, time, open, onToggle } = props;
  return (
    <button
      type="button"
      className={css.fold}
      aria-expanded={open}
      title={t(open ? 'thread:ai.collapse' : 'thread:ai.expand')}
      onClick={onToggle}
    >
      <span className={cx(css.chevron, open && css.open)}>
        <Icon of={ChevronRight} mirrored={!open} />
      </span>
      {t('thread:ai.folded', { count, duration: formats.duration(time ?? 0) })}
    </button>
  );
}

/** What was unread when the thread was opened; it stays marked while it is read. */
function useUnreadAtFirst(thread: OpenThread, human: readonly ThreadMessage[], me: string | null) {
  const [first] = useState(() => ({
    id: firstUnread(human, thread.view.readMarker?.readThroughAt ?? null, me)?.id ?? null,
    neverRead: thread.view.readMarker === null,
  }));
  return first;
}

function useAnnounced(unseen: number): void {
  const { t } = useText();
  const announcer = useAnnouncer();
  useEffect(() => {
    if (unseen > 0) announcer.polite(t('thread:new', { count: unseen }));
  }, [unseen, announcer, t]);
}

function useParts(thread: OpenThread, people: People, unreadId: string | null, showAi: boolean) {
  const { formats } = useText();
  const { data: surveys } = useDeskQuery('surveys.ofConversation', {
    conversationId: thread.view.conversation.id,
  });
  const asked = surveys?.asked ?? [];
  const { view, messages } = thread;
  const parts = useMemo(() => partsOf(messages, view.conversation), [messages, view.conversation]);
  const dayOf = (at: number): number => dayNumber(formats.civil(at));
  const from = messages[0]?.at ?? 0;
  const folds = parts.ai.length > 0 && view.conversation.handoffAt !== null;
  const ai =
    folds && !showAi
      ? []
      : itemsOf(parts.ai, { cycles: [], asked: [], from, unreadId: null, dayOf, dayBefore: null });
  const above = ai.length === 0 ? undefined : parts.ai.at(-1);
  const dayBefore = above === undefined ? null : dayOf(above.at);
  const human = itemsOf(parts.human, { cycles: view.cycles, asked, from, unreadId, dayOf, dayBefore });
  return { parts, folds, ai, human, people, surveys };
}

/** The card, the AI's part, the team's part, what is held: one scrolled column. */
export function ThreadBody(props: { readonly thread: OpenThread; readonly people: People }) {
  const { thread, people } = props;
  const { view, messages } = thread;
  const { t, labels } = useText();
  const foundId = useScreen((screen) => screen.openMessageId);
  const atFirst = useUnreadAtFirst(thread, partsOf(messages, view.conversation).human, people.me);
  // In the review the AI's part is what is read.
  const inReview = useScreen((screen) => screen.place === 'review');
  const [opened, setOpened] = useState(inReview);
  const foundInAi = partsOf(messages, view.conversation).ai.some(({ id }) => id === foundId);
  const showAi = opened || foundInAi;
  const { parts, folds, ai, human, surveys } = useParts(thread, people, atFirst.id, showAi);
  const scroller = useRef<HTMLDivElement>(null);
  const reading = useReading({
    scroller,
    messages,
    target: foundId ?? atFirst.id,
    atStart: atFirst.neverRead,
    me: people.me,
  });
  useKeptEnd(scroller, surveys);
  useAnnounced(reading.unseen);
  const toggle = (): void => setOpened(!showAi);
  useCommands({ 'conversation.toggleAi': { run: toggle, enabled: folds } });
  const count = aiPartCount(parts, view.conversation, thread.hasEarlier);
  const { customer } = view;
  const shown = { customer, people, foundId, address: surveys?.address?.url ?? null };
  const missesEarlier = thread.hasEarlier && (!folds || showAi);
  return (
    <div className={css.frame}>
      <div ref={scroller} className={css.scroller} onScroll={reading.onScroll} tabIndex={-1} data-pane-focus>
        <div className={css.column}>
          <HandoffCard view={view} messages={messages} aiCount={count} />
          {folds && (
            <AiFold count={count} time={timeWithAi(view.conversation)} open={showAi} onToggle={toggle} />
          )}
          {missesEarlier && (
            <div className={css.earlier}>
              <Button small onClick={thread.loadEarlier}>
                {t('thread:earlier')}
              </Button>
            </div>
          )}
          <div
            role="log"
            aria-live="off"
            aria-label={t('thread:labelWith', { name: labels.customer(customer) })}
            className={css.log}
          >
            <ThreadItems items={ai} {...shown} />
            <ThreadItems items={human} {...shown} />
            <PlanLine plan={surveys?.plan ?? null} />
          </div>
          {view.held.map((held) => (
            <HeldReplyCard key={held.mid} held={held} view={view} messages={messages} people={people} />
          ))}
        </div>
      </div>
      {reading.unseen > 0 && (
        <Button small look="primary" className={css.pill} onClick={reading.toEnd}>
          {t('thread:new', { count: reading.unseen })}
        </Button>
      )}
    </div>
  );
}
