import { useCallback } from 'react';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { linkTo } from '../../../../src/protocol/shell/links.ts';
import { conversationHash } from '../../app/address.ts';
import { useScreen } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { wireCodeOf } from '../actions/use-change.ts';
import { useConversationActions } from '../actions/use-conversation-actions.ts';
import { Composer } from '../composer/composer.tsx';
import { MissingConversation } from '../scope/missing-conversation.tsx';
import { TimingStrip } from '../timings/timing-strip.tsx';
import { useCopy } from './use-copy.ts';
import { usePeople } from './people.ts';
import { ThreadBody } from './thread-body.tsx';
import { ThreadHead } from './thread-head.tsx';
import css from './thread-pane.module.css';
import { useEarlyCommands } from './use-early-commands.ts';
import { useMarkRead } from './use-reading.ts';
import { useMessages, useThreadView } from './use-thread.ts';

function Opened({ view }: { readonly view: ThreadView }) {
  const people = usePeople();
  const thread = useMessages(view);
  const showNewest = useCallback(() => {
    document.querySelector('[data-pane="thread"] article:last-of-type')?.scrollIntoView({ block: 'center' });
  }, []);
  const actions = useConversationActions(view.conversation, showNewest);
  const copy = useCopy();
  const { id } = view.conversation;
  useCommands({
    'conversation.copy': { run: () => copy(id) },
    'conversation.copyLink': { run: () => copy(linkTo(window.location.href, conversationHash(id))) },
  });
  if (actions === null) return null;
  return <OpenedParts view={view} people={people} thread={thread} actions={actions} />;
}

function OpenedParts(props: {
  readonly view: ThreadView;
  readonly people: ReturnType<typeof usePeople>;
  readonly thread: ReturnType<typeof useMessages>;
  readonly actions: NonNullable<ReturnType<typeof useConversationActions>>;
}) {
  const { view, people, thread, actions } = props;
  useMarkRead(view, actions);
  return (
    <div className={css.pane}>
      <ThreadHead view={view} people={people} actions={actions} />
      <ThreadBody thread={thread} people={people} />
      <TimingStrip conversationId={view.conversation.id} messages={thread.messages} />
      <Composer view={view} messages={thread.messages} actions={actions} />
    </div>
  );
}

/** The conversation that is open: who, why, what was said, and where to answer. */
export function ThreadPane() {
  const { t, labels } = useText();
  const openId = useScreen((screen) => screen.openId);
  const { data, error, refetch } = useThreadView(openId);
  useEarlyCommands(openId, data !== undefined || error !== null);
  if (openId === null) {
    return (
      <EmptyState>
        {t('thread:empty')} {t('thread:empty.hint')}
      </EmptyState>
    );
  }
  if (error !== null && data === undefined) {
    const code = wireCodeOf(error);
    return (
      <ErrorState
        what={labels.wireError(code)}
        safe={t('errors:safe.outbox')}
        action={<Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
        code={code}
      />
    );
  }
  if (data === undefined) return null;
  if (data === null) return <MissingConversation key={openId} id={openId} />;
  return <Opened key={openId} view={data} />;
}
