import { z } from 'zod';

/** Codes that cross the wire between desk and workspace (Y14). */
const SHARED_CODES = [
  'badRequest',
  'unauthorized',
  'forbidden',
  'notFound',
  'deskTooOld',
  'workspaceTooOld',
  'tooLarge',
  'rateLimited',
  'unavailable',
  'timeout',
  'portLost',
  'cancelled',
  'unknownMethod',
  'internal',
] as const;
/** Codes of this computer's own disk, which only its engine answers: no room, or it cannot be read or written. */
const DISK_CODES = ['diskFull', 'diskFailed'] as const;
/**
 * A desk's own. `notHeld`: it holds a part of what a figure is made of (Y9); `detail.from`: from when on it must hold
 * everything, 0 all there is. `damaged`: rows of its copy are not what they came as; the copy is being built anew.
 */
const DESK_CODES = ['notHeld', 'damaged'] as const;
/** Codes a screen is answered with instead of a result; it has a sentence for each. */
export const WIRE_ERROR_CODES = [...SHARED_CODES, ...DISK_CODES, ...DESK_CODES] as const;
export type WireErrorCode = (typeof WIRE_ERROR_CODES)[number];

/** An error on the wire. `path` names the place in the request; `detail` fills the screen's sentence. */
export const wireErrorSchema = z.object({
  type: z.enum(SHARED_CODES),
  path: z.string().optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
});
export type WireError = Omit<z.infer<typeof wireErrorSchema>, 'type'> & { readonly type: WireErrorCode };
