import type { Io } from '../../src/host/cli/io.ts';

/** An Io that keeps what was written. */
export interface CapturedIo extends Io {
  readonly output: () => string;
  readonly errors: () => string;
}

export function capturedIo(): CapturedIo {
  let output = '';
  let errors = '';
  return {
    out: (text) => {
      output += text;
    },
    err: (text) => {
      errors += text;
    },
    live: false,
    output: () => output,
    errors: () => errors,
  };
}
