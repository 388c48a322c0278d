import type { z } from 'zod';
import { VIEW_PREFIX, viewContent, type ViewScope } from '../mutations/insight-args.ts';

export { VIEW_PREFIX, type ViewScope } from '../mutations/insight-args.ts';

/** A saved view, whose it is, and the id its key ends in. */
export type ViewDocument = z.output<typeof viewContent> & {
  readonly id: string;
  readonly scope: ViewScope;
};

/** Reads a saved view out of its setting; null when it is none, or another agent's own. */
export function parseView(key: string, text: string, agentId: string): ViewDocument | null {
  if (!key.startsWith(VIEW_PREFIX)) return null;
  const own = `${VIEW_PREFIX}${agentId}:`;
  const scope: ViewScope = key.startsWith(own) ? 'own' : 'team';
  const id = scope === 'own' ? key.slice(own.length) : key.slice(VIEW_PREFIX.length);
  if (id.includes(':')) return null;
  try {
    const parsed = viewContent.safeParse(JSON.parse(text));
    return parsed.success ? { id, scope, ...parsed.data } : null;
  } catch {
    return null;
  }
}
