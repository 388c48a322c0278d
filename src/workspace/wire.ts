import type { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import type { WireError } from '../protocol/errors.ts';
import { OLDEST_WIRE_VERSION, WIRE_VERSION } from '../protocol/version.ts';

/** Whether both sides speak the same wire (Y14): looked at before anything else, since the rest may read differently. */
export function checkVersion(body: unknown): Result<null, WireError> {
  const version = versionOf(body);
  if (version === null) return err({ type: 'badRequest', path: 'version' });
  const detail = { version, ours: WIRE_VERSION, oldest: OLDEST_WIRE_VERSION };
  if (version < OLDEST_WIRE_VERSION) return err({ type: 'deskTooOld', detail });
  if (version > WIRE_VERSION) return err({ type: 'workspaceTooOld', detail });
  return ok(null);
}

/** The whole number that a body says as its version; null where it says none. */
function versionOf(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !('version' in body)) return null;
  const { version } = body;
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : null;
}

/** Checks a body with what a schema's `safeParse` says; `path` names the first wrong place. */
export function checkBody<T>(
  parse: (body: unknown) => z.ZodSafeParseResult<T>,
  body: unknown,
): Result<T, WireError> {
  const parsed = parse(body);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'too_big') return err({ type: 'tooLarge', path });
  return err({ type: 'badRequest', path });
}
