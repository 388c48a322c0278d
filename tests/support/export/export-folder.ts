import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataDirPaths } from '../../../src/host/data-dir.ts';
import { type Database, openDatabase } from '../../../src/sqlite/database.ts';
import { runHandoff } from '../host-process.ts';

/** Starting processes and LibreOffice takes its time on a busy machine, in milliseconds. */
export const LONG = 180_000;
export const ZONE = 'Asia/Seoul';

/** A sample's data directory with exports of the command line beside it. */
export interface ExportFolder {
  readonly folder: string;
  readonly data: string;
  /** Path of a file beside the data. */
  at(name: string): string;
  /** `handoff export csat --out NAME …`, with a reason. */
  exportTo(name: string, ...more: readonly string[]): ReturnType<typeof runHandoff>;
  /** Reads the replica that was exported. */
  withDesk<T>(work: (db: Database) => T): T;
  remove(): void;
}

/** A new sample, and `both.xlsx` of it in Swedish and Korean with its messages; `progress` is what the command told. */
export async function exportFolder(): Promise<ExportFolder & { readonly progress: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'handoff-export-'));
  const data = path.join(folder, 'data');
  const at = (name: string): string => path.join(folder, name);
  const exportTo: ExportFolder['exportTo'] = (name, ...more) => {
    const words = ['--out', at(name), '--data', data, '--reason', 'Kvartalsgranskning'];
    return runHandoff('export', 'csat', ...words, ...more);
  };
  const done = async (ran: ReturnType<typeof runHandoff>) => {
    const { code, errors } = await ran;
    if (code !== 0) throw new Error(errors);
    return errors;
  };
  await done(runHandoff('sample', 'reset', '--data', data));
  const progress = await done(
    exportTo('both.xlsx', '--languages', 'sv,ko', '--zone', ZONE, '--with-messages'),
  );
  return {
    folder,
    data,
    progress,
    at,
    exportTo,
    withDesk: (work) => {
      const opened = openDatabase(path.join(dataDirPaths(data).desk, 'replica.db'), {
        synchronous: 'NORMAL',
        readonly: true,
      });
      if (!opened.ok) throw new Error(opened.error.type);
      try {
        return work(opened.value);
      } finally {
        opened.value.close();
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
