import { isZone } from '../../domain/hours/zone.ts';
import { EXPORTS_KEY, exportRefusal, parseExportPolicy } from '../../domain/exports/policy.ts';
import type { ExportOptions, exportsMethods } from '../../protocol/rpc/exports.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import { ZONE_KEY, zoneOfRow } from '../../protocol/settings.ts';
import type { DeskCore } from '../desk-core.ts';
import type { ExportedFile, ExportJobs } from '../export/export-jobs.ts';
import { refusalOf } from '../export/make-export.ts';
import { readRow } from '../replica/row-sql.ts';

/** Hands a finished file over: a link that the page follows, or the shell's own way to save it. */
export type DeliverExport = (
  file: ExportedFile,
) => Promise<{ readonly link: string | null; readonly saved: boolean }>;

export interface ExportsDeps {
  readonly core: DeskCore;
  readonly jobs: ExportJobs;
  /** Shipped languages, BCP 47. */
  readonly languages: readonly string[];
  readonly deliver: DeliverExport;
}

function optionsOf(core: DeskCore, languages: readonly string[]): ExportOptions {
  const valueOf = (key: string): string | null => readRow(core.replica.db, 'setting', [key])?.value ?? null;
  const policy = parseExportPolicy(valueOf(EXPORTS_KEY));
  const { role } = core.replica.frame().actor;
  return {
    policy,
    allowed: exportRefusal(policy, role, '-') === null,
    languages,
    zone: zoneOfRow(valueOf(ZONE_KEY)),
  };
}

/** Answers what the export dialog asks. */
export function exportsHandlers({
  core,
  jobs,
  languages,
  deliver,
}: ExportsDeps): Handlers<typeof exportsMethods> {
  return {
    'exports.options': () => optionsOf(core, languages),
    'exports.start': (request) => {
      const refusal = refusalOf(core, request.reason);
      if (refusal !== null) return { ok: false, code: refusal };
      if (!request.languages.every((tag) => languages.includes(tag)))
        return { ok: false, code: 'unknownLanguage' };
      if (!isZone(request.zone)) return { ok: false, code: 'unknownZone' };
      const id = jobs.start(request);
      return id === null ? { ok: false, code: 'busy' } : { ok: true, id };
    },
    'exports.jobs': () => jobs.list(),
    'exports.cancel': ({ id }) => {
      jobs.cancel(id);
      return null;
    },
    'exports.deliver': async ({ id }) => {
      const file = jobs.file(id);
      return file === null ? new WireFailure({ type: 'notFound', path: 'id' }) : deliver(file);
    },
  };
}
