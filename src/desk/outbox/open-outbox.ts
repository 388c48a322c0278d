import { join } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { EpochMillis } from '../../base/time.ts';
import type { IdSource } from '../../base/uuid.ts';
import type { OpenError } from '../../sqlite/database.ts';
import { isDamage, openFailure } from '../../sqlite/failure.ts';
import { lookAtFile } from '../../sqlite/header.ts';
import { integrityCheck } from '../../sqlite/integrity.ts';
import { openMigrated } from '../../sqlite/migrations.ts';
import { OUTBOX_MIGRATIONS } from '../store/outbox-migrations.ts';
import { setAside } from '../store/set-aside.ts';
import { Outbox } from './outbox.ts';
import { type Salvaged, salvageOutbox } from './salvage.ts';

/** A damaged outbox: where it lies now, and what was carried over. */
export interface Salvage extends Salvaged {
  readonly path: string;
}

export interface OpenedOutbox {
  readonly outbox: Outbox;
  readonly salvage: Salvage | null;
}

const FILE = 'outbox.db';
/** Made after the outbox: where it lies alone, the outbox was lost. */
const BESIDE = 'replica.db';
const NOTHING: Salvaged = { entries: 0, attention: 0, drafts: 0, preferences: 0 };
/** A file of this size is looked through at every start; it holds a few thousand entries and takes a few milliseconds. */
const MOST_PAGES = 2_000;

/**
 * Opens the outbox of a desk's folder. One whose structure is damaged is set aside, and every record that can still be
 * read goes into a new one (Y1): numbers begin anew, under a new client id, since some may be lost.
 */
export function openOutbox(
  dir: string,
  ids: IdSource,
  now: EpochMillis,
  examine: boolean,
): Result<OpenedOutbox, OpenError> {
  const path = join(dir, FILE);
  const isLost = isAbsent(path) && !isAbsent(join(dir, BESIDE));
  const opened = tryOutbox(path, ids, now, examine);
  if (opened.ok) return ok({ outbox: opened.value, salvage: isLost ? { ...NOTHING, path } : null });
  if (!isDamage(opened.error.type)) return opened;
  const aside = setAside(path, now);
  if (!aside.ok) return aside;
  const fresh = openMigrated(path, { synchronous: 'FULL' }, OUTBOX_MIGRATIONS, now);
  if (!fresh.ok) return fresh;
  const salvaged = salvageOutbox(aside.value, fresh.value);
  return ok({ outbox: new Outbox(fresh.value, ids), salvage: { ...salvaged, path: aside.value } });
}

function isAbsent(path: string): boolean {
  const { kind } = lookAtFile(path);
  return kind === 'absent' || (kind === 'empty' && lookAtFile(`${path}-wal`).kind === 'absent');
}

function tryOutbox(
  path: string,
  ids: IdSource,
  now: EpochMillis,
  examine: boolean,
): Result<Outbox, OpenError> {
  try {
    const opened = openMigrated(path, { synchronous: 'FULL' }, OUTBOX_MIGRATIONS, now);
    if (!opened.ok) return opened;
    const db = opened.value;
    try {
      const pages = db.pluck<number>('PRAGMA page_count') ?? 0;
      if ((examine || pages <= MOST_PAGES) && integrityCheck(db).length > 0) {
        db.close();
        return err({ type: 'corrupt', path, code: 'SQLITE_CORRUPT' });
      }
      return ok(new Outbox(db, ids));
    } catch (thrown) {
      db.close();
      throw thrown;
    }
  } catch (thrown) {
    const error = openFailure(thrown, path);
    if (error === null) throw thrown;
    return err(error);
  }
}
