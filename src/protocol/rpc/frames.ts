import { z } from 'zod';
import type { WireError } from '../errors.ts';

const id = z.number().int().positive();
const topic = z.string().min(1).max(64);

/** What a client says. `ack`: the client took the topic's last event in, the next may come. */
export const clientFrameSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id, method: z.string().min(1).max(100), input: z.unknown() }),
  z.object({ t: z.literal('cancel'), id }),
  z.object({ t: z.literal('listen'), topic }),
  z.object({ t: z.literal('unlisten'), topic }),
  z.object({ t: z.literal('ack'), topic }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** What a server says. A call gets one `ok` or `err`, none after a cancel. `ids` null: anything may have changed. */
export type ServerFrame =
  | { readonly t: 'ok'; readonly id: number; readonly output: unknown }
  | { readonly t: 'err'; readonly id: number; readonly error: WireError }
  | { readonly t: 'event'; readonly topic: string; readonly ids: readonly string[] | null };

/** Largest message a WebSocket takes, in bytes: a message of the longest text in any script, and room around it. */
export const MAX_FRAME_BYTES = 1024 * 1024;
/** Calls that one client may have running. */
export const MAX_IN_FLIGHT = 256;
