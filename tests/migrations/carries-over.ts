import { must } from '../../src/base/must.ts';
import { epochMillis } from '../../src/base/time.ts';
import { type Database, openDatabase } from '../../src/sqlite/database.ts';
import { type Migration, migrate } from '../../src/sqlite/migrations.ts';

const NOW = epochMillis(1_700_000_000_000);

/** An empty database in memory; foreign keys on, as in the product. */
export function memoryDatabase(): Database {
  const opened = openDatabase(':memory:', { synchronous: 'NORMAL' });
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}

/**
 * Proves that one migration carries old rows over (Y15): brings a database to the one before `id`, lets `seed` write
 * rows as an older build did, runs `id` and everything after it, and hands the result to `check`.
 */
export function carriesOver(
  migrations: readonly Migration[],
  id: number,
  seed: (db: Database) => void,
  check: (db: Database) => void,
): void {
  const at = migrations.findIndex((migration) => migration.id === id);
  must(migrations[at], `migration ${id}`);
  const db = memoryDatabase();
  try {
    const before = migrate(db, migrations.slice(0, at), NOW);
    if (!before.ok) throw new Error(before.error.type);
    seed(db);
    const after = migrate(db, migrations, NOW);
    if (!after.ok) throw new Error(after.error.type);
    check(db);
  } finally {
    db.close();
  }
}
