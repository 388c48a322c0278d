import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentTypeOf } from '../../protocol/page/asset-path.ts';

/** A file of the built renderer, held in memory. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  /** Its name carries a hash of its content, so that it may be kept for good. */
  readonly hashed: boolean;
}

/**
 * Reads the built renderer below `folder` into a map from URL path (`/assets/index-3f2a.js`) to content. Only these paths
 * can be answered, so no request ever reaches the file system. Source maps and unknown types are left out.
 */
export async function loadAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const type = contentTypeOf(entry.name);
    if (!entry.isFile() || type === null) continue;
    const file = path.join(entry.parentPath, entry.name);
    const url = `/${path.relative(folder, file).split(path.sep).join('/')}`;
    assets.set(url, { type, body: await readFile(file), hashed: url.startsWith('/assets/') });
  }
  return assets;
}
