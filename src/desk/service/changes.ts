import type { ConversationId } from '../../base/ids.ts';
import { INVALIDATION_IDS, type Invalidation, type Topic } from '../../protocol/rpc/contract.ts';
import type { DeskChange } from '../desk-core.ts';
import type { ListService, ReplicaChange } from './lists.ts';

const ANY: ReplicaChange = { conversations: null, messages: null, customers: null };

/** What lists and the search index are told of a change; null when it does not concern them. */
export function replicaChange(change: DeskChange): ReplicaChange | null {
  if (change.type === 'cleared') return ANY;
  if (change.type !== 'rows' && change.type !== 'filled') return null;
  const { conversations, messages, customers } = change.written;
  // A page of a bootstrap may hold messages alone and names none of them: what waited for its end goes on all the same.
  if (change.type === 'rows' && conversations.size + messages.size + customers.size === 0) return null;
  return { conversations: [...conversations], messages: [...messages], customers: [...customers] };
}

/** What the screens are told of a change: ask again (never what to show). */
export function invalidationsOf(change: DeskChange): readonly Invalidation[] {
  switch (change.type) {
    case 'cleared':
      return any('list', 'thread', 'info', 'insight', 'status');
    case 'filled':
      return any(
        'list',
        'thread',
        ...(change.written.shared ? (['info'] as const) : []),
        'insight',
        'status',
      );
    case 'status':
      return any('status');
    case 'scope':
      // Older conversations belong to customers whose other ones are open on a screen.
      if (change.isMore) return any('status', 'list', 'insight', 'thread');
      return [...any('status', 'list', 'insight'), ...of(change.conversations, 'thread')];
    case 'outbox':
      return [...any('outbox', 'undo', 'status'), ...of(change.conversations, 'list', 'thread')];
    case 'rows': {
      const { conversations, customers, shared } = change.written;
      const told = shared ? any('info') : [];
      const figures = shared || customers.size + conversations.size > 0 ? any('insight') : [];
      // Which conversations show a customer is for the lists to know.
      if (customers.size > 0) return [...told, ...any('list', 'thread'), ...figures];
      return [...told, ...of([...conversations], 'list', 'thread'), ...figures];
    }
  }
}

function any(...topics: readonly Topic[]): readonly Invalidation[] {
  return topics.map((topic) => ({ topic, ids: null }));
}

function of(ids: readonly ConversationId[], ...topics: readonly Topic[]): readonly Invalidation[] {
  if (ids.length === 0) return [];
  return ids.length > INVALIDATION_IDS ? any(...topics) : topics.map((topic) => ({ topic, ids }));
}

/** Passes a change on: those who keep something derived first, so that a screen that asks at once gets the new rows. */
export function passOn(
  change: DeskChange,
  derived: readonly Pick<ListService, 'changed'>[],
  tell: (invalidation: Invalidation) => void,
): void {
  const rows = replicaChange(change);
  if (rows !== null) for (const one of derived) one.changed(rows);
  for (const invalidation of invalidationsOf(change)) tell(invalidation);
}
