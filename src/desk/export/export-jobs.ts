import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, EpochMillis } from '../../base/time.ts';
import type { IdSource } from '../../base/uuid.ts';
import { LocalClock } from '../../domain/hours/local-clock.ts';
import type { ExportJob, ExportRequestInput } from '../../protocol/rpc/exports.ts';
import { DamagedRows } from '../digests/row-digests.ts';
import { type ExportDeps, type ExportWatch, makeExport } from './make-export.ts';

/** A finished file, for whoever hands it over. */
export interface ExportedFile {
  readonly path: string;
  readonly fileName: string;
}

export interface ExportJobsDeps {
  /** Folder of files that wait to be handed over; emptied at the start and at the end. */
  readonly dir: string;
  readonly make: ExportDeps;
  readonly ids: IdSource;
  readonly clock: Clock;
  /** An export was written down for the audit log: send it. */
  readonly onRecorded: () => void;
  /** Something changed: ask for the jobs again. */
  readonly onChange: () => void;
  /** Resolves once this desk holds what an export needs, or cannot come to hold it now (Y9). */
  readonly fetched: (request: ExportRequestInput, isCancelled: () => boolean) => Promise<void>;
  readonly report: (thrown: unknown) => void;
}

/** Most jobs remembered; the oldest finished one is forgotten with its file. */
const MOST_JOBS = 20;
/** Progress is told at most so often: each hundredth. */
const STEPS = 100;

interface Running {
  job: ExportJob;
  readonly path: string;
  isCancelled: boolean;
}

const EXTENSIONS = { xlsx: '.xlsx', csv: '.zip', jsonl: '.jsonl' } as const;

/** `handoff-2026-11-21.xlsx`, the day in the export's zone. CSV has several files, so it is one archive. */
export function exportFileName(at: EpochMillis, { format, zone }: ExportRequestInput): string {
  const day = new Date(new LocalClock(zone).wall(at)).toISOString().slice(0, 10);
  return `handoff-${day}${EXTENSIONS[format]}`;
}

/** The exports of one session: one runs at a time, beside everything else the desk does. */
export class ExportJobs {
  readonly #deps: ExportJobsDeps;
  readonly #jobs = new Map<string, Running>();
  #current: Promise<void> | null = null;

  /** `earlier`: failed ones of the desk that this one was opened in place of. */
  constructor(deps: ExportJobsDeps, earlier: readonly ExportJob[] = []) {
    this.#deps = deps;
    for (const job of [...earlier].reverse())
      this.#jobs.set(job.id, { job, path: join(deps.dir, job.id), isCancelled: false });
    rmSync(deps.dir, { recursive: true, force: true });
  }

  /** Those without a file, for the desk that is opened in place of this one: their readers still look at them. */
  failed(): readonly ExportJob[] {
    return this.list().filter(({ state }) => state === 'failed');
  }

  isRunning(): boolean {
    return this.#current !== null;
  }

  /** The latest first. */
  list(): readonly ExportJob[] {
    return [...this.#jobs.values()].map(({ job }) => job).reverse();
  }

  /** Starts an export and answers its id; null while another one runs. */
  start(request: ExportRequestInput): string | null {
    if (this.#current !== null) return null;
    const { ids, clock, dir } = this.#deps;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const id = ids.next();
    const startedAt = clock.now();
    const running: Running = {
      path: join(dir, `${id}${EXTENSIONS[request.format]}`),
      isCancelled: false,
      job: {
        id,
        state: 'running',
        done: 0,
        total: 0,
        startedAt,
        request,
        fileName: exportFileName(startedAt, request),
        bytes: null,
        rows: null,
        digest: null,
        code: null,
      },
    };
    this.#jobs.set(id, running);
    this.#forgetOld();
    this.#current = this.#run(running).finally(() => {
      this.#current = null;
    });
    this.#deps.onChange();
    return id;
  }

  /** The file of a finished export; null when there is none. */
  file(id: string): ExportedFile | null {
    const found = this.#jobs.get(id);
    return found?.job.state === 'done' ? { path: found.path, fileName: found.job.fileName } : null;
  }

  /** Stops a running one; puts a finished one away with its file. */
  cancel(id: string): void {
    const found = this.#jobs.get(id);
    if (found === undefined) return;
    found.isCancelled = true;
    if (found.job.state !== 'running') this.#forget(found);
    this.#deps.onChange();
  }

  /** Stops what runs and leaves no file behind. */
  async close(): Promise<void> {
    for (const running of this.#jobs.values()) running.isCancelled = true;
    await this.#current;
    rmSync(this.#deps.dir, { recursive: true, force: true });
  }

  async #run(running: Running): Promise<void> {
    const { make, report } = this.#deps;
    const { id, request } = running.job;
    try {
      await this.#deps.fetched(request, () => running.isCancelled);
      const made = await makeExport(make, id, request, running.path, this.#watch(running));
      if (made.ok) {
        const { bytes, counts, digest } = made.value;
        const rows = Object.fromEntries(counts.map((count) => [count.id, count.rows]));
        running.job = { ...running.job, state: 'done', bytes, rows, digest };
        this.#deps.onRecorded();
      } else if (made.error.type === 'cancelled') {
        running.job = { ...running.job, state: 'cancelled' };
      } else {
        running.job = { ...running.job, state: 'failed', code: made.error.type };
        // Whoever hears of it opens this desk anew, and takes the failed job along.
        if (made.error.rows !== undefined && make.isReachable?.() !== false)
          report(new DamagedRows(made.error.rows));
      }
    } catch (thrown) {
      report(thrown);
      running.job = { ...running.job, state: 'failed', code: 'internal' };
    }
    this.#deps.onChange();
  }

  #watch(running: Running): ExportWatch {
    return {
      isCancelled: () => running.isCancelled,
      onProgress: (done, total) => {
        const { job } = running;
        const isTold = Math.floor((job.done * STEPS) / total) < Math.floor((done * STEPS) / total);
        if (!isTold && job.total === total) return;
        running.job = { ...job, done, total };
        this.#deps.onChange();
      },
    };
  }

  #forgetOld(): void {
    for (const running of [...this.#jobs.values()])
      if (this.#jobs.size > MOST_JOBS && running.job.state !== 'running') this.#forget(running);
  }

  #forget({ job, path }: Running): void {
    this.#jobs.delete(job.id);
    rmSync(path, { force: true });
  }
}
