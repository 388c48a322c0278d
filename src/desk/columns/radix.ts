const DIGIT_BITS = 12;
const DIGITS = 1 << DIGIT_BITS;
const LOW_BITS = 24;
const LOW = 2 ** LOW_BITS;
const SIGN_BIT = 0x80000000;
/** Which half of a double has its sign: 1 where the lower bytes come first, as on every machine this is made for. */
const HIGH = new Uint32Array(new Float64Array([-0]).buffer)[1] === SIGN_BIT ? 1 : 0;

const SPAN = 2 ** 48;
/** Digits of a 32-bit half of a double, from the right. */
const HALF_SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS] as const;

/** Which digit of its key puts a row into a pass's place. */
type Digit = (row: number) => number;

/** Smallest and greatest key among `rows`; null where a key is no integer, or they lie too far apart. None may be NaN. */
function integerRange(keys: Float64Array, rows: Uint32Array): readonly [number, number] | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const key = keys[row] ?? 0;
    if (!Number.isInteger(key)) return null;
    if (key < min) min = key;
    if (key > max) max = key;
  }
  return max - min < SPAN ? [min, max] : null;
}

function isSorted(keys: Float64Array, rows: Uint32Array): boolean {
  for (let index = 1; index < rows.length; index += 1) {
    if ((keys[rows[index - 1] ?? 0] ?? 0) > (keys[rows[index] ?? 0] ?? 0)) return false;
  }
  return true;
}

/** Digits of `key - min`, the last first: 12 bits each, as many as the span has. */
function integerDigits(keys: Float64Array, min: number, max: number): readonly Digit[] {
  const bits = Math.ceil(Math.log2(max - min + 1));
  return Array.from({ length: Math.ceil(bits / DIGIT_BITS) }, (_, index): Digit => {
    const done = index * DIGIT_BITS;
    const shift = done % LOW_BITS;
    if (done < LOW_BITS) return (row) => ((((keys[row] ?? 0) - min) % LOW) >>> shift) & (DIGITS - 1);
    return (row) => (Math.floor(((keys[row] ?? 0) - min) / LOW) >>> shift) & (DIGITS - 1);
  });
}

/** Digits of any doubles: their bits, which stand in the order of the numbers once negative ones are turned over. */
function doubleDigits(keys: Float64Array): readonly Digit[] {
  const halves = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const signOf = (row: number): number => (halves[2 * row + HIGH] ?? 0) >>> 31;
  const digitsOf = (half: number, flipped: number): readonly Digit[] =>
    HALF_SHIFTS.map(
      (shift): Digit =>
        (row) => {
          const bits = halves[2 * row + half] ?? 0;
          return ((signOf(row) === 1 ? ~bits : bits ^ flipped) >>> shift) & (DIGITS - 1);
        },
    );
  return [...digitsOf(1 - HIGH, 0), ...digitsOf(HIGH, SIGN_BIT)];
}

/** One stable pass by one digit. */
function pass(digit: Digit, from: Uint32Array, to: Uint32Array): void {
  const counts = new Uint32Array(DIGITS + 1);
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
 * Sorts `rows` by `keys[row]` (any numbers but NaN and -0), equal ones staying as they were; answers the sorted rows in one
 * of two buffers. Integers less than 2^48 apart take fewer passes. A generator: each step is one pass, a few milliseconds a
 * million rows, so that others may run.
 */
export function* radixSort(keys: Float64Array, rows: Uint32Array): Generator<undefined, Uint32Array> {
  if (rows.length < 2 || isSorted(keys, rows)) return rows;
  const range = integerRange(keys, rows);
  const digits = range === null ? doubleDigits(keys) : integerDigits(keys, ...range);
  let from: Uint32Array = rows;
  let to: Uint32Array = new Uint32Array(rows.length);
  for (const digit of digits) {
    yield undefined;
    pass(digit, from, to);
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
