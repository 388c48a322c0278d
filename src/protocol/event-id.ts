import { asId, type ClientId, type EventId } from '../base/ids.ts';

/** The id of the history event that a mutation makes: the same on its desk and in the workspace, unique, ordered by mid. */
export function eventIdOf(clientId: ClientId, mid: number): EventId {
  return asId(`${clientId}-${String(mid).padStart(10, '0')}`);
}
