import { describe, expect, test } from 'vitest';
import { ANA, messageIdOf, minute, Story } from '../../support/domain/history.ts';
import { closedStory, Office, openStory, wireMinute } from '../../support/mutations/office.ts';

const NOTE = { messageId: 'n1', text: 'Lost by the courier', writtenAt: wireMinute(3) };

describe('note.add', () => {
  test('posts a note by the agent', () => {
    const office = new Office(openStory());
    office.do('note.add', NOTE, 4);
    expect(office.model.message(messageIdOf('n1'))).toMatchObject({
      note: true,
      authorKind: 'agent',
      authorId: ANA,
      at: minute(4),
      writtenAt: minute(3),
    });
    expect(office.conversation).toMatchObject({ lastMessagePreview: 'Lost by the courier', messageCount: 1 });
  });

  test('[T6] answers nobody', () => {
    const office = new Office(openStory());
    office.do('note.add', NOTE, 4);
    expect(office.conversation.waitingSince).toBe(minute(2));
  });

  test('[T6] is possible in every state and changes none', () => {
    for (const story of [
      new Story().customer(1),
      closedStory(),
      openStory().snooze(3, 900),
      new Story({ withAi: false }),
    ]) {
      const office = new Office(story);
      const { humanState, aiOutcome, cycleCount } = office.conversation;
      office.do('note.add', NOTE, 20);
      expect(office.conversation).toMatchObject({ humanState, aiOutcome, cycleCount });
    }
  });

  test('[Y1] the same message id again is refused with alreadyExists', () => {
    const office = new Office(openStory());
    office.do('note.add', NOTE, 4);
    expect(office.refusal('note.add', NOTE, 5).type).toBe('alreadyExists');
  });

  test('of an unknown conversation is refused with notFound', () => {
    expect(new Office().refusal('note.add', { ...NOTE, conversationId: 'x' }, 5).type).toBe('notFound');
  });

  test('one’s own note makes nothing unread', () => {
    const office = new Office(openStory());
    office.do('conversation.markRead', { readThroughAt: wireMinute(2) }, 3);
    office.do('note.add', NOTE, 9);
    expect(office.marker()?.readThroughAt).toBe(minute(9));
  });

  test('[Y16] has no inverse', () => {
    expect(new Office(openStory()).run('note.add', NOTE, 4).inverse).toBeNull();
  });
});
