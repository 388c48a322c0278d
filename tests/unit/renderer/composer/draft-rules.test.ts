import { describe, expect, test } from 'vitest';
import {
  type DraftSync,
  draftsOf,
  enterSends,
  LONGEST_TEXT,
  sendBlock,
  told,
  typed,
  wasWrittenAsNote,
} from '../../../../renderer/desk/features/composer/draft-rules.ts';
import { epochMillis } from '../../../../src/base/time.ts';

const NOTE = 'Ask the warehouse before answering.';

describe('drafts', () => {
  test('each kind has its own text', () => {
    const updatedAt = epochMillis(1);
    expect(draftsOf({ drafts: [{ kind: 'note', text: 'n', updatedAt }] })).toEqual({ reply: '', note: 'n' });
  });

  const empty: DraftSync = { own: { reply: '', note: '' }, agreed: { reply: true, note: true } };

  test('what is being written is never replaced', () => {
    const writing = typed(empty, 'reply', 'mine');
    expect(told(writing, { reply: 'other', note: '' }).own.reply).toBe('mine');
  });

  test('[Y12] a recalled message comes back into an empty text, of its own kind', () => {
    expect(told(empty, { reply: 'recalled', note: '' }).own).toEqual({ reply: 'recalled', note: '' });
    expect(told(empty, { reply: '', note: 'recalled' }).own).toEqual({ reply: '', note: 'recalled' });
  });

  test('a text that was sent does not come back with an old answer; later the same text may', () => {
    const sent = typed(typed(empty, 'reply', 'hello'), 'reply', '');
    const old = told(sent, { reply: 'hello', note: '' });
    expect(old.own.reply).toBe('');
    const agreed = told(old, { reply: '', note: '' });
    expect(told(agreed, { reply: 'hello', note: '' }).own.reply).toBe('hello');
  });

  test('nothing new changes nothing', () => {
    expect(told(empty, { reply: '', note: '' })).toBe(empty);
  });
});

describe('a note is not sent to a customer unasked', () => {
  test('the note’s draft, whole or inside a reply, asks first', () => {
    expect(wasWrittenAsNote(NOTE, NOTE, [])).toBe(true);
    expect(wasWrittenAsNote(`Hi! ${NOTE} Bye`, NOTE, [])).toBe(true);
  });

  test('so does a note of the thread; a customer’s own words do not', () => {
    expect(wasWrittenAsNote(NOTE, '', [{ note: true, text: NOTE }])).toBe(true);
    expect(wasWrittenAsNote(NOTE, '', [{ note: false, text: NOTE }])).toBe(false);
  });

  test('a short word says nothing of where it was written', () => {
    expect(wasWrittenAsNote('Yes, ok with us.', 'ok', [{ note: true, text: 'Yes' }])).toBe(false);
    expect(wasWrittenAsNote('', '', [{ note: true, text: '' }])).toBe(false);
  });
});

describe('what can be sent', () => {
  test('nothing, too much, and a reply while the AI has it cannot; a note can', () => {
    expect(sendBlock('reply', '  \n', false)).toBe('empty');
    expect(sendBlock('reply', 'a'.repeat(LONGEST_TEXT), false)).toBeNull();
    expect(sendBlock('reply', 'a'.repeat(LONGEST_TEXT + 1), false)).toBe('tooLong');
    expect(sendBlock('reply', 'hello', true)).toBe('withAi');
    expect(sendBlock('note', 'hello', true)).toBeNull();
  });
});

describe('Enter', () => {
  const press = {
    key: 'Enter',
    shift: false,
    ctrl: false,
    alt: false,
    meta: false,
    isComposing: false,
    keyCode: 13,
  };

  test('starts a new line unless the reader chose otherwise', () => {
    expect(enterSends(press, false)).toBe(false);
    expect(enterSends(press, true)).toBe(true);
    expect(enterSends({ ...press, shift: true }, true)).toBe(false);
    expect(enterSends({ ...press, ctrl: true }, true)).toBe(false);
  });

  test('[K4] sends nothing while an input method composes', () => {
    expect(enterSends({ ...press, isComposing: true }, true)).toBe(false);
    expect(enterSends({ ...press, keyCode: 229 }, true)).toBe(false);
  });
});
