import { z } from 'zod';

/** Where saved views lie among the settings: `view:<id>` is the team's, `view:<agentId>:<id>` one agent's own. */
export const VIEW_PREFIX = 'view:';
export const viewIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const VIEW_SCOPES = ['team', 'own'] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];

/** The document of a saved view of the conversations (O8). `query` and `columns` are the screen's, checked when opened. */
export const viewSchema = z.object({
  id: viewIdSchema,
  name: z.string().trim().min(1).max(120),
  /** JSON of a list query and what else the screen shows it with. */
  query: z.string().max(20_000),
  /** Place among its like, from 0. */
  position: z.number().int().min(0).max(10_000).default(0),
});
export type ViewDocument = z.infer<typeof viewSchema>;

/** The setting's key of a view. */
export function viewKey(scope: ViewScope, agentId: string, id: string): string {
  return scope === 'team' ? `${VIEW_PREFIX}${id}` : `${VIEW_PREFIX}${agentId}:${id}`;
}

/** Reads a view's document; null when it is none. */
export function parseView(text: string): ViewDocument | null {
  try {
    const parsed = viewSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
