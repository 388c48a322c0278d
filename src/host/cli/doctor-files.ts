import { DamagedReplica } from '../../desk/digests/damage.ts';
import { checkRows, nameOfRow } from '../../desk/digests/row-digests.ts';
import { textWalk } from '../../desk/digests/text-walk.ts';
import type { Desk } from '../../desk/open-desk.ts';
import { unreadableSettings } from '../../desk/queries/unreadable-settings.ts';
import { distrust } from '../../desk/store/distrust.ts';
import type { Database } from '../../sqlite/database.ts';
import { integrityCheck } from '../../sqlite/integrity.ts';
import { formatCount, plural, type Progress } from './io.ts';

/** One finding, as doctor prints it. */
export interface Finding {
  readonly where: string;
  readonly what: string;
}

/** What was found in a desk's files, and how much was looked at. */
export interface FilesReport {
  readonly findings: readonly Finding[];
  /** Whether SQLite can read the replica throughout: else nothing more can be asked of it. */
  readonly isReadable: boolean;
  /** Rows that were compared with their digests. */
  readonly rows: number;
}

const REPLICA = 'replica.db';
const OUTBOX = 'outbox.db';
/** Messages between two reports of how far it is. */
const REPORT_EVERY = 1_000;

/**
 * Looks at everything in a desk's two files: structure and indexes, every row against its digest, the full text against the
 * messages, every record of the outbox. A damaged replica is marked: it is built anew at the next start.
 */
export function checkFiles(desk: Desk, progress: Progress): FilesReport {
  const { db } = desk.core.replica;
  const structure = integrityCheck(db).map((what) => ({ where: REPLICA, what }));
  const isReadable = structure.length === 0;
  const { rows, damaged } = isReadable ? checkRows(db) : { rows: 0, damaged: [] };
  const replica = [
    ...structure,
    ...damaged.map((row) => ({ where: REPLICA, what: `${nameOfRow(row)}: is not what it came as` })),
    ...(isReadable ? checkText(db, progress) : []),
  ];
  if (replica.length > 0) {
    distrust(
      db.path,
      new DamagedReplica(
        'doctor',
        replica.map(({ what }) => what),
      ),
    );
    const next = 'is set aside and built again at the next start; what waits to be sent is kept';
    replica.push({ where: REPLICA, what: next });
  }
  return { findings: [...openedFindings(desk), ...replica, ...checkOutbox(desk)], isReadable, rows };
}

/** Messages that the search does not find by words of theirs. */
function checkText(db: Database, progress: Progress): readonly Finding[] {
  const walk = textWalk(db);
  const found: Finding[] = [];
  let looked = 0;
  for (let isEnd = false; !isEnd; ) {
    const slice = walk.next();
    looked += slice.looked;
    isEnd = slice.isEnd;
    if (slice.looked > 0 && looked % REPORT_EVERY === 0)
      progress.report(`${formatCount(looked)} messages looked for`);
    for (const what of slice.damage?.places ?? [])
      found.push({ where: REPLICA, what: `${what}: is not found by its words` });
  }
  progress.done();
  return found;
}

/** What opening the files met already. A replica that was marked before was named then. */
function openedFindings({ setAside, salvage }: Desk): readonly Finding[] {
  const aside =
    setAside === null || setAside.reason === 'contents'
      ? []
      : [{ where: REPLICA, what: `was damaged (${setAside.reason}) and lies as ${setAside.path} now` }];
  if (salvage === null) return aside;
  const { entries, attention, drafts, path } = salvage;
  const kept = `${plural(entries + attention, 'change')} and ${plural(drafts, 'draft')} were carried over`;
  return [...aside, { where: OUTBOX, what: `was damaged and lies as ${path} now; ${kept}` }];
}

function checkOutbox({ core: { outbox } }: Desk): readonly Finding[] {
  return [
    ...outbox.damaged.map((mid) => ({ where: OUTBOX, what: `entry ${mid} is damaged` })),
    ...outbox.drafts.damaged.map(({ conversationId, kind }) => ({
      where: OUTBOX,
      what: `the ${kind === 'note' ? 'note' : 'reply'} drafted in ${conversationId} is damaged`,
    })),
  ];
}

/** Settings that nobody can read. */
export function checkSettings({ core }: Desk): readonly Finding[] {
  return unreadableSettings(core.replica.db).map((key) => ({
    where: 'settings',
    what: `${key} cannot be read; the default counts in its place`,
  }));
}
