import { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import type { WireError } from '../protocol/errors.ts';
import { OLDEST_WIRE_VERSION, WIRE_VERSION } from '../protocol/version.ts';

const versionSchema = z.object({ version: z.number().int() });

/** Whether both sides speak the same wire (Y14): looked at before anything else, since the rest may read differently. */
export function checkVersion(body: unknown): Result<null, WireError> {
  const parsed = versionSchema.safeParse(body);
  if (!parsed.success) return err({ type: 'badRequest', path: 'version' });
  const { version } = parsed.data;
  const detail = { version, ours: WIRE_VERSION, oldest: OLDEST_WIRE_VERSION };
  if (version < OLDEST_WIRE_VERSION) return err({ type: 'deskTooOld', detail });
  if (version > WIRE_VERSION) return err({ type: 'workspaceTooOld', detail });
  return ok(null);
}

/** Checks a body; `path` names the first wrong place. */
export function checkBody<T>(schema: z.ZodType<T>, body: unknown): Result<T, WireError> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'too_big') return err({ type: 'tooLarge', path });
  return err({ type: 'badRequest', path });
}
