import type { PowerMonitor, Net } from 'electron';

/**
 * Tells of each waking: what was under way when the lid was closed gets no answer any more, and the pause before the next
 * try counted no time. The coming and going of the network itself is told by the page, which hears of it first.
 */
export function watchWaking(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  net: Pick<Net, 'isOnline'>,
  onWake: (online: boolean) => void,
): void {
  powerMonitor.on('resume', () => onWake(net.isOnline()));
}
