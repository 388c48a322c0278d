const DIGIT_BITS = 12;
const DIGITS = 1 << DIGIT_BITS;
const LOW_BITS = 24;
const LOW = 2 ** LOW_BITS;

/** Smallest and greatest key among `rows`; none may be NaN. */
function rangeOf(keys: Float64Array, rows: Uint32Array): readonly [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const key = keys[row] ?? 0;
    if (key < min) min = key;
    if (key > max) max = key;
  }
  return [min, max];
}

function isSorted(keys: Float64Array, rows: Uint32Array): boolean {
  for (let index = 1; index < rows.length; index += 1) {
    if ((keys[rows[index - 1] ?? 0] ?? 0) > (keys[rows[index] ?? 0] ?? 0)) return false;
  }
  return true;
}

/** One stable pass by a digit of `key - min`: `shift` bits up, in the low or the high 24 bits. */
function pass(
  keys: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  min: number,
  high: boolean,
  shift: number,
): void {
  const counts = new Uint32Array(DIGITS + 1);
  const digit = (row: number): number => {
    const offset = (keys[row] ?? 0) - min;
    const part = high ? Math.floor(offset / LOW) : offset % LOW;
    return (part >>> shift) & (DIGITS - 1);
  };
  for (let index = 0; index < from.length; index += 1) {
    const place = digit(from[index] ?? 0) + 1;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  for (let index = 1; index <= DIGITS; index += 1) {
    counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0);
  }
  for (let index = 0; index < from.length; index += 1) {
    const row = from[index] ?? 0;
    const value = digit(row);
    const place = counts[value] ?? 0;
    to[place] = row;
    counts[value] = place + 1;
  }
}

/**
 * Sorts `rows` by `keys[row]` (integers, span below 2^48), equal ones staying as they were; answers the sorted rows in
 * one of two buffers. A generator: each step is one pass, a few milliseconds a million rows, so that others may run.
 */
export function* radixSort(keys: Float64Array, rows: Uint32Array): Generator<undefined, Uint32Array> {
  if (rows.length < 2 || isSorted(keys, rows)) return rows;
  const [min, max] = rangeOf(keys, rows);
  const bits = Math.ceil(Math.log2(max - min + 1));
  let from: Uint32Array = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  for (let done = 0; done < bits; done += DIGIT_BITS) {
    yield undefined;
    pass(keys, from, to, min, done >= LOW_BITS, done % LOW_BITS);
    [from, to] = [to, from];
  }
  return from;
}

/** Runs a stepwise computation to its end. */
export function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
