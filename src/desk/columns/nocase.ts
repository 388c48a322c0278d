const CAPITAL_A = 65;
const CAPITAL_Z = 90;
const TO_LOWER = 32;
const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;
const BEYOND = 0x10000;

function lowered(unit: number): number {
  return unit >= CAPITAL_A && unit <= CAPITAL_Z ? unit + TO_LOWER : unit;
}

/** The place of a UTF-16 unit in the order of UTF-8 bytes: surrogates stand for what lies beyond the rest. */
function inBytesOrder(unit: number): number {
  return unit >= FIRST_SURROGATE && unit < AFTER_SURROGATES ? unit + BEYOND : unit;
}

/** Compares as SQLite's NOCASE does: ASCII letters without their case, all else by the bytes of UTF-8. */
export function compareNocase(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const left = lowered(a.charCodeAt(index));
    const right = lowered(b.charCodeAt(index));
    if (left !== right) return inBytesOrder(left) - inBytesOrder(right);
  }
  return a.length - b.length;
}
