import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

/**
 * What the renderer's two builds share. The page's policy allows only our own files: nothing is inlined into the page
 * or into data addresses, and Vite's preload script, which it would inline, is left out.
 */
export const RENDERER = {
  root: 'renderer/desk',
  plugins: [react()],
  build: {
    target: 'es2024',
    minify: true,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      output: {
        // The setting that keeps zod from trying `eval` goes with zod: pages that are loaded later must not come before it.
        codeSplitting: {
          groups: [{ name: 'schemas', test: /[\\/](?:node_modules[\\/]zod|schemas-without-eval)/ }],
        },
      },
    },
    // It is read from this machine, so one file is no slower than several.
    chunkSizeWarningLimit: 2_000,
  },
} satisfies UserConfig;

export default defineConfig({
  ...RENDERER,
  build: { ...RENDERER.build, outDir: '../../out/web' },
  server: { fs: { allow: ['../..'] } },
});
