import { z } from 'zod';
import type { EpochMillis } from '../../base/time.ts';
import { method } from './method.ts';

/** How much of the workspace this desk holds (Y9). */
export interface ScopeState {
  /** From when on it holds every conversation; null: it holds everything there is. Open work is always held. */
  readonly since: EpochMillis | null;
  /** Back to when older conversations are being fetched, 0 for the beginning; null: nothing is being fetched. */
  readonly reach: EpochMillis | null;
  /** How many days of what is not open agents' desks copy by themselves; null: everything. */
  readonly agentDays: number | null;
}

/** `coming`: it is asked for, and comes once the workspace answers. `absent`: the workspace has no such conversation. */
export type Whereabouts = 'held' | 'coming' | 'absent';

/** What this desk holds, and how it comes to hold more. Ask again on `status`, and on `thread` for a conversation. */
export const scopeMethods = {
  'scope.state': method<ScopeState>()(z.object({})),
  /** Fetches what is older, back to a moment (0: everything). It stays. */
  'scope.reach': method<ScopeState>()(z.object({ from: z.number().int().nonnegative() })),
  /** Where a conversation is; asks for it where this desk does not hold it. */
  'scope.conversation': method<Whereabouts>()(z.object({ conversationId: z.string().min(1).max(200) })),
} as const;
