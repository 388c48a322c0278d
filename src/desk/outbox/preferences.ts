import type { Database } from '../../sqlite/database.ts';
import { checksum } from './checksum.ts';

const MOST_PREFERENCES = 10_000;

/** Settings of this desk's screens, by key. */
export interface PreferenceTable {
  all(): Readonly<Record<string, string>>;
  put(key: string, value: string): void;
}

export function preferenceTable(db: Database): PreferenceTable {
  return {
    all: () => {
      const rows = db.all<{ readonly key: string; readonly value: string; readonly sum: number }>(
        'SELECT key, value, sum FROM preference ORDER BY key LIMIT ?',
        MOST_PREFERENCES,
      );
      const sound = rows.filter((row) => row.sum === checksum([row.key, row.value]));
      return Object.fromEntries(sound.map((row) => [row.key, row.value]));
    },
    put: (rawKey, rawValue) => {
      // Half of a surrogate pair would come back as another character, and the checksum would not hold.
      const key = rawKey.toWellFormed();
      const value = rawValue.toWellFormed();
      db.run(
        'INSERT INTO preference (key, value, sum) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, sum = excluded.sum',
        key,
        value,
        checksum([key, value]),
      );
    },
  };
}
