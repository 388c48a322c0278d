import { readFileSync, writeFileSync } from 'node:fs';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AgentId } from '../../base/ids.ts';

/**
 * The token with which the desk beside the workspace calls it: made once and kept in `file`, readable by its owner only,
 * so that starting again does not pile up tokens. A file whose token the workspace does not know is replaced.
 */
export async function deskToken(workspace: Workspace, agentId: AgentId, file: string): Promise<string> {
  const kept = readToken(file);
  const caller = kept === null ? null : await workspace.authenticate(kept);
  if (kept !== null && caller?.kind === 'desk' && caller.desk.agentId === agentId) return kept;
  const added = await workspace.addDeskToken(agentId);
  if (!added.ok) throw new Error(`no token for agent ${agentId}: ${added.error.type}`);
  writeFileSync(file, `${added.value.token}\n`, { mode: 0o600 });
  return added.value.token;
}

/** The first line of a token file; null when there is none. */
export function readToken(file: string): string | null {
  try {
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    return line.trim() === '' ? null : line.trim();
  } catch {
    return null;
  }
}
