import type { Role } from '../model.ts';

/** Key of the setting that says who may export, and whether they must say why. */
export const EXPORTS_KEY = 'exports';

export const ROLES: readonly Role[] = ['agent', 'lead', 'admin'];

export const EXPORT_FORMATS = ['xlsx', 'csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Which day of a conversation a range counts: its start, its closing, or the days on which its surveys went out. */
export const EXPORT_DAYS = ['closed', 'started', 'asked'] as const;
export type ExportDay = (typeof EXPORT_DAYS)[number];

/** Who may take data along: the least role, and whether a reason is asked for. */
export interface ExportPolicy {
  readonly role: Role;
  readonly reasonRequired: boolean;
}

/** In force while nobody set another: leads and admins, who say why. */
export const DEFAULT_EXPORT_POLICY: ExportPolicy = { role: 'lead', reasonRequired: true };

/** Why someone may not export; null when they may. Space alone is no reason. */
export type ExportRefusal = 'forbidden' | 'reasonRequired';

/** Whether somebody of `role` may export for `reason` (null: none given). */
export function exportRefusal(policy: ExportPolicy, role: Role, reason: string | null): ExportRefusal | null {
  if (ROLES.indexOf(role) < ROLES.indexOf(policy.role)) return 'forbidden';
  return policy.reasonRequired && (reason === null || reason.trim() === '') ? 'reasonRequired' : null;
}

/** Reads the policy out of its setting's value; the default where there is none or it cannot be read. */
export function parseExportPolicy(value: string | null): ExportPolicy {
  if (value === null) return DEFAULT_EXPORT_POLICY;
  try {
    const json: unknown = JSON.parse(value);
    if (typeof json !== 'object' || json === null || !('role' in json) || !('reasonRequired' in json))
      return DEFAULT_EXPORT_POLICY;
    const role = ROLES.find((known) => known === json.role);
    if (role === undefined || typeof json.reasonRequired !== 'boolean') return DEFAULT_EXPORT_POLICY;
    return { role, reasonRequired: json.reasonRequired };
  } catch {
    return DEFAULT_EXPORT_POLICY;
  }
}
