import { useCallback } from 'react';
import type { OutboxItem } from '../../../../src/protocol/rpc/status.ts';
import { type TextTools, useText } from '../../i18n/text-provider.tsx';

function valueAt(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null
    ? Object.getOwnPropertyDescriptor(from, key)?.value
    : undefined;
}

function priorityText({ t, labels }: TextTools, value: unknown): string {
  return value === 'high' || value === 'medium' || value === 'low'
    ? labels.priority(value)
    : t('outbox:conflict.none');
}

/** What a change asks for, and what stands in its way where that is known: "You set High; it is Low now." */
export function useWishes(): (item: Pick<OutboxItem, 'name' | 'args' | 'code' | 'detail'>) => string | null {
  const text = useText();
  return useCallback(
    ({ name, args, code, detail }) => {
      if (name !== 'conversation.setPriority') return null;
      const mine = priorityText(text, valueAt(args, 'priority'));
      if (code !== 'changedSince') return mine;
      return text.t('outbox:conflict.priority', {
        mine,
        theirs: priorityText(text, detail?.['priority'] ?? null),
      });
    },
    [text],
  );
}
