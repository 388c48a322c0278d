import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nextInt, type Rng, seededRng } from '../../src/base/rng.ts';
import { dataDirPaths, writeConfig } from '../../src/host/data-dir.ts';
import { readEmbedded } from '../../src/host/prepare-data.ts';
import { openDatabase } from '../../src/sqlite/database.ts';
import { isDamage, sqliteFailure } from '../../src/sqlite/failure.ts';
import { integrityCheck } from '../../src/sqlite/integrity.ts';
import { CONVERSATIONS, type House, ME, openHouse } from './house.ts';
import { type Bench, freshDir } from './points.ts';
import { compareHouse } from './verify.ts';

/** One way to damage a file, and what came of it. */
export interface Damaged {
  readonly file: string;
  readonly how: string;
  /** `unharmed`: nothing that counts was hit · `mended` · `refused` to open · `found` by doctor · `salvaged`. */
  readonly verdict: 'unharmed' | 'mended' | 'salvaged' | 'refused' | 'found';
  readonly detail: string;
  /** Milliseconds that doctor's check took, where that is what found it. */
  readonly took: number | null;
  /** Milliseconds of the desk's own time from its start until its watch over the rows found it; null: it did not. */
  readonly watched: number | null;
  readonly problems: readonly string[];
}

type FileName = 'replica.db' | 'outbox.db' | 'workspace.db';
type Damage = readonly [how: string, damage: (file: string, rng: Rng) => void];

const PAGE = 4_096;
/** What the template's desk holds that exists nowhere else. */
const OWN_TEXTS = ['waiting-one', 'waiting-two'];
const OWN_DRAFT = 'half a thought';

function change(file: string, with_: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  with_(bytes);
  writeFileSync(file, bytes);
}

function pages(file: string): number {
  return Math.floor(readFileSync(file).length / PAGE);
}

const WHOLE: readonly Damage[] = [
  ['cut to nothing', (file) => truncateSync(file, 0)],
  ['cut to 50 bytes', (file) => truncateSync(file, 50)],
  ['cut to one page', (file) => truncateSync(file, PAGE)],
  ['cut in half', (file) => truncateSync(file, Math.floor(pages(file) / 2) * PAGE + 100)],
  ['the last page cut', (file) => truncateSync(file, (pages(file) - 1) * PAGE)],
  ['zeroes throughout', (file) => change(file, (bytes) => bytes.fill(0))],
  ['text in its place', (file) => writeFileSync(file, 'this is no database\n'.repeat(400))],
  ['gone', (file) => rmSync(file)],
];

function pageDamage(file: string): readonly Damage[] {
  return Array.from(
    { length: pages(file) },
    (_, page): Damage => [
      `page ${page + 1} zeroed`,
      (target) => change(target, (bytes) => bytes.fill(0, page * PAGE, (page + 1) * PAGE)),
    ],
  );
}

function flips(count: number): readonly Damage[] {
  return Array.from(
    { length: count },
    (_, index): Damage => [
      `a flipped bit (${index + 1})`,
      (file, rng) =>
        change(file, (bytes) => {
          const at = nextInt(rng, 0, bytes.length - 1);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << nextInt(rng, 0, 7));
        }),
    ],
  );
}

/** Texts of rows, as they lie in the files: flips that are sure to hit what a row says. */
const WORDS = ['c1-first', 'c2-first', 'needs a human', 'web_chat', 'c3-customer', ...OWN_TEXTS, OWN_DRAFT];

function placesOf(bytes: Buffer): readonly number[] {
  return WORDS.flatMap((word) => {
    const found: number[] = [];
    for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + 1))
      for (let letter = 0; letter < word.length; letter += 1) found.push(at + letter);
    return found;
  });
}

function flipsInRows(count: number): readonly Damage[] {
  return Array.from(
    { length: count },
    (_, index): Damage => [
      `a flipped bit in a row (${index + 1})`,
      (file, rng) =>
        change(file, (bytes) => {
          const places = placesOf(bytes);
          const at = places[nextInt(rng, 0, places.length - 1)] ?? 0;
          bytes[at] = (bytes[at] ?? 0) ^ (1 << nextInt(rng, 0, 6));
        }),
    ],
  );
}

