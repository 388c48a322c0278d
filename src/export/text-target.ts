import { extname } from 'node:path';
import { must } from '../base/must.ts';
import { openPendingFile, type PendingFile } from './export-file.ts';
import { ZipWriter } from './zip/zip-writer.ts';

/** Where texts of several tables go: one file each, or one archive of all. */
export interface TextTarget {
  begin(id: string): void;
  write(text: string): void;
  drain(): Promise<void>;
  end(): Promise<void>;
  finish(): Promise<void>;
  abort(): void;
}

const LEVEL = 6;
const PIECE = 64 * 1024;

/** An archive with a file for each table: `userChats.csv`. */
export function zipTarget(file: PendingFile, extension: string): TextTarget {
  const zip = new ZipWriter(file, LEVEL);
  return {
    begin: (id) => zip.begin(`${id}${extension}`),
    write: (text) => zip.write(text),
    drain: () => zip.drain(),
    end: () => zip.end(),
    finish: async () => {
      zip.finish();
      file.complete();
    },
    abort: () => {
      zip.abort();
      file.discard();
    },
  };
}

/** The path of a table's own file: the first one has the name that was asked for, `out.csv`; others `out.cycles.csv`. */
export function tablePath(path: string, id: string, isFirst: boolean): string {
  if (isFirst) return path;
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}.${id}${extension}`;
}

/** A file for each table, beside one another. None has its name before all are complete. */
export function filesTarget(path: string, open: (path: string) => PendingFile = openPendingFile): TextTarget {
  const files: PendingFile[] = [];
  let pieces = '';
  const flush = (): void => {
    if (pieces !== '') must(files.at(-1), 'the open file').append(Buffer.from(pieces, 'utf8'));
    pieces = '';
  };
  return {
    begin: (id) => {
      files.push(open(tablePath(path, id, files.length === 0)));
    },
    write: (text) => {
      pieces += text;
      if (pieces.length >= PIECE) flush();
    },
    drain: async () => undefined,
    end: async () => flush(),
    finish: async () => {
      for (const file of files) file.complete();
    },
    abort: () => {
      for (const file of files) file.discard();
    },
  };
}

/** One file that all tables share. */
export function oneFileTarget(file: PendingFile): TextTarget {
  return filesTarget('', () => file);
}
