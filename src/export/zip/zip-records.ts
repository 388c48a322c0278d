/** What the directory of a ZIP file says of one entry. */
export interface ZipEntry {
  readonly name: string;
  /** Where its header stands. */
  readonly offset: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
}

const LOCAL = 0x04_03_4b_50;
const CENTRAL = 0x02_01_4b_50;
const END = 0x06_05_4b_50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x08_00;
const DEFLATED = 8;
/** 1980-01-01 00:00, the earliest the format has: two exports of the same rows are the same bytes. */
const DATE = 0x00_21;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;

/** An entry's header; CRC and sizes are 0 until they are patched in at byte 14. */
export function localHeader(name: string): Buffer {
  const text = Buffer.from(name, 'utf8');
  const bytes = Buffer.alloc(LOCAL_BYTES + text.length);
  bytes.writeUInt32LE(LOCAL, 0);
  bytes.writeUInt16LE(VERSION, 4);
  bytes.writeUInt16LE(FLAGS, 6);
  bytes.writeUInt16LE(DEFLATED, 8);
  bytes.writeUInt16LE(DATE, 12);
  bytes.writeUInt16LE(text.length, 26);
  text.copy(bytes, LOCAL_BYTES);
  return bytes;
}

/** The twelve bytes at 14 of an entry's header. */
export function patchedSizes(entry: Pick<ZipEntry, 'crc' | 'size' | 'packed'>): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(entry.crc, 0);
  bytes.writeUInt32LE(entry.packed, 4);
  bytes.writeUInt32LE(entry.size, 8);
  return bytes;
}

function directoryEntry(entry: ZipEntry): Buffer {
  const text = Buffer.from(entry.name, 'utf8');
  const bytes = Buffer.alloc(CENTRAL_BYTES + text.length);
  bytes.writeUInt32LE(CENTRAL, 0);
  bytes.writeUInt16LE(VERSION, 4);
  bytes.writeUInt16LE(VERSION, 6);
  bytes.writeUInt16LE(FLAGS, 8);
  bytes.writeUInt16LE(DEFLATED, 10);
  bytes.writeUInt16LE(DATE, 14);
  patchedSizes(entry).copy(bytes, 16);
  bytes.writeUInt16LE(text.length, 28);
  bytes.writeUInt32LE(entry.offset, 42);
  text.copy(bytes, CENTRAL_BYTES);
  return bytes;
}

/** The directory that ends a ZIP file, for a file that is `offset` bytes long so far. */
export function centralDirectory(entries: readonly ZipEntry[], offset: number): Buffer {
  const directory = Buffer.concat(entries.map(directoryEntry));
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([directory, end]);
}
