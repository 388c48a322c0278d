import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** So many damaged replicas are kept: enough to see what goes wrong with this disk, and no more of it. */
const KEPT = 2;

/** When a file beside `path` was set aside, by its name; null: it is none of them. */
function asideSince(name: string, path: string): number | null {
  const prefix = `${basename(path)}.damaged-`;
  if (!name.startsWith(prefix)) return null;
  const [, at] = /^(\d+)(?:-wal|-shm)?$/.exec(name.slice(prefix.length)) ?? [];
  return at === undefined ? null : Number(at);
}

/**
 * Deletes what was set aside of a replica (see `setAside`) but for the newest two, each with its log. A replica is a copy:
 * nothing is lost with it, and one of a large workspace takes gigabytes. Never for an outbox, which may hold what nobody has
 * read yet. Answers the names that are gone. Rejects when a file cannot be deleted; the others are gone then.
 */
export async function forgetAside(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const found = (await readdir(folder)).flatMap((name) => {
    const at = asideSince(name, path);
    return at === null ? [] : [{ name, at }];
  });
  const moments = [...new Set(found.map(({ at }) => at))].sort((a, b) => b - a);
  const old = new Set(moments.slice(KEPT));
  const names = found.filter(({ at }) => old.has(at)).map(({ name }) => name);
  const done = await Promise.allSettled(names.map((name) => rm(join(folder, name), { force: true })));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return names.toSorted();
}

/** The desk over `path`, which forgets so once it runs, beside everything else, and has ended it when it is closed. */
export function forgettingAside<D extends { start(): void; close(): Promise<void> }>(
  desk: D,
  path: string,
  report: (thrown: unknown) => void,
): D {
  let forgotten: Promise<unknown> = Promise.resolve();
  return {
    ...desk,
    start: () => {
      desk.start();
      forgotten = forgetAside(path).catch(report);
    },
    close: async () => {
      await forgotten;
      await desk.close();
    },
  };
}
