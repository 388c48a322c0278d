import { setImmediate as turn } from 'node:timers/promises';
import type { Workspace } from '../../workspace/workspace.ts';

const MINUTE_MS = 60_000;
/** Slices of stored rows looked at each minute: 50,000 rows in some 150 ms, a workspace of a million messages in an hour. */
const SLICES = 25;

type Swept = Pick<Workspace, 'sweep' | 'checkSome'>;

/**
 * Lets time pass in the workspace now and every minute (Y13), and looks for flipped bits in a part of its rows, slice by
 * slice, so that whoever asks meanwhile is answered between two. Until the returned function is called.
 */
export function sweepEveryMinute(workspace: Swept, report: (thrown: unknown) => void): () => void {
  let isOver = false;
  const minute = async (): Promise<void> => {
    await workspace.sweep();
    for (let slice = 0; slice < SLICES && !isOver; slice += 1) {
      if (await workspace.checkSome()) return;
      await turn();
    }
  };
  const sweep = (): void => {
    minute().catch((thrown: unknown) => {
      if (!isOver) report(thrown);
    });
  };
  sweep();
  const timer = setInterval(sweep, MINUTE_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
