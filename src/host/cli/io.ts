/** Where a command writes: results on `out`, everything else on `err`. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A terminal watches `err`: progress may overwrite its line. */
  readonly live: boolean;
}

/** 0 complete, 1 partial, 2 usage, 3 data directory in use. */
export const EXIT = { complete: 0, partial: 1, usage: 2, inUse: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error that ends a command with a clear line on `err` and an exit code. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Ends the command: it was called wrongly. */
export function usageError(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}

/** Shows how far long work is; one line that overwrites itself on a terminal, one line a step elsewhere. */
export interface Progress {
  report(text: string): void;
  done(): void;
}

/** Makes a progress line on `io.err`. Without a terminal every `every`-th report is printed. */
export function createProgress(io: Io, every = 10): Progress {
  let reports = 0;
  return {
    report: (text) => {
      reports += 1;
      if (io.live) io.err(`\r\u001b[K${text}`);
      else if (reports % every === 0) io.err(`${text}\n`);
    },
    done: () => {
      if (io.live && reports > 0) io.err('\r\u001b[K');
    },
  };
}

/** Groups digits for people: 2841 → "2,841". The command line speaks English. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** "1 line", "2 lines". */
export function plural(count: number, one: string, other = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : other}`;
}
