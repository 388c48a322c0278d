import { join } from 'node:path';
import type { Clock } from '../../base/time.ts';
import type { IdSource } from '../../base/uuid.ts';
import type { Resources } from '../../i18n/messages.ts';
import type { ExportJob } from '../../protocol/rpc/exports.ts';
import type { AppInfo } from '../../protocol/rpc/status.ts';
import type { DeskCore } from '../desk-core.ts';
import type { DeliverExport, ExportsDeps } from '../service/exports-handlers.ts';
import { breathe, type Scheduler } from '../sync/scheduler.ts';
import { ExportJobs, type ExportJobsDeps } from './export-jobs.ts';
import type { ExportDeps } from './make-export.ts';

/** What the host gives to exports: the words of every shipped language, and the way to the reader. */
export interface ExportHost {
  readonly resources: Resources;
  readonly deliver: DeliverExport;
}

/** What exports take of a desk's options. */
export interface DeskExportOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly scheduler: Scheduler;
  readonly app: Pick<AppInfo, 'version'>;
  readonly exports?: ExportHost;
  /** Failed exports of the desk that this one is opened in place of. */
  readonly earlierExports?: readonly ExportJob[];
  /** Whether the workspace answers, so that a damaged replica can be built anew; always, when absent. */
  readonly isReachable?: () => boolean;
  readonly report: (thrown: unknown) => void;
}

/** What making an export needs of an open desk. */
export function exportDeps(
  options: DeskExportOptions,
  core: DeskCore,
  passing: ExportDeps['passing'],
): ExportDeps {
  return {
    core,
    clock: options.clock,
    version: options.app.version,
    resources: options.exports?.resources ?? {},
    breathe: () => breathe(options.scheduler),
    passing,
    ...(options.isReachable === undefined ? {} : { isReachable: options.isReachable }),
  };
}

/** The exports of one session: their files lie beside the replica until they are handed over. */
export function deskExports(
  options: DeskExportOptions,
  core: DeskCore,
  passing: ExportDeps['passing'],
  told: Pick<ExportJobsDeps, 'onChange' | 'onRecorded' | 'fetched'>,
): ExportsDeps {
  return {
    core,
    jobs: new ExportJobs(
      {
        dir: join(options.dir, 'exports'),
        make: exportDeps(options, core, passing),
        ids: options.ids,
        clock: { now: () => core.now() },
        ...told,
        report: options.report,
      },
      options.earlierExports,
    ),
    languages: Object.keys(options.exports?.resources ?? {}).sort(),
    deliver: options.exports?.deliver ?? (() => Promise.resolve({ link: null, saved: false })),
  };
}
