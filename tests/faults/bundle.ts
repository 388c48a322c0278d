import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The process under test as one file. */
export interface BundledChild {
  readonly path: string;
  remove(): void;
}

/**
 * Puts the process under test into one file, outside of git, where its packages are found: it then starts in a third of the
 * processor time, of which a run needs thousands, and what is edited meanwhile does not change it.
 */
export async function bundleChild(): Promise<BundledChild> {
  const folder = path.join(ROOT, 'node_modules', '.cache', `faults-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      ssr: 'tests/faults/child.ts',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      target: 'node24',
    },
    ssr: { noExternal: ['zod'], external: ['better-sqlite3'] },
  });
  return {
    path: path.join(folder, 'child.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
