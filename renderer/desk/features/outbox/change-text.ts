import type { Text, TextKey } from '../../i18n/keys.ts';

/** What a change that has not arrived yet is called, by the mutation's wire name. */
const CHANGES: Readonly<Record<string, TextKey>> = {
  'message.send': 'outbox:change.reply',
  'note.add': 'outbox:change.note',
  'conversation.assign': 'outbox:change.assignee',
  'conversation.take': 'outbox:change.take',
  'conversation.takeOver': 'outbox:change.take',
  'conversation.setPriority': 'outbox:change.priority',
  'conversation.setDescription': 'outbox:change.description',
  'tag.add': 'outbox:change.tagAdd',
  'tag.remove': 'outbox:change.tagRemove',
  'conversation.close': 'outbox:change.close',
  'conversation.undoClose': 'outbox:change.reopen',
  'conversation.reopen': 'outbox:change.reopen',
  'conversation.undoReopen': 'outbox:change.close',
  'conversation.snooze': 'outbox:change.snooze',
  'conversation.wake': 'outbox:change.wake',
  'conversation.markRead': 'outbox:change.read',
  'conversation.markUnread': 'outbox:change.unread',
  'conversation.follow': 'outbox:change.follow',
  'conversation.unfollow': 'outbox:change.unfollow',
  'field.define': 'outbox:change.field',
  'field.setName': 'outbox:change.field',
  'field.move': 'outbox:change.field',
  'field.archive': 'outbox:change.field',
  'field.restore': 'outbox:change.field',
  'field.delete': 'outbox:change.field',
  'profile.set': 'outbox:change.profile',
  'visibility.setOwn': 'outbox:change.visibility',
  'visibility.setDefault': 'outbox:change.visibility',
  'settings.setHours': 'outbox:change.settings',
  'settings.setTimingPolicy': 'outbox:change.settings',
  'settings.setZone': 'outbox:change.settings',
  'settings.setLanguage': 'outbox:change.settings',
  'settings.setExports': 'outbox:change.settings',
  'settings.setScope': 'outbox:change.settings',
  'settings.setAttribution': 'outbox:change.settings',
  'settings.setIdleWindow': 'outbox:change.settings',
  'address.set': 'outbox:change.settings',
  'survey.save': 'outbox:change.survey',
  'survey.setOn': 'outbox:change.survey',
  'survey.move': 'outbox:change.survey',
  'survey.delete': 'outbox:change.survey',
  'review.setVerdict': 'outbox:change.review',
  'review.assignCoaching': 'outbox:change.review',
  'segment.save': 'outbox:change.segment',
  'segment.delete': 'outbox:change.segment',
  'view.save': 'outbox:change.view',
  'view.delete': 'outbox:change.view',
  'export.record': 'outbox:change.export',
};

/** The words for a change; a name that is not known here is "Change". */
export function changeText(t: Text, name: string): string {
  const key = Object.hasOwn(CHANGES, name) ? CHANGES[name] : undefined;
  return t(key ?? 'outbox:change.other');
}
