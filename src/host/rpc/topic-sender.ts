import type { ServerFrame } from '../../protocol/rpc/frames.ts';

/** Ids that changed and are not told yet; null: any. */
type Pending = Set<string> | null;

interface TopicState {
  listening: boolean;
  /** An event is on its way and the client has not taken it in. */
  unacknowledged: boolean;
  pending: Pending | undefined;
}

export interface TopicSender {
  listen(topic: string): void;
  unlisten(topic: string): void;
  acknowledge(topic: string): void;
  publish(topic: string, ids: readonly string[] | null): void;
  close(): void;
}

/**
 * Sends "this changed, ask again" with back-pressure: at most one event a topic is on its way; what changes meanwhile is
 * merged into the next, and more than `maxIds` become "any". So 10,000 changes cost a slow reader two events.
 */
export function topicSender(
  topics: readonly string[],
  maxIds: number,
  send: (frame: ServerFrame) => void,
): TopicSender {
  const states = new Map<string, TopicState>(
    topics.map((topic) => [topic, { listening: false, unacknowledged: false, pending: undefined }]),
  );
  let flushing = false;
  const flush = (): void => {
    flushing = false;
    for (const [topic, state] of states) {
      if (!state.listening || state.unacknowledged || state.pending === undefined) continue;
      const ids = state.pending === null ? null : [...state.pending];
      state.pending = undefined;
      state.unacknowledged = true;
      send({ t: 'event', topic, ids });
    }
  };
  // One transaction publishes many times in a row: gather them.
  const flushSoon = (): void => {
    if (flushing) return;
    flushing = true;
    queueMicrotask(flush);
  };
  const reset = (topic: string, listening: boolean): void => {
    if (states.has(topic)) states.set(topic, { listening, unacknowledged: false, pending: undefined });
  };
  return {
    listen: (topic) => {
      if (states.get(topic)?.listening !== true) reset(topic, true);
    },
    unlisten: (topic) => reset(topic, false),
    acknowledge: (topic) => {
      const state = states.get(topic);
      if (state === undefined) return;
      state.unacknowledged = false;
      flushSoon();
    },
    publish: (topic, ids) => {
      const state = states.get(topic);
      if (state === undefined) throw new Error(`invariant broken: no topic ${topic}`);
      if (!state.listening) return;
      state.pending = merged(state.pending, ids, maxIds);
      flushSoon();
    },
    close: () => states.clear(),
  };
}

function merged(pending: Pending | undefined, ids: readonly string[] | null, maxIds: number): Pending {
  if (pending === null || ids === null) return null;
  const all = pending ?? new Set<string>();
  for (const id of ids) all.add(id);
  return all.size > maxIds ? null : all;
}
