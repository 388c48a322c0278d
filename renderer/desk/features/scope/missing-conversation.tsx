import type { ConversationId } from '../../../../src/base/ids.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { EmptyState, WaitingState } from '../../ui/states.tsx';
import { useHeld } from './use-held.ts';

/** A conversation that is opened and not here: it is fetched, and opens by itself; or there is none (Y9). */
export function MissingConversation({ id }: { readonly id: ConversationId }) {
  const { t } = useText();
  const { data } = useDeskQuery('scope.conversation', { conversationId: id });
  const { isOnline } = useHeld();
  if (data === undefined || data === 'held') return null;
  if (data === 'absent') return <EmptyState>{t('thread:notFound')}</EmptyState>;
  if (isOnline) return <WaitingState>{t('scope:thread.coming')}</WaitingState>;
  return <EmptyState>{t('scope:thread.offline')}</EmptyState>;
}
