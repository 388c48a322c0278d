import type { Text, TextKey } from '../../i18n/keys.ts';

/** What an action is called once it is done, by the mutation's wire name. */
const DONE: Readonly<Record<string, TextKey>> = {
  'message.send': 'activity:done.conversation.sendMessage',
  'note.add': 'activity:done.conversation.addNote',
  'conversation.assign': 'activity:done.conversation.assign',
  'conversation.take': 'activity:done.conversation.take',
  'conversation.takeOver': 'activity:done.conversation.take',
  'conversation.setPriority': 'activity:done.conversation.setPriority',
  'conversation.setDescription': 'activity:done.conversation.setDescription',
  'tag.add': 'activity:done.conversation.addTag',
  'tag.remove': 'activity:done.conversation.removeTag',
  'conversation.close': 'activity:done.conversation.close',
  'conversation.undoClose': 'activity:done.conversation.reopen',
  'conversation.reopen': 'activity:done.conversation.reopen',
  'conversation.undoReopen': 'activity:done.conversation.close',
  'conversation.snooze': 'activity:done.conversation.snooze',
  'conversation.wake': 'activity:done.conversation.wake',
  'conversation.markRead': 'activity:done.conversation.markRead',
  'conversation.markUnread': 'activity:done.conversation.markUnread',
  'conversation.follow': 'activity:done.conversation.follow',
  'conversation.unfollow': 'activity:done.conversation.unfollow',
  'review.setVerdict': 'activity:done.review.setVerdict',
  'review.assignCoaching': 'activity:done.review.assignCoaching',
  'segment.save': 'activity:done.segment.save',
  'segment.delete': 'activity:done.segment.delete',
  'view.save': 'activity:done.view.save',
  'view.delete': 'activity:done.view.delete',
  'field.define': 'activity:done.field.define',
  'field.setName': 'activity:done.field.setName',
  'field.move': 'activity:done.field.move',
  'field.archive': 'activity:done.field.archive',
  'field.restore': 'activity:done.field.restore',
  'field.delete': 'activity:done.field.delete',
  'profile.set': 'activity:done.profile.set',
  'visibility.setOwn': 'activity:done.visibility',
  'visibility.setDefault': 'activity:done.visibility',
  'survey.save': 'activity:done.survey.save',
  'survey.setOn': 'activity:done.survey.setOn',
  'survey.move': 'activity:done.survey.move',
  'survey.delete': 'activity:done.survey.delete',
  'address.set': 'activity:done.address',
  'settings.setHours': 'activity:done.settings.setHours',
  'settings.setTimingPolicy': 'activity:done.settings',
  'settings.setZone': 'activity:done.settings',
  'settings.setLanguage': 'activity:done.settings',
  'settings.setExports': 'activity:done.settings',
  'settings.setAttribution': 'activity:done.settings',
  'settings.setBlockReplies': 'activity:done.settings',
  'settings.setIdleWindow': 'activity:done.settings',
  'settings.setScope': 'activity:done.settings',
};

/** The words for an action that was done; a name that is not known here is "Changed". */
export function doneText(t: Text, name: string): string {
  const key = Object.hasOwn(DONE, name) ? DONE[name] : undefined;
  return t(key ?? 'activity:done.other');
}
