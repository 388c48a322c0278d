import { z } from 'zod';

/** What the engine's process is told once, before anything else. */
const startSchema = z.object({
  type: z.literal('start'),
  dataDir: z.string().min(1),
  version: z.string().min(1),
  /** Another workspace than the one beside the desk: its address and the file with this desk's token. */
  remote: z.object({ url: z.string().min(1), tokenFile: z.string().min(1) }).nullable(),
});
export type StartEngineMessage = z.infer<typeof startSchema>;

/** What the main process tells the engine's process. A `connect` comes with one port. */
export const toEngineSchema = z.discriminatedUnion('type', [
  startSchema,
  z.object({ type: z.literal('connect') }),
  z.object({ type: z.literal('stop') }),
  /** The machine slept and woke up. `online`: what its system says of the network now. */
  z.object({ type: z.literal('woke'), online: z.boolean() }),
  /** What came of a `save`. */
  z.object({ type: z.literal('saved'), id: z.number().int().positive(), saved: z.boolean() }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/**
 * What the engine's process tells the main process. `failed` names why it could not start: it tells pages so on
 * their ports, and waits to be asked again or stopped.
 */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('failed'), code: z.string().min(1).max(64) }),
  /** Conversations that wait for this agent's eyes: the badge. */
  z.object({ type: z.literal('unread'), count: z.number().int().nonnegative() }),
  /** A finished export at `path`: the reader is asked where to put it. Answered by `saved`. */
  z.object({
    type: z.literal('save'),
    id: z.number().int().positive(),
    path: z.string().min(1),
    name: z.string().min(1).max(200),
  }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
