import { builtinField } from '../../../domain/fields/builtin.ts';
import { fieldDefinition, fieldSettingKey, type FieldType } from '../../../domain/fields/definition.ts';
import { TIMING_KEYS, type TimingKey } from '../../../domain/timings/timings.ts';
import { CSAT_ANSWERED, CSAT_SCALE } from '../../../protocol/rpc/list.ts';
import type { ReadableDb } from '../../../sqlite/types.ts';
import { readRow } from '../../replica/row-sql.ts';

/** Where a column's values come from. */
export type Source =
  | { readonly kind: 'timing'; readonly key: TimingKey }
  /** A column of `conversation c`, by its SQL name; one of a closed set. */
  | { readonly kind: 'conversation'; readonly sql: string }
  /** The latest survey that was answered, or that went out (`answered`). */
  | { readonly kind: 'csat'; readonly what: 'scale' | 'answered' }
  | { readonly kind: 'field' };

/** A key of the profile as lists filter, sort and show it. `Duration` is milliseconds. */
export interface ColumnKind {
  readonly key: string;
  readonly type: FieldType | 'Duration';
  readonly source: Source;
}

const OF_CONVERSATION: Readonly<Record<string, string>> = {
  priority: 'c.priority',
  state: 'c.human_state',
  'source.page': 'c.page',
  description: 'c.description',
  firstOpenedAt: 'c.first_opened_at',
  openedAt: 'c.opened_at',
  closedAt: 'c.closed_at',
};

function sourceOf(key: string): Source {
  const timing = TIMING_KEYS.find((known) => known === key);
  if (timing !== undefined) return { kind: 'timing', key: timing };
  const sql = OF_CONVERSATION[key];
  return sql === undefined ? { kind: 'field' } : { kind: 'conversation', sql };
}

/** What a key is (C2, C7); a key that nobody defined is text, as whatever came in under it is (C1). */
export function columnKind(db: ReadableDb, key: string): ColumnKind {
  if (key === CSAT_SCALE) return { key, type: 'Number', source: { kind: 'csat', what: 'scale' } };
  if (key === CSAT_ANSWERED) return { key, type: 'Boolean', source: { kind: 'csat', what: 'answered' } };
  const builtin = builtinField(key);
  if (builtin !== null) return { key, type: builtin.type, source: sourceOf(key) };
  const setting = readRow(db, 'setting', [fieldSettingKey(key)]);
  return { key, type: fieldDefinition(key, setting)?.type ?? 'String', source: { kind: 'field' } };
}

/** Whether a column holds numbers: moments, durations, yes (1) and no (0) among them. */
export function isNumeric({ type }: ColumnKind): boolean {
  return type !== 'String' && type !== 'Date' && type !== 'List';
}
