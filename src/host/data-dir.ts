import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';

/** What a data directory is, in `handoff.json`: how its desk reaches a workspace and whom it belongs to. */
const configSchema = z.object({
  format: z.literal(1),
  /** `embedded`: the workspace lies beside the desk. `remote`: the desk of a workspace elsewhere. */
  mode: z.enum(['embedded', 'remote']),
  /** The agent who works here; a remote desk learns it from its workspace. */
  agentId: z.string().nullable(),
  /** It holds the sample workspace, which may be reset. */
  sample: z.boolean(),
});
export type DataDirConfig = z.infer<typeof configSchema>;

/** The files of one data directory. */
export interface DataDirPaths {
  readonly root: string;
  readonly config: string;
  readonly workspace: string;
  readonly desk: string;
}

/** Names the files below `root`. */
export function dataDirPaths(root: string): DataDirPaths {
  const absolute = path.resolve(root);
  return {
    root: absolute,
    config: path.join(absolute, 'handoff.json'),
    workspace: path.join(absolute, 'workspace.db'),
    desk: path.join(absolute, 'desk'),
  };
}

/** Reads what the directory is: null when it is new. A config that cannot be understood is an error naming the place. */
export function readConfig(
  paths: DataDirPaths,
): Result<
  DataDirConfig | null,
  { readonly type: 'badConfig'; readonly file: string; readonly problem: string }
> {
  let text: string;
  try {
    text = readFileSync(paths.config, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(null);
    return err({ type: 'badConfig', file: paths.config, problem: String(error) });
  }
  try {
    const parsed = configSchema.safeParse(JSON.parse(text));
    if (parsed.success) return ok(parsed.data);
    const issue = parsed.error.issues[0];
    return err({
      type: 'badConfig',
      file: paths.config,
      problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    });
  } catch (error) {
    return err({
      type: 'badConfig',
      file: paths.config,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Writes what the directory is, whole or not at all. Makes the directory. */
export function writeConfig(paths: DataDirPaths, config: DataDirConfig): void {
  mkdirSync(paths.root, { recursive: true });
  const next = `${paths.config}.new`;
  // Flushed before it takes the name: after a power cut there is the old config or the new one, never an empty file.
  writeFileSync(next, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(next, paths.config);
}
