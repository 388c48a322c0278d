import type { ComposerKind } from '../../app/screen-store.ts';

/** Runs something later; the returned function calls it off. */
export type Later = (run: () => void, delayMs: number) => () => void;

/** Keeps drafts on disk while they are written. */
export interface DraftSaver {
  /** The text as it is now; put down within `DRAFT_DELAY_MS`. */
  change(kind: ComposerKind, text: string): void;
  /** Puts down at once what still waits: on leaving, switching, closing. */
  flush(): void;
}

/** A crash loses at most what was typed in this time. */
export const DRAFT_DELAY_MS = 250;

/** Makes a saver for one conversation. `put` carries one text to the engine; the latest of each kind wins. */
export function createDraftSaver(put: (kind: ComposerKind, text: string) => void, later: Later): DraftSaver {
  const waiting = new Map<ComposerKind, string>();
  let callOff: (() => void) | null = null;
  const flush = (): void => {
    callOff?.();
    callOff = null;
    for (const [kind, text] of waiting) put(kind, text);
    waiting.clear();
  };
  return {
    change: (kind, text) => {
      waiting.set(kind, text);
      // Not pushed back by further keys: a fast writer is saved, too.
      callOff ??= later(flush, DRAFT_DELAY_MS);
    },
    flush,
  };
}

/** The window's own timers. */
export const windowLater: Later = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
