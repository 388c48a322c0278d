import { ok } from '../base/result.ts';
import { EXPORTS_KEY, exportRefusal, parseExportPolicy } from '../domain/exports/policy.ts';
import { readsSettings } from './documents.ts';
import { exportRecord } from './export-args.ts';
import { refuse } from './history.ts';
import { defineMutation } from './mutation.ts';

/**
 * Writes an export down in the audit log: who, what, why, how much, and the digest of its cells. Refused where the workspace
 * does not let this role export, or wants a reason; the file is not handed out before this is durable.
 */
export const recordExport = defineMutation({
  name: 'export.record',
  args: exportRecord,
  role: 'agent',
  reads: () => readsSettings(EXPORTS_KEY),
  run: (rows, { reason }, ctx) => {
    const policy = parseExportPolicy(rows.setting(EXPORTS_KEY)?.value ?? null);
    const refusal = exportRefusal(policy, ctx.actor.role, reason);
    if (refusal === 'forbidden') return refuse('forbidden');
    return refusal === null ? ok([]) : refuse('invalidArguments', { path: 'reason' });
  },
  inverse: () => null,
  audit: (args) => ({ action: 'export.made', detail: args }),
});
