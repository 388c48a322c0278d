import { resolveVisibility } from '../../../../src/domain/fields/visibility.ts';
import { TIMING_KEYS } from '../../../../src/domain/timings/timings.ts';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useScreen } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useConversationActions } from '../actions/use-conversation-actions.ts';
import { useFields } from '../fields/field-names.ts';
import { usePeople } from '../thread/people.ts';
import { useThreadView } from '../thread/use-thread.ts';
import { TimingsGrid } from '../timings/timings-grid.tsx';
import { ConversationSection } from './conversation-section.tsx';
import { Section } from './field.tsx';
import { HistorySection, ShopSections } from './history-section.tsx';
import { Identity } from './identity.tsx';
import css from './profile.module.css';

function Filled({ view }: { readonly view: ThreadView }) {
  const { t } = useText();
  const visibility = useFields()?.visibility;
  const isShown = (key: string): boolean =>
    visibility === undefined || resolveVisibility(key, visibility.own, visibility.workspace).visible;
  const people = usePeople();
  const actions = useConversationActions(view.conversation);
  if (actions === null) return null;
  return (
    <div className={css.profile}>
      <Identity customer={view.customer} />
      {TIMING_KEYS.some(isShown) && (
        <Section title={t('profile:timings')}>
          <TimingsGrid conversationId={view.conversation.id} isShown={isShown} />
        </Section>
      )}
      <ConversationSection view={view} people={people} actions={actions} />
      <ShopSections view={view} />
      <HistorySection rows={view.otherConversations} />
    </div>
  );
}

/** Who writes, and everything that is known of the conversation, beside the thread. */
export function ProfilePane() {
  const openId = useScreen((screen) => screen.openId);
  const { data } = useThreadView(openId);
  if (openId === null || data === undefined || data === null) return null;
  return <Filled key={openId} view={data} />;
}
