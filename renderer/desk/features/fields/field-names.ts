import { useMemo } from 'react';
import { fieldName } from '../../../../src/i18n/field-names.ts';
import type { FieldsView } from '../../../../src/protocol/rpc/fields.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import type { TextKey } from '../../i18n/keys.ts';
import { RESOURCES, SHIPPED_LOCALES } from '../../i18n/resources.ts';
import { useText } from '../../i18n/text-provider.tsx';

/** Names of the fields that this product ships: the built-in keys (C2), our own beside them, the ready-made ones (C8). */
const SHIPPED: Readonly<Record<string, TextKey>> = {
  priority: 'profile:field.priority',
  'source.page': 'profile:field.page',
  tags: 'profile:field.tags',
  description: 'profile:field.description',
  'source.workflow.id': 'fields:name.source.workflow.id',
  goalState: 'fields:name.goalState',
  goalEventName: 'fields:name.goalEventName',
  goalCheckedAt: 'fields:name.goalCheckedAt',
  'source.marketing.type': 'fields:name.source.marketing.type',
  'source.marketing.id': 'fields:name.source.marketing.id',
  contactMediumType: 'profile:field.channel',
  appMessenger: 'fields:name.appMessenger',
  state: 'profile:field.state',
  firstOpenedAt: 'profile:field.firstOpenedAt',
  openedAt: 'profile:field.openedAt',
  waitingTime: 'fields:name.waitingTime',
  avgReplyTime: 'fields:name.avgReplyTime',
  resolutionTime: 'fields:name.resolutionTime',
  operationWaitingTime: 'fields:name.operationWaitingTime',
  operationAvgReplyTime: 'fields:name.operationAvgReplyTime',
  operationResolutionTime: 'fields:name.operationResolutionTime',
  closedAt: 'profile:field.closedAt',
  'profile.csat': 'fields:name.profile.csat',
  'profile.csatComment': 'fields:name.profile.csatComment',
  assignee: 'profile:field.assignee',
  followers: 'profile:field.followers',
  aiOutcome: 'profile:field.aiOutcome',
  reason: 'states:reason.label',
  skills: 'profile:field.skills',
  startedAt: 'profile:field.startedAt',
  cycles: 'profile:field.cycles',
  source: 'profile:field.source',
  rawStatus: 'profile:field.rawStatus',
};

/** This product's names of a field by language (C8); none for a workspace's own. */
export function shippedNames(key: string): Readonly<Record<string, string>> {
  const [feature = '', name = ''] = (Object.hasOwn(SHIPPED, key) ? (SHIPPED[key] ?? '') : '').split(':');
  return Object.fromEntries(
    SHIPPED_LOCALES.flatMap((tag) => {
      const text = RESOURCES[tag]?.[feature]?.[name];
      return text === undefined ? [] : [[tag, text]];
    }),
  );
}

/** The fields of the workspace; undefined until the engine has answered. */
export function useFields(): FieldsView | undefined {
  return useDeskQuery('fields.list', {}).data;
}

/** Names fields in the reader's language (F2): the workspace's name, else ours, else the key. */
export function useFieldNames(): (key: string) => string {
  const { t, locale } = useText();
  const fields = useFields();
  return useMemo(() => {
    const given = new Map(fields?.fields.map(({ key, names }) => [key, names]));
    return (key) => {
      const ours = Object.hasOwn(SHIPPED, key) ? SHIPPED[key] : undefined;
      const shipped = ours === undefined ? {} : { [locale]: t(ours) };
      return fieldName({ key, names: given.get(key) ?? {}, shipped }, locale, fields?.language ?? locale);
    };
  }, [fields, locale, t]);
}
