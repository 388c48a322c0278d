import { closeSync, openSync, readSync, statSync } from 'node:fs';

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;
const USER_VERSION_OFFSET = 60;

/** What lies at a path, read without SQLite and so without a write, a lock or a recovered journal. */
export type FileLook =
  | { readonly kind: 'absent' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'other' }
  | { readonly kind: 'sqlite'; readonly userVersion: number; readonly hasWal: boolean };

/** Looks at the first bytes of a file (Y15: look first, write nothing). Throws what the file system throws but ENOENT. */
export function lookAtFile(path: string): FileLook {
  const size = sizeOf(path);
  if (size === null) return { kind: 'absent' };
  if (size === 0) return { kind: 'empty' };
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, header, 0, HEADER_BYTES, 0);
    if (read < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) return { kind: 'other' };
  } finally {
    closeSync(file);
  }
  return {
    kind: 'sqlite',
    userVersion: header.readInt32BE(USER_VERSION_OFFSET),
    hasWal: (sizeOf(`${path}-wal`) ?? 0) > 0,
  };
}

/** Bytes of a file, or null when there is none. */
function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}
