import type { ReadableDb } from '../../sqlite/database.ts';

const SQL = 'SELECT key FROM setting WHERE json_valid(value) = 0 ORDER BY key LIMIT ?';
const MOST = 100;

/** Keys of settings whose text is not JSON: what they set is as if nobody had set it. */
export function unreadableSettings(db: ReadableDb): readonly string[] {
  return db.preparePluck<string>(SQL).all(MOST);
}
