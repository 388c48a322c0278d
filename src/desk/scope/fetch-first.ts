import { millis, SECOND } from '../../base/time.ts';
import type { ExportRequestInput } from '../../protocol/rpc/exports.ts';
import type { DeskCore } from '../desk-core.ts';
import type { LinkStatus } from '../sync/sync-loop.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { exportNeed } from './export-need.ts';

/** How often it is looked whether what is being fetched has come. */
const LOOK = millis(SECOND / 10);

export interface FetchFirstDeps {
  readonly core: Pick<DeskCore, 'part' | 'replica'>;
  readonly link: { status(): Pick<LinkStatus, 'workspace'>; kick(): void };
  readonly scheduler: Scheduler;
}

/** Whether an answer may still come. */
function isLinked({ link }: FetchFirstDeps): boolean {
  const { workspace } = link.status();
  return workspace === 'connected' || workspace === 'connecting';
}

/**
 * Has what an export needs fetched (Y9), and waits for it: until it is there, the export is cancelled, or there is no link to
 * fetch it over.
 */
export function fetchFirst(deps: FetchFirstDeps) {
  return async (request: ExportRequestInput, isCancelled: () => boolean): Promise<void> => {
    const { core, link, scheduler } = deps;
    const need = exportNeed(core.replica.db, request);
    if (need === null || core.part.holds(need)) return;
    if (core.part.reachBack(need)) link.kick();
    while (!core.part.holds(need) && !isCancelled() && isLinked(deps))
      await new Promise<void>((resolve) => {
        scheduler.after(LOOK, resolve);
      });
  };
}
