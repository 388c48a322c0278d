import { z } from 'zod';

/** Codes a wire answers with instead of a result; screens have a sentence for each. */
export const WIRE_ERROR_CODES = [
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
export type WireErrorCode = (typeof WIRE_ERROR_CODES)[number];

/** An error on the wire. `path` names the place in the request; `detail` fills the screen's sentence. */
export const wireErrorSchema = z.object({
  type: z.enum(WIRE_ERROR_CODES),
  path: z.string().optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;
