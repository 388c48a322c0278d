import './node-guard.ts';
import path from 'node:path';
import type { Io } from './cli/io.ts';

const io: Io = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  live: process.stderr.isTTY,
};

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Loaded after the guard has looked at the Node that runs this.
const { COMMANDS } = await import('./cli/commands.ts');
const { runCommandLine } = await import('./cli/run.ts');

process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), {
  io,
  appRoot: path.resolve(import.meta.dirname, '../..'),
});