/** Adds work that waits, with its log left beside the file as a kill would. */
async function makeWaiting(bench: Bench): Promise<void> {
  const opened = await openHouse(path.join(bench.root, 'template-waiting'), 3);
  if (!opened.ok) throw new Error(opened.error.type);
  const { call, close } = opened.value;
  await call('sync.setOffline', { offline: true });
  for (const text of OWN_TEXTS) {
    const args = { conversationId: 'c1', messageId: `message-${text}`, text, writtenAt: 1 };
    await call('mutate', { name: 'note.add', args });
  }
  await call('draft.put', { conversationId: 'c2', kind: 'reply', text: OWN_DRAFT });
  await close();
  const config = { format: 1, mode: 'embedded', agentId: ME, sample: false } as const;
  writeConfig(dataDirPaths(path.join(bench.root, 'template-waiting')), config);
}

const FILES: readonly FileName[] = ['replica.db', 'outbox.db', 'workspace.db'];

function pathOf(dir: string, file: FileName): string {
  const paths = dataDirPaths(dir);
  return file === 'workspace.db' ? paths.workspace : path.join(paths.desk, file);
}

/** Damages each file in each way, opens it with production code and looks at what is served. */
export async function damageAll(
  bench: Bench,
  flipCount: number,
  take: (one: Damaged) => void,
): Promise<void> {
  renameSync(freshDir(bench, 'house', 'waiting'), path.join(bench.root, 'template-waiting'));
  await makeWaiting(bench);
  for (const file of FILES) {
    const sample = pathOf(path.join(bench.root, 'template-waiting'), file);
    const rng = seededRng(31);
    const ways = [
      ...WHOLE,
      ...pageDamage(sample),
      ...flips(flipCount),
      ...flipsInRows(Math.ceil(flipCount / 2)),
      ...logDamage(file),
    ];
    for (const [how, damage] of ways) {
      const dir = freshDir(bench, 'waiting', 'damaged');
      damage(pathOf(dir, file), rng);
      take(await inspect(dir, file, how));
    }
  }
}

/** The files beside a database: those of another database, or of an older state. */
function logDamage(file: FileName): readonly Damage[] {
  const other = file === 'outbox.db' ? 'replica.db' : 'outbox.db';
  return [
    ['a log of zeroes beside it', (target) => writeFileSync(`${target}-wal`, Buffer.alloc(8_192))],
    ['a log of garbage beside it', (target) => writeFileSync(`${target}-wal`, Buffer.alloc(8_192, 0x5a))],
    ['an index of garbage beside it', (target) => writeFileSync(`${target}-shm`, Buffer.alloc(32_768, 0x5a))],
    [
      'the log of another file',
      (target) => {
        const source = path.join(path.dirname(target), file === 'workspace.db' ? 'desk/outbox.db' : other);
        writeFileSync(`${target}-wal`, logOf(source));
      },
    ],
  ];
}

/** A write-ahead log with one commit in it, of a copy of `source`. */
function logOf(source: string): Buffer {
  const copy = `${source}-copy`;
  writeFileSync(copy, readFileSync(source));
  const opened = openDatabase(copy, { synchronous: 'FULL' });
  if (!opened.ok) throw new Error(opened.error.type);
  opened.value.exec('CREATE TABLE other (id INTEGER PRIMARY KEY)');
  const log = readFileSync(`${copy}-wal`);
  opened.value.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  return log;
}

type Base = Pick<Damaged, 'file' | 'how'>;

/** Opens the directory as a start would, and again where the engine would mend. */
async function inspect(dir: string, file: FileName, how: string): Promise<Damaged> {
  const base = { file, how };
  const data = readEmbedded(dataDirPaths(dir));
  if (!data.ok) return refused(base, 'host', data.error.type);
  const first = await attempt(dir, base, false);
  if (typeof first !== 'number' && first !== null) return first;
  const again = await attempt(dir, base, true);
  if (again === null || typeof again === 'number') return refused(base, 'desk', 'corrupt');
  return { ...again, watched: first };
}

/**
 * Null: damage was met while running, and is looked for at the next opening; a number: the watch found it after that many
 * milliseconds of the desk's time.
 */
