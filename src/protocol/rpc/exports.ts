import { z } from 'zod';
import type { EpochMillis } from '../../base/time.ts';
import { EXPORT_DAYS, EXPORT_FORMATS, type ExportPolicy } from '../../domain/exports/policy.ts';
import { daySchema, zoneSchema } from './drill.ts';
import { listQuerySchema } from './list.ts';
import { method } from './method.ts';

/** What to take along, in which languages, why. */
export const exportRequestSchema = z.object({
  /** Which conversations; its order does not matter: exports are in the order of their start. */
  query: listQuerySchema,
  /** Days of the calendar in `zone`, both included; null: without end. */
  range: z.object({
    by: z.enum(EXPORT_DAYS),
    from: daySchema.nullable(),
    to: daySchema.nullable(),
  }),
  /** One or two shipped languages, the main one first. */
  languages: z.array(z.string().min(2).max(35)).min(1).max(2),
  zone: zoneSchema,
  format: z.enum(EXPORT_FORMATS),
  withMessages: z.boolean(),
  reason: z.string().max(500).nullable(),
});
export type ExportRequestInput = z.infer<typeof exportRequestSchema>;

export type ExportState = 'running' | 'done' | 'cancelled' | 'failed';

/** One export of this session. */
export interface ExportJob {
  readonly id: string;
  readonly state: ExportState;
  /** Conversations gone through, over all tables. */
  readonly done: number;
  readonly total: number;
  readonly startedAt: EpochMillis;
  readonly request: ExportRequestInput;
  /** `handoff-2026-11-21.xlsx`; what is offered for saving. */
  readonly fileName: string;
  /** Of a finished one: bytes, rows by table, the digest of its cells. */
  readonly bytes: number | null;
  readonly rows: Readonly<Record<string, number>> | null;
  readonly digest: string | null;
  /** Why it failed: `forbidden`, `reasonRequired`, `diskFull`, `cannotWrite`, `tooLarge`, `notReady`, `notHeld`, `damaged`, `internal`. */
  readonly code: string | null;
}

/** What the dialog needs to know before it asks. */
export interface ExportOptions {
  readonly policy: ExportPolicy;
  /** Whether this reader may, as things are here; the workspace has the last word. */
  readonly allowed: boolean;
  /** Shipped languages, BCP 47. */
  readonly languages: readonly string[];
  /** The account's zone; null while nobody set it. */
  readonly zone: string | null;
}

export type ExportStart =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly code: 'forbidden' | 'reasonRequired' | 'unknownLanguage' | 'unknownZone' | 'busy';
    };

const id = z.string().min(1).max(64);

/** Exports. Ask `exports.jobs` again on `exports`; `exports.options` on `info`. */
export const exportsMethods = {
  'exports.options': method<ExportOptions>()(z.object({})),
  'exports.start': method<ExportStart>()(exportRequestSchema),
  /** Of this session, the latest first. */
  'exports.jobs': method<readonly ExportJob[]>()(z.object({})),
  /** Stops a running one, or puts a finished one with its file away. */
  'exports.cancel': method<null>()(z.object({ id })),
  /**
   * Hands a finished file over: `link` is a path of the page's own origin that answers once; null: the shell asks where to
   * put it, and `saved` tells whether it was put there.
   */
  'exports.deliver': method<{ readonly link: string | null; readonly saved: boolean }>()(
    z.object({ id }),
    3_600_000,
  ),
} as const;
