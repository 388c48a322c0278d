/** The kinds of arrays that columns are. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const GROWTH = 1.5;
const FIRST_CAPACITY = 1_024;

/** How long an array that must hold `needed` becomes: some room beyond, so that growing stays rare. */
export function capacityFor(current: number, needed: number): number {
  return needed <= current ? current : Math.max(needed, Math.ceil(current * GROWTH), FIRST_CAPACITY);
}

/** `values` with room for `capacity`; itself when it has that. */
export function grown<T extends Numbers>(values: T, capacity: number): T {
  if (values.length >= capacity) return values;
  const larger = new (values.constructor as new (length: number) => T)(capacity);
  larger.set(values);
  return larger;
}
