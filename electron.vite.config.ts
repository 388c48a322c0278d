import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'electron-vite';
import { RENDERER } from './vite.renderer.config.ts';

/** The entry file of a room of electron/, by either of its usual names. */
function entry(room: string): string {
  const files = [`electron/${room}/${room}.ts`, `electron/${room}/index.ts`];
  return files.find((file) => existsSync(join(import.meta.dirname, file))) ?? `electron/${room}/${room}.ts`;
}

/** The embedded workspace's thread: a file of its own beside engine.js, which starts it by that name. */
const THREAD = 'src/host/workspace/thread.ts';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Two plain entries: `./engine?modulePath` does not survive a library build. better-sqlite3 stays outside.
      rollupOptions: {
        input: { main: entry('main'), engine: entry('engine'), 'workspace-thread': THREAD },
        output: { entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot be an ES module and cannot require packages.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: entry('preload') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...RENDERER,
    build: {
      ...RENDERER.build,
      outDir: 'out/renderer',
      rollupOptions: { ...RENDERER.build.rollupOptions, input: { index: 'renderer/desk/index.html' } },
    },
  },
});
