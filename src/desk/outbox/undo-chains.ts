import type { Entry } from './entry.ts';

/** An action with all that was taken back and done again since (Y16). */
export interface UndoableEntry extends Entry {
  /** It was taken back, and stands so. */
  readonly undone: boolean;
  /** The last mutation of its chain: the action itself, or what took it back or did it again. Its inverse goes on. */
  readonly tip: Entry;
}

/** The mutation that is followed, through each that took the one before back. */
function chainOf(action: Entry, takenBackBy: ReadonlyMap<number, Entry>): readonly Entry[] {
  const chain = [action];
  for (let next = takenBackBy.get(action.mid); next !== undefined; next = takenBackBy.get(next.mid))
    chain.push(next);
  return chain;
}

/**
 * Actions with where they stand. `undoings` are the mutations that take one back, in any order; each has a higher number
 * than what it takes back, and of two that take the same back the later counts (the first was refused).
 */
export function undoChains(actions: readonly Entry[], undoings: readonly Entry[]): readonly UndoableEntry[] {
  const takenBackBy = new Map<number, Entry>();
  for (const entry of undoings.toSorted((a, b) => a.mid - b.mid))
    if (entry.undoes !== null && entry.undoes < entry.mid) takenBackBy.set(entry.undoes, entry);
  return actions.map((action) => {
    const chain = chainOf(action, takenBackBy);
    return { ...action, undone: chain.length % 2 === 0, tip: chain.at(-1) ?? action };
  });
}

/** The latest action that stands; null: none. `chains` are the latest first. */
export function nextUndo(chains: readonly UndoableEntry[]): UndoableEntry | null {
  return chains.find(({ undone }) => !undone) ?? null;
}

/**
 * What was taken back last, while no action was made since: the key does again what the eye still sees. Older ones are in
 * the list. Null: nothing.
 */
export function nextRedo(chains: readonly UndoableEntry[]): UndoableEntry | null {
  const newest = Math.max(0, ...chains.map(({ mid }) => mid));
  const redoable = chains.filter(({ undone, tip }) => undone && tip.inverse !== null && tip.mid > newest);
  return redoable.toSorted((a, b) => b.tip.mid - a.tip.mid)[0] ?? null;
}