async function attempt(dir: string, base: Base, examine: boolean): Promise<Damaged | number | null> {
  let house: House | null = null;
  try {
    const opened = await openHouse(dir, examine ? 7 : 6, examine);
    if (!opened.ok) return refused(base, opened.where, opened.error.type);
    house = opened.value;
    const result = await served(house, base);
    const found = house.foundAfter();
    if (found !== null && base.file !== 'workspace.db') return found;
    const met = house.thrown.some((one) => isDamage(sqliteFailure(one)?.type));
    return met && !examine && base.file !== 'workspace.db' ? null : result;
  } catch (thrown) {
    const failure = sqliteFailure(thrown);
    if (isDamage(failure?.type) && !examine && base.file !== 'workspace.db') return null;
    const found = base.file === 'workspace.db' && failure !== null;
    // A damaged workspace is never replaced; it answers with an error. Anything else must not throw.
    const problems = found ? [] : [`threw ${String(thrown)}`];
    return {
      ...base,
      verdict: found ? 'found' : 'refused',
      detail: failure?.code ?? '',
      took: null,
      watched: null,
      problems,
    };
  } finally {
    await house?.close().catch(() => undefined);
  }
}

function refused(base: Base, where: string, type: string): Damaged {
  // Another file's log beside the outbox looks like a file of a newer build: nothing is written, nothing is lost.
  const isRefusable = base.file === 'workspace.db' || type === 'fromTheFuture';
  const problems = isRefusable ? [] : [`the desk does not open: ${type}`];
  return { ...base, verdict: 'refused', detail: `${where} ${type}`, took: null, watched: null, problems };
}

async function served(house: House, base: Base): Promise<Damaged> {
  const problems: string[] = [];
  const started = performance.now();
  const { damage } = await house.workspace.check();
  const checked = performance.now() - started;
  if (damage.length > 0) {
    const detail = damage.map(({ type, place }) => `${type} ${place}`.replaceAll('\n', ' ')).join(', ');
    if (base.file !== 'workspace.db') problems.push(`the workspace is damaged: ${detail}`);
    return {
      ...base,
      verdict: 'found',
      detail: detail.slice(0, 100),
      took: checked,
      watched: null,
      problems,
    };
  }
  await house.sync();
  const compared = performance.now();
  const differences = [...(await compareHouse(house)), ...integrityCheck(house.desk.core.replica.db)];
  return judged(house, { ...base, watched: null }, differences, performance.now() - compared);
}

function judged(
  house: House,
  base: Base & Pick<Damaged, 'watched'>,
  differences: readonly string[],
  took: number,
): Damaged {
  const { desk } = house;
  const missing = ownMissing(house);
  const said = missing > 0 ? `${missing} of 3 own texts missing` : '';
  const { salvage, setAside, core } = desk;
  if (salvage !== null) {
    const detail = `carried over: ${salvage.entries} entries, ${salvage.drafts} drafts; ${said}`;
    return { ...base, verdict: 'salvaged', detail, took: null, problems: differences };
  }
  const problems = missing > 0 && base.file === 'replica.db' ? [said] : [];
  if (setAside !== null) {
    problems.push(...differences);
    return {
      ...base,
      verdict: 'mended',
      detail: `set aside (${setAside.reason}), built again`,
      took: null,
      problems,
    };
  }
  if (core.outbox.damaged.length > 0) {
    const detail = `entries ${core.outbox.damaged.join(', ')} shown as refused`;
    return { ...base, verdict: 'found', detail, took: null, problems };
  }
  if (differences.length > 0)
    return { ...base, verdict: 'found', detail: differences[0] ?? '', took, problems };
  // A draft has no refusal to show: its words are kept as far as they can be read.
  return { ...base, verdict: 'unharmed', detail: said, took: null, problems };
}

/** How many of the template's own texts are not shown exactly once. */
function ownMissing({ desk }: House): number {
  const { db } = desk.core.replica;
  const counts = OWN_TEXTS.map(
    (text) => db.pluck<number>('SELECT count(*) FROM message WHERE text = ?', text) ?? 0,
  );
  const draft = CONVERSATIONS.flatMap((id) => desk.core.outbox.drafts.of(id))[0]?.text === OWN_DRAFT ? 1 : 0;
  return 3 - draft - counts.filter((count) => count === 1).length;
}
