import type { Io } from './io.ts';

/** Writes down what should not have happened, with an id by which a person can name it. Never a message's text. */
export function bugReporter(io: Io): (thrown: unknown, where: string) => string {
  let count = 0;
  return (thrown, where) => {
    count += 1;
    const id = `${process.pid}-${count}`;
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    io.err(`[${id}] ${where}: ${text.trimEnd()}\n`);
    return id;
  };
}
