import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import { Giver, Keeper } from './exchange.ts';
import { InsightColumns } from './columns.ts';

/** Changes whenever the columns' parts do. */
const VERSION = 1;
/** Read at a time: a few milliseconds. */
const PIECE = 4 * 2 ** 20;
/** Fewer conversations and data points than this are read from the replica faster than anyone notices. */
export const WORTH_KEEPING = 200_000;

/** Says which bytes belong to which replica. */
interface Stamp {
  readonly version: number;
  readonly bytes: number;
  readonly crc: number;
  /** The replica's file as it was closed: another size, moment or file is another replica. */
  readonly replica: string;
}

/** Columns that a desk kept when it was closed, read back in steps. */
export interface KeptColumns {
  /** A step each; null in the end where the bytes are not what was written. */
  read(): Generator<undefined, InsightColumns | null>;
}

const columnsPath = (replica: string): string => `${replica}.columns`;
const stampPath = (replica: string): string => `${replica}.columns.json`;

/** What tells one state of a closed file from another; null while its log is beside it, whose rows are not in it yet. */
function stateOf(replica: string): string | null {
  const log = `${replica}-wal`;
  if (!existsSync(replica) || (existsSync(log) && statSync(log).size > 0)) return null;
  const { ino, size, mtimeNs } = statSync(replica, { bigint: true });
  return `${ino} ${size} ${mtimeNs}`;
}

function readStamp(replica: string): Stamp | null {
  try {
    const stamp = JSON.parse(readFileSync(stampPath(replica), 'utf8')) as Partial<Stamp>;
    const { version, bytes, crc, replica: state } = stamp;
    if (version !== VERSION || typeof bytes !== 'number' || typeof crc !== 'number') return null;
    return typeof state === 'string' ? { version, bytes, crc, replica: state } : null;
  } catch {
    return null;
  }
}

/**
 * What was kept beside a replica that nobody has touched since; null otherwise. Call it before the replica is opened. The
 * stamp is taken away at once: whatever becomes of this run, these columns are good for it alone.
 */
export function takeKept(replica: string): KeptColumns | null {
  const stamp = readStamp(replica);
  rmSync(stampPath(replica), { force: true });
  if (stamp === null || stamp.replica !== stateOf(replica)) {
    rmSync(columnsPath(replica), { force: true });
    return null;
  }
  return { read: () => readColumns(columnsPath(replica), stamp) };
}

function* readColumns(path: string, stamp: Stamp): Generator<undefined, InsightColumns | null> {
  const bytes = new ArrayBuffer(stamp.bytes);
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    let crc = 0;
    for (let at = 0; at < stamp.bytes; ) {
      const piece = new Uint8Array(bytes, at, Math.min(PIECE, stamp.bytes - at));
      const length = readSync(file, piece);
      if (length === 0) return null;
      crc = crc32(piece.subarray(0, length), crc);
      at += length;
      yield undefined;
    }
    if (crc !== stamp.crc) return null;
    const columns = new InsightColumns();
    columns.exchange(new Giver(bytes));
    return columns;
  } catch {
    // Whatever is wrong with the file: the replica has it all.
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Bytes that were written and are not vouched for yet. */
export interface Written {
  /** Vouches for them, once the replica is closed. */
  stamp(): void;
}

/** Writes columns beside the replica that they are of, while it is still open. A full disk keeps nothing, and harms nothing. */
export function keepColumns(replica: string, columns: InsightColumns): Written | null {
  const path = columnsPath(replica);
  try {
    const keeper = new Keeper();
    columns.exchange(keeper);
    const file = openSync(path, 'w');
    let crc = 0;
    let bytes = 0;
    try {
      for (const piece of keeper.pieces()) {
        for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
        crc = crc32(piece, crc);
        bytes += piece.length;
      }
    } finally {
      closeSync(file);
    }
    return { stamp: () => writeStamp(replica, { version: VERSION, bytes, crc }) };
  } catch {
    forgetKept(replica);
    return null;
  }
}

function writeStamp(replica: string, part: Omit<Stamp, 'replica'>): void {
  const state = stateOf(replica);
  try {
    if (state !== null) writeFileSync(stampPath(replica), JSON.stringify({ ...part, replica: state }));
  } catch {
    forgetKept(replica);
  }
}

/** Takes away what is kept beside a replica. */
export function forgetKept(replica: string): void {
  for (const path of [stampPath(replica), columnsPath(replica)]) rmSync(path, { force: true });
}
