import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type Binding, bindingsFor, type KeySettings, shownChord } from './bindings.ts';
import type { Chord, Platform } from './chord.ts';
import type { CommandId } from './commands.ts';
import { keyPressOf } from './dom.ts';
import {
  expire,
  type KeyAnswer,
  type KeyMap,
  type KeyState,
  pressKey,
  SEQUENCE_TIMEOUT_MS,
  type Waiting,
} from './machine.ts';
import { type CommandHandlers, type CommandRegistry, createCommandRegistry } from './registry.ts';

export interface Keys {
  readonly platform: Platform;
  readonly settings: KeySettings;
  readonly bindings: readonly Binding[];
  readonly registry: CommandRegistry;
  /** The chord to show beside a command; null when it has none. */
  chordOf(id: CommandId): Chord | null;
  run(id: CommandId): boolean;
}

const KeysContext = createContext<Keys | null>(null);
const WaitingContext = createContext<Waiting | null>(null);

/** Listens on the window and drives the machine. Keys that a widget has handled (`preventDefault`) are not ours. */
function useKeyPresses(map: KeyMap, run: (id: CommandId) => boolean): Waiting | null {
  const [waiting, setWaiting] = useState<KeyState>(null);
  const state = useRef<KeyState>(null);
  useEffect(() => {
    const now = (): number => performance.now();
    const take = ({ state: next, outcome }: KeyAnswer): boolean => {
      state.current = next;
      setWaiting(next);
      return outcome.type === 'run' ? run(outcome.id) : outcome.type === 'wait';
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (take(pressKey(state.current, keyPressOf(event), now(), map))) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [map, run]);
  useEffect(() => {
    if (waiting === null) return;
    const timer = setTimeout(() => {
      const { state: next, outcome } = expire(state.current, Number.POSITIVE_INFINITY);
      state.current = next;
      setWaiting(next);
      if (outcome.type === 'run') run(outcome.id);
    }, map.timeoutMs);
    return () => clearTimeout(timer);
  }, [waiting, map, run]);
  return waiting;
}

/** Gives the screens below it commands and keys. */
export function KeyboardProvider(props: {
  readonly settings: KeySettings;
  readonly timeoutMs?: number;
  readonly children: ReactNode;
}): ReactNode {
  const { settings, timeoutMs = SEQUENCE_TIMEOUT_MS } = props;
  const [registry] = useState(createCommandRegistry);
  const keys = useMemo<Keys>(() => {
    const bindings = bindingsFor(settings);
    return {
      platform: settings.platform,
      settings,
      bindings,
      registry,
      chordOf: (id) => shownChord(bindings, id),
      run: registry.run,
    };
  }, [settings, registry]);
  const map = useMemo<KeyMap>(
    () => ({
      bindings: keys.bindings,
      platform: keys.platform,
      timeoutMs,
      isLive: (id) => registry.availability(id).live,
    }),
    [keys, registry, timeoutMs],
  );
  const waiting = useKeyPresses(map, registry.run);
  return (
    <KeysContext value={keys}>
      <WaitingContext value={waiting}>{props.children}</WaitingContext>
    </KeysContext>
  );
}

/** Keys and commands of this window. */
export function useKeys(): Keys {
  const keys = useContext(KeysContext);
  if (keys === null) throw new Error('invariant broken: no KeyboardProvider above this component');
  return keys;
}

/** The sequence that waits for its next key, for the hint that says so. */
export function useWaitingKeys(): Waiting | null {
  return useContext(WaitingContext);
}

/** Re-renders when what is available changes. */
export function useCommandRevision(): number {
  const { registry } = useKeys();
  return useSyncExternalStore(registry.subscribe, registry.revision);
}

/**
 * Handles commands while this component is mounted. Where several handle the same command, the one of the highest `layer`
 * that is enabled wins, and in one layer the one mounted last (of a parent and a child that appear together, the parent).
 * Handlers may be made anew at every render.
 */
export function useCommands(handlers: CommandHandlers, layer = 0): void {
  const { registry } = useKeys();
  const current = useRef(handlers);
  const said = Object.entries(handlers)
    .map(([id, handler]) => `${id}:${handler.enabled !== false}:${handler.why ?? ''}`)
    .join();
  useLayoutEffect(() => {
    current.current = handlers;
  });
  useLayoutEffect(() => registry.add(() => current.current, layer), [registry, layer]);
  useLayoutEffect(() => {
    void said;
    registry.touch();
  }, [registry, said]);
}
