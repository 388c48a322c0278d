import path from 'node:path';
import { lineLog } from '../../workspace/open-workspace.ts';
import { makeSample } from '../../prepare-data.ts';
import { type Command, DATA_OPTION } from '../command.ts';
import { dataError } from '../explain.ts';
import { EXIT } from '../io.ts';
import { withLock } from '../with-data.ts';

/** Folder of the sample's scenarios below the application's root. */
export function sampleDirOf(appRoot: string): string {
  return path.join(appRoot, 'resources', 'sample');
}

export const sampleResetCommand: Command = {
  name: 'sample reset',
  arguments: '',
  summary: 'put the sample workspace back as it was; real work is never touched',
  options: { data: DATA_OPTION },
  run: async (call, { io, appRoot }) =>
    withLock(call, async (paths) => {
      const made = await makeSample(paths, sampleDirOf(appRoot), lineLog(io.err));
      if (!made.ok) throw dataError(made.error);
      io.out(`the sample workspace is new again in ${paths.root}\n`);
      return EXIT.complete;
    }),
};
