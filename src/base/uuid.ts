import type { Rng } from './rng.ts';
import type { Clock } from './time.ts';

/** Makes ids; handed in. */
export interface IdSource {
  next(): string;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/**
 * Makes UUIDv7 ids (Y1): 48 bits of milliseconds, a 12-bit counter that keeps ids of one millisecond in order,
 * 62 bits of randomness. Never goes backwards, also when the clock does.
 */
export function uuidV7Source(clock: Clock, rng: Rng): IdSource {
  let lastMillis = 0;
  let counter = 0;
  return {
    next: () => {
      const now = clock.now();
      if (now > lastMillis) {
        lastMillis = now;
        counter = rng.u32() & 0x7ff;
      } else if (counter < 0xfff) {
        counter += 1;
      } else {
        lastMillis += 1;
        counter = 0;
      }
      const time = hex(lastMillis, 12);
      const variant = 0x8000 | (rng.u32() & 0x3fff);
      const tail = hex(rng.u32(), 8) + hex(rng.u32() & 0xffff, 4);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${hex(variant, 4)}-${tail}`;
    },
  };
}
