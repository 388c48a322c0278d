import type { ProfileValue } from '../events.ts';
import type { Conversation, FieldValue, Tag } from '../model.ts';
import type { TimingKey, Timings } from '../timings/timings.ts';
import { TIMING_KEYS } from '../timings/timings.ts';
import type { FieldType } from './definition.ts';
import { fieldValueOf } from './value.ts';

/** What a value is shown as; a duration is not a date (C4). */
export type Presentation =
  | 'text'
  | 'longText'
  | 'priority'
  | 'state'
  | 'channel'
  | 'page'
  | 'tags'
  | 'datetime'
  | 'duration';

/**
 * Why a value cannot be edited as one of the profile: it follows from the history (`derived`), the source says it
 * (`source`), or an action of its own sets it (`action`: priority, C2).
 */
export type LockReason = 'derived' | 'source' | 'action';

/** A built-in key of the conversation profile (C2). */
export interface BuiltinField {
  readonly key: string;
  readonly type: FieldType | 'Duration';
  readonly presentation: Presentation;
  /** Null where agents edit it: `tags` and `description` alone (C2). */
  readonly locked: LockReason | null;
}

function builtin(
  key: string,
  type: BuiltinField['type'],
  presentation: Presentation,
  locked: LockReason | null,
): BuiltinField {
  return { key, type, presentation, locked };
}

const TIMING_FIELDS = TIMING_KEYS.map((key) => builtin(key, 'Duration', 'duration', 'derived'));

/** Every built-in key, in the order in which screens and exports show them (C2). Timings are integer milliseconds. */
export const BUILTIN_FIELDS: readonly BuiltinField[] = [
  builtin('priority', 'String', 'priority', 'action'),
  builtin('source.page', 'String', 'page', 'source'),
  builtin('tags', 'List', 'tags', null),
  builtin('description', 'String', 'longText', null),
  builtin('source.workflow.id', 'String', 'text', 'source'),
  builtin('goalState', 'String', 'text', 'source'),
  builtin('goalEventName', 'String', 'text', 'source'),
  builtin('goalCheckedAt', 'Datetime', 'datetime', 'source'),
  builtin('source.marketing.type', 'String', 'text', 'source'),
  builtin('source.marketing.id', 'String', 'text', 'source'),
  builtin('contactMediumType', 'String', 'channel', 'source'),
  builtin('appMessenger', 'String', 'text', 'source'),
  builtin('state', 'String', 'state', 'derived'),
  builtin('firstOpenedAt', 'Datetime', 'datetime', 'derived'),
  builtin('openedAt', 'Datetime', 'datetime', 'derived'),
  ...TIMING_FIELDS,
  builtin('closedAt', 'Datetime', 'datetime', 'derived'),
];

const BY_KEY: ReadonlyMap<string, BuiltinField> = new Map(BUILTIN_FIELDS.map((field) => [field.key, field]));

/** The built-in field of a key; null for any other key. */
export function builtinField(key: string): BuiltinField | null {
  return BY_KEY.get(key) ?? null;
}

/** What a built-in value is read from. */
export interface ProfileSource {
  readonly conversation: Conversation;
  readonly tags: readonly Tag[];
  readonly fields: readonly FieldValue[];
  /** Of the current cycle (T9). */
  readonly timings: Timings;
}

function isTimingKey(key: string): key is TimingKey {
  return TIMING_KEYS.some((known) => known === key);
}

/**
 * The value of a built-in key (C2); null where there is none. Priority unset is null (C5). `contactMediumType` is the
 * channel unless the source said another; keys that have no column of their own hold what a source set.
 */
export function builtinValue(
  key: string,
  { conversation, tags, fields, timings }: ProfileSource,
): ProfileValue {
  if (isTimingKey(key)) return timings[key].value;
  switch (key) {
    case 'priority':
      return conversation.priority;
    case 'source.page':
      return conversation.page;
    case 'tags':
      return tags.length === 0 ? null : tags.map(({ tag }) => tag);
    case 'description':
      return conversation.description;
    case 'contactMediumType':
      return fieldValueOf(fields, key, 'String') ?? conversation.channel;
    case 'state':
      return conversation.humanState;
    case 'firstOpenedAt':
      return conversation.firstOpenedAt;
    case 'openedAt':
      return conversation.openedAt;
    case 'closedAt':
      return conversation.closedAt;
    default:
      return fieldValueOf(fields, key, null);
  }
}
