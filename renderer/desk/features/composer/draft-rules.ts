import type { ComposerKind } from '../../app/screen-store.ts';
import type { ThreadMessage, ThreadView } from '../../../../src/protocol/rpc/thread.ts';

export type Drafts = Readonly<Record<ComposerKind, string>>;

/** Longest text of a message, in UTF-16 code units. */
export const LONGEST_TEXT = 100_000;
/** A shorter text says nothing of where it was written. */
const TELLING = 12;

/** The kept drafts by kind; without one, nothing. */
export function draftsOf(view: Pick<ThreadView, 'drafts'>): Drafts {
  const text = (kind: ComposerKind): string => view.drafts.find((draft) => draft.kind === kind)?.text ?? '';
  return { reply: text('reply'), note: text('note') };
}

/** Both texts as they stand here, and for each whether the engine has said the same since it was last changed here. */
export interface DraftSync {
  readonly own: Drafts;
  readonly agreed: Readonly<Record<ComposerKind, boolean>>;
}

/** A text was changed here: until the engine says the same, what it says is old. */
export function typed({ own, agreed }: DraftSync, kind: ComposerKind, text: string): DraftSync {
  return { own: { ...own, [kind]: text }, agreed: { ...agreed, [kind]: false } };
}

/**
 * What stands here after the engine told of drafts anew. The text being written always wins. Only an empty one that both
 * agreed on takes another over: a recalled message comes back so, a text just sent does not.
 */
export function told(sync: DraftSync, drafts: Drafts): DraftSync {
  const { own, agreed } = sync;
  const takes = (kind: ComposerKind): boolean => own[kind] === '' && agreed[kind];
  const next = (kind: ComposerKind): string => (takes(kind) ? drafts[kind] : own[kind]);
  const agrees = (kind: ComposerKind): boolean => agreed[kind] || own[kind] === drafts[kind];
  const same = (kind: ComposerKind): boolean => next(kind) === own[kind] && agrees(kind) === agreed[kind];
  if (same('reply') && same('note')) return sync;
  return {
    own: { reply: next('reply'), note: next('note') },
    agreed: { reply: agrees('reply'), note: agrees('note') },
  };
}

/** Whether a reply's text was first written for the team: it is the note's draft, or a note of this thread (confirm first). */
export function wasWrittenAsNote(
  reply: string,
  noteDraft: string,
  messages: readonly Pick<ThreadMessage, 'note' | 'text'>[],
): boolean {
  const text = reply.trim();
  const holds = (note: string): boolean => note.trim().length >= TELLING && text.includes(note.trim());
  if (text === '') return false;
  if (text === noteDraft.trim()) return true;
  return holds(noteDraft) || messages.some(({ note, text: said }) => note && holds(said));
}

/** Why a text cannot go now; null when it can. */
export type SendBlock = 'empty' | 'tooLong' | 'withAi' | null;

export function sendBlock(kind: ComposerKind, text: string, withAi: boolean): SendBlock {
  if (kind === 'reply' && withAi) return 'withAi';
  if (text.trim() === '') return 'empty';
  return text.length > LONGEST_TEXT ? 'tooLong' : null;
}

/** A key press in the text, as far as Enter is concerned. */
export interface EnterPress {
  readonly key: string;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  /** Of the event itself: an input method is at work. */
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Whether a plain Enter sends: only where the reader chose so, and never while an input method composes (K4). */
export function enterSends(press: EnterPress, chosen: boolean): boolean {
  if (!chosen || press.key !== 'Enter' || press.isComposing || press.keyCode === 229) return false;
  return !press.shift && !press.ctrl && !press.alt && !press.meta;
}
