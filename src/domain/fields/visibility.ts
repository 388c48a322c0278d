/** Whether fields are shown, by key; what it does not name is left to what stands behind it (F4). */
export type Visibility = Readonly<Record<string, boolean>>;

/** Key of the setting with the workspace's default. */
export const VISIBILITY_KEY = 'visibility';

/** Key of the setting with an agent's own choice (C6). */
export function ownVisibilityKey(agentId: string): string {
  return `${VISIBILITY_KEY}:${agentId}`;
}

/** Reads a choice out of its setting's value; null or unreadable is none. */
export function parseVisibility(value: string | null): Visibility {
  if (value === null) return {};
  try {
    const json: unknown = JSON.parse(value);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return {};
    return Object.fromEntries(
      Object.entries(json).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    );
  } catch {
    return {};
  }
}

/** Whether a field is shown to an agent, and who said so. */
export interface Shown {
  readonly visible: boolean;
  readonly decidedBy: 'own' | 'workspace' | 'nobody';
}

/** F4: an agent's own choice over the workspace's default; a field that nobody spoke of is shown. */
export function resolveVisibility(field: string, own: Visibility, workspace: Visibility): Shown {
  const mine = Object.hasOwn(own, field) ? own[field] : undefined;
  if (mine !== undefined) return { visible: mine, decidedBy: 'own' };
  const ours = Object.hasOwn(workspace, field) ? workspace[field] : undefined;
  if (ours !== undefined) return { visible: ours, decidedBy: 'workspace' };
  return { visible: true, decidedBy: 'nobody' };
}

/** A choice with one field set, or left to what stands behind it (null). */
export function withVisibility(choice: Visibility, field: string, visible: boolean | null): Visibility {
  const others = Object.entries(choice).filter(([key]) => key !== field);
  return Object.fromEntries(visible === null ? others : [...others, [field, visible]]);
}
