import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The version of this build, from its package.json. */
export function readVersion(appRoot: string): string {
  const text = readFileSync(path.join(appRoot, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
