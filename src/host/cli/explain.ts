import type { EngineError } from '../engine.ts';
import { CommandError, EXIT, type ExitCode } from './io.ts';

function holder({ pid, since }: Extract<EngineError, { type: 'inUse' }>): string {
  if (pid === null) return '';
  return since === null
    ? ` (process ${pid})`
    : ` (process ${pid}, since ${new Date(since).toISOString().slice(0, 19)}Z)`;
}

/** The line that tells a person why the data could not be used. */
function sentence(error: EngineError): string {
  switch (error.type) {
    case 'inUse':
      return `the data directory is in use by another Handoff${holder(error)}`;
    case 'notADatabase':
      return `${error.path} is not a Handoff database`;
    case 'corrupt':
      return `${error.path} is damaged (${error.code}); nothing was changed`;
    case 'fromTheFuture':
      return `${error.path} was written by a newer Handoff (version ${error.version}, this one knows ${error.known}); nothing was changed`;
    case 'cannotOpen':
      return `the data directory cannot be opened (${error.code})`;
    case 'badConfig':
      return `${error.file} ${error.problem}`;
    case 'otherMode':
      return error.mode === 'remote'
        ? 'this data directory is the desk of a workspace elsewhere; give --workspace and --token-file'
        : 'this data directory has a workspace of its own';
    case 'notSample':
      return 'this data directory does not hold the sample workspace; nothing was changed';
    case 'workspaceMissing':
      return `${error.file} is missing`;
    case 'workspaceFailed':
      return `the workspace could not be started: ${error.problem}`;
  }
}

function exitCodeOf(error: EngineError): ExitCode {
  return error.type === 'inUse' ? EXIT.inUse : EXIT.usage;
}

/** The error that ends a command because the data could not be used. */
export function dataError(error: EngineError): CommandError {
  return new CommandError(sentence(error), exitCodeOf(error));
}
