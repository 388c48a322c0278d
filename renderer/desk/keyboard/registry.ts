import type { TextKey } from '../i18n/keys.ts';
import { COMMAND_IDS, type CommandId } from './commands.ts';

/** What a screen does for a command while it is mounted. */
export interface CommandHandler {
  readonly run: () => void;
  /** False keeps the key for the browser and shows `why` in the palette. */
  readonly enabled?: boolean;
  readonly why?: TextKey;
}

export type CommandHandlers = Readonly<Partial<Record<CommandId, CommandHandler>>>;

/** Whether a command can run now, and if not, why. */
export type Availability = { readonly live: true } | { readonly live: false; readonly why: TextKey | null };

/** The commands that somebody handles. One per window. */
export interface CommandRegistry {
  /**
   * Reads `current()` at each use, so that a handler may change without registering again. A higher `layer` comes first,
   * and in one layer the latest.
   */
  add(current: () => CommandHandlers, layer?: number): () => void;
  /** Tells listeners that what is available may have changed. */
  touch(): void;
  availability(id: CommandId): Availability;
  /** Runs it; false when nobody can. */
  run(id: CommandId): boolean;
  /** For `useSyncExternalStore`. */
  subscribe(listener: () => void): () => void;
  revision(): number;
}

export function createCommandRegistry(): CommandRegistry {
  const sources: { readonly current: () => CommandHandlers; readonly layer: number }[] = [];
  const listeners = new Set<() => void>();
  let revision = 0;
  const touch = (): void => {
    revision += 1;
    for (const listener of [...listeners]) listener();
  };
  const handlersOf = (id: CommandId): readonly CommandHandler[] =>
    sources.map(({ current }) => current()[id]).filter((handler) => handler !== undefined);
  const liveHandler = (id: CommandId): CommandHandler | undefined =>
    handlersOf(id).find(({ enabled }) => enabled !== false);
  return {
    add: (current, layer = 0) => {
      const source = { current, layer };
      const before = sources.findIndex((other) => other.layer <= layer);
      sources.splice(before === -1 ? sources.length : before, 0, source);
      touch();
      return () => {
        sources.splice(sources.indexOf(source), 1);
        touch();
      };
    },
    touch,
    availability: (id) => {
      if (liveHandler(id) !== undefined) return { live: true };
      return { live: false, why: handlersOf(id).find(({ why }) => why !== undefined)?.why ?? null };
    },
    run: (id) => {
      const handler = liveHandler(id);
      handler?.run();
      return handler !== undefined;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
  };
}

/** Every command with whether it can run now, in the table's order. */
export function listAvailability(
  registry: CommandRegistry,
): readonly { readonly id: CommandId; readonly availability: Availability }[] {
  return COMMAND_IDS.map((id) => ({ id, availability: registry.availability(id) }));
}
