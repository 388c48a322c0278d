import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { replicaFile } from '../dataset.ts';
import type { Bench, Side } from '../harness.ts';
import { median } from '../stats.ts';

interface Start {
  readonly engineMs: number;
  readonly processMs: number;
  readonly digest: string;
}

const CHILD = path.join(import.meta.dirname, 'b14-child.ts');

type SideName = 'desk' | 'lists' | 'bare' | 'bareDesk';

function start(side: SideName, folder: string): Start {
  const child = spawnSync(process.execPath, [CHILD, side, folder], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${side} ended with ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Start;
}

/** A desk's folder around the cached replica: a link, so that a million conversations are not copied. */
function deskFolder(file: string): string {
  const folder = `${file.slice(0, -'.db'.length)}-desk`;
  mkdirSync(folder, { recursive: true });
  const replica = path.join(folder, 'replica.db');
  if (!existsSync(replica)) linkSync(file, replica);
  return folder;
}

/** B14: from the engine's first line to the first page of the inbox, each start in a process of its own. */
export const b14: Bench = {
  id: 'B14',
  title: 'start to first list page at 1,000,000 conversations beside bare open and query',
  run: async (bench) => {
    const conversations = bench.quick ? 20_000 : 1_000_000;
    const file = replicaFile({ seed: bench.seed, conversations, messages: conversations }, bench.note);
    const folder = deskFolder(file);
    // The first start makes the outbox's file and the search's first row; the ones that count come after it.
    start('desk', folder);
    const processes: number[] = [];
    const side = (name: SideName): Side<Start> => ({
      run: () => {
        const started = start(name, folder);
        if (name === 'desk') processes.push(started.processMs);
        return started;
      },
      millis: (started) => started.engineMs,
      digest: (started) => started.digest,
    });
    const spec = {
      bar: { kind: 'time', limit: 1.5 },
      limits: [{ quantile: 0.5, maxMs: 150 }],
      pairs: 15,
      sample: 'a process of its own, timed from its first line after loading code',
    } as const;
    const figures = [
      await bench.ratio({
        name: 'replica and lists to the first page of the inbox, beside open and query of that file',
        ours: side('lists'),
        beside: side('bare'),
        ...spec,
      }),
      await bench.ratio({
        name: 'whole desk to the first page of the inbox, beside open and query of its two files',
        ours: side('desk'),
        beside: side('bareDesk'),
        ...spec,
        // Bare opening neither checks versions, nor derives the view again from what is pending.
        bar: null,
      }),
    ];
    bench.note(
      `whole process of a desk, with the loading of unbundled code: ${Math.round(median(processes))} ms`,
    );
    return figures;
  },
};
