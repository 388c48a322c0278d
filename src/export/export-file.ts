import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** The file an export grows into: bytes at its end, and later ones put right. */
export interface ExportFile {
  readonly size: number;
  append(bytes: Buffer): void;
  /** Overwrites bytes that are there already. */
  patch(bytes: Buffer, at: number): void;
}

/** A file that is not there until it is complete. */
export interface PendingFile extends ExportFile {
  /** Durable and under its own name; what stood there before is replaced. */
  complete(): void;
  /** Leaves nothing behind. May be called at any time, also twice. */
  discard(): void;
}

function writeAll(fd: number, bytes: Buffer, at: number): void {
  let written = 0;
  while (written < bytes.length)
    written += writeSync(fd, bytes, written, bytes.length - written, at + written);
}

/**
 * Opens `path` for an export: bytes go to `path` with `.part` behind it, in the same folder, so that a cancelled or broken
 * export leaves no half file under the name that was asked for. Throws what the file system throws.
 */
export function openPendingFile(path: string): PendingFile {
  const part = `${path}.part`;
  const fd = openSync(part, 'w', 0o600);
  let size = 0;
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  return {
    get size() {
      return size;
    },
    append: (bytes) => {
      writeAll(fd, bytes, size);
      size += bytes.length;
    },
    patch: (bytes, at) => writeAll(fd, bytes, at),
    complete: () => {
      fsyncSync(fd);
      close();
      renameSync(part, path);
    },
    discard: () => {
      close();
      rmSync(part, { force: true });
    },
  };
}
