import { useEffect, useRef, useState } from 'react';

export type DraftState = 'clean' | 'invalid' | 'refused';

/** A text that is being written over a saved one. */
export interface FieldDraft {
  readonly text: string;
  readonly state: DraftState;
  setText(text: string): void;
  /** Saves what was written; it stays where it stands when it cannot be read or is refused. */
  leave(): void;
  /** Back to what is saved. */
  reset(): void;
}

/**
 * Keeps what is written in a field: somebody else's change shows unless something else is being written here; a text that
 * does not fit or is refused stays as typed. `save` answers undefined where the text cannot be read.
 */
export function useDraft(saved: string, save: (text: string) => Promise<boolean> | undefined): FieldDraft {
  const [text, setText] = useState(saved);
  const [state, setState] = useState<DraftState>('clean');
  const before = useRef(saved);
  useEffect(() => {
    const was = before.current;
    setText((own) => (own === was ? saved : own));
    before.current = saved;
  }, [saved]);
  return {
    text,
    state,
    setText: (next) => {
      setText(next);
      setState('clean');
    },
    leave: () => {
      if (text.trim() === saved.trim()) {
        setText(saved);
        setState('clean');
        return;
      }
      const saving = save(text);
      if (saving === undefined) setState('invalid');
      else void saving.then((isSaved) => setState(isSaved ? 'clean' : 'refused'));
    },
    reset: () => {
      setText(saved);
      setState('clean');
    },
  };
}
