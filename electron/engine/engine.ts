import { join } from 'node:path';
import process from 'node:process';
import { connectRemote } from '../../src/host/browser/connect-http.ts';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { startEngine } from '../../src/host/engine.ts';
import { exportResources } from '../../src/host/locales.ts';
import { connectByThread } from '../../src/host/workspace/connect-thread.ts';
import { runEngine } from './run-engine.ts';

// Built, this file is out/main/engine.js, beside the workspace's thread; the sample lies in the package's resources.
const HERE = import.meta.dirname;
const ROOT = join(HERE, '../..');
const SAMPLE = join(ROOT, 'resources/sample');
const THREAD = new URL('./workspace-thread.js', import.meta.url);

let reports = 0;

/** Writes a fault to the process's error stream, with the id that a screen may show. */
function report(thrown: unknown, where: string): string {
  reports += 1;
  const id = `${process.pid}-${reports}`;
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  process.stderr.write(`${JSON.stringify({ id, where, text })}\n`);
  return id;
}

runEngine({
  parent: process.parentPort,
  start: ({ dataDir, version, remote }, save) =>
    startEngine({
      paths: dataDirPaths(dataDir),
      version,
      sampleDir: SAMPLE,
      workspace:
        remote === null
          ? { kind: 'embedded', connect: connectByThread(THREAD, report) }
          : { kind: 'remote', connect: () => connectRemote(remote.url, remote.tokenFile) },
      exports: {
        resources: exportResources(ROOT),
        deliver: async (file) => ({ link: null, saved: await save(file) }),
      },
      report,
    }),
  report: (thrown) => void report(thrown, 'engine'),
  exit: () => process.exit(0),
});
