import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** The root of the repository. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../..');
const mainFile = path.join(repositoryRoot, 'src/host/main.ts');

/** A browser host that runs in a process of its own. */
export interface HostProcess {
  /** The printed address, with its token. */
  readonly address: string;
  readonly process: ChildProcess;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as the system does at log-out. */
  stop(): Promise<number | null>;
}

/** What a finished command wrote, and its exit code. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

function collect(stream: NodeJS.ReadableStream | null, onText: (text: string) => void): void {
  stream?.setEncoding('utf8');
  stream?.on('data', onText);
}

/** Starts a command that goes on until it is stopped, and waits until it prints `ready` with its address. */
async function startProcess(words: readonly string[], ready: RegExp): Promise<HostProcess> {
  const child = spawn(process.execPath, [mainFile, ...words], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  collect(child.stderr, (text) => {
    errors += text;
  });
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    collect(child.stdout, (text) => {
      output += text;
      const match = ready.exec(output);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    child.once('exit', (code) => reject(new Error(`${words[0]} ended with ${code}:\n${errors}`)));
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended(child);
  };
  return {
    address,
    process: child,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Starts the browser host on a free port with `data` as its data directory. */
export function startHost(data: string, more: readonly string[] = []): Promise<HostProcess> {
  const words = ['start', '--host', 'browser', '--port', '0', '--no-open', '--data', data, ...more];
  return startProcess(words, /Handoff is ready: (\S+)/);
}

/** Starts the workspace alone on a free port. */
export function startServe(data: string, more: readonly string[] = []): Promise<HostProcess> {
  return startProcess(['serve', '--port', '0', '--data', data, ...more], /The workspace is ready: (\S+)/);
}

/** Runs one command of the command line to its end. */
export async function runHandoff(...words: readonly string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [mainFile, ...words], {
    cwd: repositoryRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  collect(child.stdout, (text) => {
    output += text;
  });
  collect(child.stderr, (text) => {
    errors += text;
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { code: await closed, output, errors };
}
