import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** A finished file on its way to the browser. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  open(): Readable;
}

/** Files that the page may fetch, each by a path that answers once. */
export interface Downloads {
  /** The path to fetch it from. */
  offer(file: { readonly path: string; readonly fileName: string }): string;
  /** What lies at a path; null when nothing does, or did once. */
  take(path: string): Download | null;
}

const PREFIX = '/exports/';
/** Paths that wait at a time: a page asks for one after another. */
const MOST_OFFERS = 50;

const TYPES: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  jsonl: 'application/jsonl',
};

/** Makes the keeper of downloads; `newSecret` gives what cannot be guessed. */
export function createDownloads(newSecret: () => string): Downloads {
  const offers = new Map<string, { readonly path: string; readonly fileName: string }>();
  return {
    offer: (file) => {
      const path = `${PREFIX}${newSecret()}`;
      offers.set(path, file);
      const [oldest] = offers.keys();
      if (offers.size > MOST_OFFERS && oldest !== undefined) offers.delete(oldest);
      return path;
    },
    take: (path) => {
      const file = offers.get(path);
      offers.delete(path);
      if (file === undefined) return null;
      const stat = statSync(file.path, { throwIfNoEntry: false });
      if (stat === undefined) return null;
      return {
        name: file.fileName,
        type: TYPES[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
        bytes: stat.size,
        open: () => createReadStream(file.path),
      };
    },
  };
}
