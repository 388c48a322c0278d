/** Runs writers one after the other, in the order they came. */
export interface Sequencer {
  /** Resolves and rejects as `work` does; one that fails does not stop the next. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** A queue of one lane: what was read while working stands until it is committed. */
export function sequencer(): Sequencer {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const mine = last.then(work, work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
