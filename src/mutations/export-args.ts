import { z } from 'zod';
import { EXPORT_DAYS, EXPORT_FORMATS } from '../domain/exports/policy.ts';

const count = z.number().int().nonnegative();

/** Who may export, as the setting holds it. */
export const exportPolicy = z.strictObject({
  role: z.enum(['agent', 'lead', 'admin']),
  reasonRequired: z.boolean(),
});

/** What was taken along, and why: what the audit log keeps of an export. */
export const exportRecord = z.object({
  exportId: z.string().min(1).max(64),
  format: z.enum(EXPORT_FORMATS),
  languages: z.array(z.string().min(1).max(35)).min(1).max(2),
  zone: z.string().min(1).max(64),
  range: z.object({
    by: z.enum(EXPORT_DAYS),
    from: z.string().max(10).nullable(),
    to: z.string().max(10).nullable(),
  }),
  queue: z.string().max(64),
  /** JSON of the list's filters. */
  filters: z.string().max(20_000),
  withMessages: z.boolean(),
  reason: z.string().max(500).nullable(),
  /** Rows by table. */
  rows: z.record(z.string().max(40), count),
  /** SHA-256 of the data cells, in hex. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
