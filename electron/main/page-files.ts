import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { PageFiles } from './page-protocol.ts';

/** The files below `folder`. A link that leads out of it is no file of it. */
export function folderFiles(folder: string): PageFiles {
  return {
    read: async (path) => {
      try {
        const root = await realpath(folder);
        const file = await realpath(join(root, path));
        if (!file.startsWith(root + sep)) return null;
        return new Uint8Array(await readFile(file));
      } catch {
        // Missing, a folder, or not readable: for a page there is no difference.
        return null;
      }
    },
  };
}
