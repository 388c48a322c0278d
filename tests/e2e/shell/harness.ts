import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Page } from '@playwright/test';
import { build, type InlineConfig, preview } from 'vite';
import { RENDERER } from '../../../vite.renderer.config.ts';

export interface Harness {
  readonly address: string;
  close(): Promise<void>;
}

/** Builds the page with every primitive over a desk that is not there, and serves it. */
export async function startHarness(): Promise<Harness> {
  const outDir = await mkdtemp(join(tmpdir(), 'handoff-harness-'));
  const config: InlineConfig = {
    configFile: false,
    root: join(import.meta.dirname, '../../support/harness'),
    plugins: [react()],
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2024',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rollupOptions: RENDERER.build.rollupOptions,
    },
    preview: { port: 0, host: '127.0.0.1' },
  };
  await build(config);
  const server = await preview(config);
  const [address = ''] = server.resolvedUrls?.local ?? [];
  return {
    address,
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** Opens it in a language and theme; collects what the browser complains about. */
export async function openHarness(
  page: Page,
  harness: Harness,
  wanted: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isIcon = message.location().url.endsWith('favicon.ico');
    if (message.type() === 'error' && !isIcon) complaints.push(message.text());
  });
  await page.goto(`${harness.address}?${new URLSearchParams(wanted)}`);
  await page.getByTestId('said').waitFor({ state: 'attached' });
  return complaints;
}
