import type { EpochMillis } from '../../base/time.ts';
import type { Setting } from '../model.ts';

/** What a field holds (C7). Datetime is epoch milliseconds; List is an ordered set of strings (F1). */
export type FieldType = 'Boolean' | 'String' | 'Number' | 'Date' | 'Datetime' | 'List';
export const FIELD_TYPES: readonly FieldType[] = ['Boolean', 'String', 'Number', 'Date', 'Datetime', 'List'];

/** A field of the conversation profile that a workspace defined (C7), or one of the two ready-made ones (C8). */
export interface FieldDefinition {
  /** `profile.` and a name; never changes and is never used again (F2, F3). */
  readonly key: string;
  readonly type: FieldType;
  /** Names by language, BCP 47 (F2); what the workspace did not name has none here. */
  readonly names: Readonly<Record<string, string>>;
  /** Where it stands among the others: the smaller first, equal ones by key. Any finite number. */
  readonly position: number;
  /** Put aside, with its values (F3); null while in use. */
  readonly archivedAt: EpochMillis | null;
  /** Gone with its values (F3); the row stays so that the key is not used again. */
  readonly deletedAt: EpochMillis | null;
}

/** Settings rows that hold definitions: `field:` and the key. */
export const FIELD_SETTING_PREFIX = 'field:';
/** The name behind `profile.`: letters, digits, `_`, `-`, in groups joined by dots; a letter first. */
const KEY = /^profile\.[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;
export const MAX_FIELD_KEY = 100;

/** Whether `key` may be a workspace's own field (C7). */
export function isFieldKey(key: string): boolean {
  return key.length <= MAX_FIELD_KEY && KEY.test(key);
}

/** Key of the setting that holds the definition of `field`. */
export function fieldSettingKey(field: string): string {
  return `${FIELD_SETTING_PREFIX}${field}`;
}

export const CSAT_FIELD = 'profile.csat';
export const CSAT_COMMENT_FIELD = 'profile.csatComment';

function readyMade(key: string, type: FieldType, position: number): FieldDefinition {
  return { key, type, names: {}, position, archivedAt: null, deletedAt: null };
}

/** The fields that every workspace has without defining them (C8): filled by surveys, never by hand (Q6). */
export const READY_MADE_FIELDS: readonly FieldDefinition[] = [
  readyMade(CSAT_FIELD, 'Number', 1),
  readyMade(CSAT_COMMENT_FIELD, 'String', 2),
];

/** Whether a field is one of the ready-made ones (C8): it can be renamed, moved and archived, not deleted or edited. */
export function isReadyMade(field: string): boolean {
  return READY_MADE_FIELDS.some(({ key }) => key === field);
}

/** The setting's value that holds a definition; the key lies in the setting's own key. */
export function fieldSetting({
  key,
  type,
  names,
  position,
  archivedAt,
  deletedAt,
}: FieldDefinition): Setting {
  return {
    key: fieldSettingKey(key),
    value: JSON.stringify({ type, names, position, archivedAt, deletedAt }),
  };
}

type Json = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function parseObject(text: string): Json | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function momentOf(value: unknown): EpochMillis | null {
  return typeof value === 'number' && Number.isFinite(value) ? (value as EpochMillis) : null;
}

function namesOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(value) ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}

/** Reads a definition out of its setting; null when it is none, or cannot be read. */
export function parseFieldSetting({ key: settingKey, value }: Setting): FieldDefinition | null {
  if (!settingKey.startsWith(FIELD_SETTING_PREFIX)) return null;
  const key = settingKey.slice(FIELD_SETTING_PREFIX.length);
  const json = parseObject(value);
  const type = FIELD_TYPES.find((known) => known === json?.['type']);
  if (json === null || type === undefined) return null;
  const position = json['position'];
  return {
    key,
    type: READY_MADE_FIELDS.find((field) => field.key === key)?.type ?? type,
    names: namesOf(json['names']),
    position: typeof position === 'number' && Number.isFinite(position) ? position : 0,
    archivedAt: momentOf(json['archivedAt']),
    deletedAt: isReadyMade(key) ? null : momentOf(json['deletedAt']),
  };
}

/** The definition in force of one field, given its setting (null: there is none); a ready-made one needs no setting. */
export function fieldDefinition(field: string, setting: Setting | null): FieldDefinition | null {
  const stored = setting === null ? null : parseFieldSetting(setting);
  return stored ?? READY_MADE_FIELDS.find(({ key }) => key === field) ?? null;
}

/** By position, equal ones by key: the order that every desk and every export shows. */
export function byFieldOrder(a: FieldDefinition, b: FieldDefinition): number {
  return a.position - b.position || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** Every definition out of the workspace's settings, in order, archived and deleted ones too; ready-made ones included. */
export function fieldDefinitions(settings: readonly Setting[]): readonly FieldDefinition[] {
  const stored = settings.flatMap((setting) => parseFieldSetting(setting) ?? []);
  const known = new Set(stored.map(({ key }) => key));
  return [...stored, ...READY_MADE_FIELDS.filter(({ key }) => !known.has(key))].sort(byFieldOrder);
}

/** Whether a field is in use: neither archived nor deleted. */
export function isActiveField({ archivedAt, deletedAt }: FieldDefinition): boolean {
  return archivedAt === null && deletedAt === null;
}
