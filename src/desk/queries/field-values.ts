import type { Setting } from '../../domain/model.ts';
import { FIELD_SETTING_PREFIX } from '../../domain/fields/definition.ts';
import type { ReadableDb } from '../../sqlite/database.ts';

const MOST_SETTINGS = 10_000;
/** More different values than this are not looked through. */
const MOST_VALUES = 5_000;
const MOST_KEYS = 1_000;

/** The next key after a colon is a semicolon: every key with the prefix lies between. */
const AFTER_PREFIX = `${FIELD_SETTING_PREFIX.slice(0, -1)};`;

/** Settings rows that hold definitions of fields. */
export function fieldSettings(db: ReadableDb): readonly Setting[] {
  return db
    .prepare<Setting>('SELECT key, value FROM setting WHERE key >= ? AND key < ? ORDER BY key LIMIT ?')
    .all(FIELD_SETTING_PREFIX, AFTER_PREFIX, MOST_SETTINGS);
}

/** Every field that some conversation has a value of, one step in the index each. */
const USED_FIELDS = `WITH RECURSIVE used (field) AS (
    SELECT (SELECT min(field) FROM field_value INDEXED BY field_value_field)
    UNION ALL
    SELECT (SELECT min(field) FROM field_value INDEXED BY field_value_field WHERE field > used.field)
      FROM used WHERE used.field IS NOT NULL)
  SELECT field FROM used WHERE field IS NOT NULL LIMIT ?`;

/** Keys of all fields that some conversation here has a value of, in order. */
export function usedFields(db: ReadableDb): readonly string[] {
  return db.preparePluck<string>(USED_FIELDS).all(MOST_KEYS);
}

/** How many conversations here have a value of a field. */
export function valueCount(db: ReadableDb, field: string): number {
  return (
    db
      .preparePluck<number>(
        `SELECT count(*) FROM field_value INDEXED BY field_value_field
          WHERE field = ? AND ordinal = 0 LIMIT ?`,
      )
      .get(field, 1) ?? 0
  );
}

/** The texts that a field has in conversations here, most used first. */
export function valuesOf(db: ReadableDb, field: string): readonly string[] {
  return db
    .preparePluck<string>(
      `SELECT text FROM field_value INDEXED BY field_value_field
        WHERE field = ? AND text IS NOT NULL GROUP BY text ORDER BY count(*) DESC, text LIMIT ?`,
    )
    .all(field, MOST_VALUES);
}
