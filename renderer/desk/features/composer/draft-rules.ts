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

/**
 * What the composer shows after the engine told of drafts anew (a recalled message comes back as one): its own text always
 * wins; only an empty one takes a text over, and only one that was not there before.
 */
export function adoptDrafts(own: Drafts, before: Drafts, told: Drafts): Drafts {
  const pick = (kind: ComposerKind): string =>
    own[kind] === '' && told[kind] !== before[kind] ? told[kind] : own[kind];
  const reply = pick('reply');
  const note = pick('note');
  return reply === own.reply && note === own.note ? own : { reply, note };
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
