import type { MergedList } from '../../../../src/protocol/rpc/status.ts';
import { type ConflictTools, momentText } from './conflict-text.ts';

/** How a list was merged, in three parts: whose change is in it, what its author had, what both made of it. */
export interface MergeWords {
  readonly who: string;
  readonly mine: string;
  readonly result: string;
}

/** The words for a list that others' changes were merged into. `now` tells today from other days. */
export function mergeText(
  { field, mine, result, agentIds, at }: Omit<MergedList, 'customerName'>,
  now: number,
  tools: ConflictTools,
): MergeWords {
  const { t, formats } = tools;
  const items = (list: readonly string[]): string =>
    list.length === 0 ? t('outbox:merged.nothing') : list.join(', ');
  const names = agentIds.map((id) => tools.nameOf(id) ?? t('outbox:conflict.source'));
  return {
    who: t('outbox:merged.who', {
      count: names.length,
      name: formats.list(names),
      field: tools.fieldName(field),
      time: momentText(tools, at, now),
    }),
    mine: t('outbox:merged.mine', { items: items(mine) }),
    result: t('outbox:merged.result', { items: items(result) }),
  };
}
