import { useMemo } from 'react';
import type { Customer, Message } from '../../../../src/domain/model.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';

/** Who is who in a conversation. */
export interface People {
  readonly me: string | null;
  agentName(id: string | null): string | null;
  authorName(message: Pick<Message, 'authorKind' | 'authorId'>, customer: Customer): string;
}

/** Names for agents, oneself and the customer, in the reader's language. */
export function usePeople(): People {
  const { t, labels } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  return useMemo(() => {
    const names = new Map<string, string>(info?.agents.map(({ id, name }) => [id, name]) ?? []);
    const me = info?.me.id ?? null;
    const agentName = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
    return {
      me,
      agentName,
      authorName: ({ authorKind, authorId }, customer) => {
        if (authorKind === 'customer') return labels.customer(customer);
        if (authorKind !== 'agent') return labels.author(authorKind);
        return authorId === me ? t('common:you') : (agentName(authorId) ?? labels.author('agent'));
      },
    };
  }, [info, t, labels]);
}
