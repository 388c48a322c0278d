/**
 * What JSON makes of a value on its way through text and back, without the text: rows are lists of texts and numbers, which
 * are copied whole. Throws about what no message holds (functions, maps, instances of classes).
 */
export function copied(value: unknown): unknown {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value)
      ? copiedList(value)
      : copiedRecord(value as Readonly<Record<string, unknown>>);
  if (typeof value === 'number') return copiedNumber(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  throw new Error(`no message holds a ${typeof value}`);
}

/** JSON knows no infinity and one zero. */
function copiedNumber(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}

function copiedList(list: readonly unknown[]): unknown[] {
  const made = list.slice();
  for (let at = 0; at < made.length; at += 1) {
    const one = made[at];
    if (typeof one !== 'string') made[at] = one === undefined ? null : copied(one);
  }
  return made;
}

function copiedRecord(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(record);
  if (prototype !== Object.prototype && prototype !== null) throw new Error('no message holds an instance');
  const made: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const one = record[key];
    if (one === undefined) continue;
    const value = typeof one === 'string' ? one : copied(one);
    // Assigned, this one name would change what the record inherits.
    if (key === '__proto__') Object.defineProperty(made, key, { value, enumerable: true });
    else made[key] = value;
  }
  return made;
}
