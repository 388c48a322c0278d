import type { WireErrorCode } from '../../protocol/errors.ts';

const STATUS: Readonly<Record<WireErrorCode, number>> = {
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  unknownMethod: 404,
  tooLarge: 413,
  deskTooOld: 426,
  rateLimited: 429,
  cancelled: 499,
  internal: 500,
  workspaceTooOld: 501,
  unavailable: 503,
  portLost: 503,
  timeout: 504,
  diskFull: 507,
  diskFailed: 500,
  notHeld: 500,
  damaged: 500,
};

/** The HTTP status that goes with a wire error; the body's code is what desks read. */
export function statusOf(code: WireErrorCode): number {
  return STATUS[code];
}
