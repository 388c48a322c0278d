/** The first Node that the native driver is known to run under; older ones crash the process while loading it. */
export const MIN_NODE = '24.0.0';
/** The first SQLite with the WAL-reset repair; an older one may corrupt a database with several connections. */
export const MIN_SQLITE = '3.51.3';

/** Whether dotted version `actual` is `minimum` or later; numbers only, missing parts count as 0. */
export function isAtLeast(actual: string, minimum: string): boolean {
  const have = actual.split('.').map(Number);
  const want = minimum.split('.').map(Number);
  for (let part = 0; part < Math.max(have.length, want.length); part += 1) {
    const difference = (have[part] ?? 0) - (want[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** Throws under a Node that the driver would crash (no message, exit by signal): call before the driver loads. */
export function assertNode(version: string): void {
  if (!isAtLeast(version, MIN_NODE)) {
    throw new Error(
      `Node ${MIN_NODE} or later is needed to open a database, this is ${version}; use npm run`,
    );
  }
}
