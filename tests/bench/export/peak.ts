import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * The most memory this process ever held, in KiB. Linux counts what the parent held at the fork into `ru_maxrss`, so its
 * own high-water mark is read there.
 */
export function peakKiB(): number {
  if (!existsSync(STATUS)) return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(STATUS, 'utf8'))?.[1] ?? 0);
}
