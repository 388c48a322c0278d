/**
 * Texts that were written before the screen that shows them: each beginning with its reason. Empty is best; a screen
 * that is finished takes its line away.
 */
export const PLANNED: readonly { readonly prefix: string; readonly reason: string }[] = [
  { prefix: 'activity:', reason: 'the activity list' },
  { prefix: 'common:', reason: 'the screens that share them' },
  { prefix: 'composer:', reason: 'the composer' },
  { prefix: 'errors:', reason: 'the screens that can fail' },
  { prefix: 'formats:', reason: 'the screens that show times' },
  { prefix: 'inbox:', reason: 'the list' },
  { prefix: 'menu:', reason: 'the menu of the desktop app' },
  { prefix: 'outbox:', reason: 'the outbox' },
  { prefix: 'palette:', reason: 'the screens that refuse a command' },
  { prefix: 'profile:', reason: 'the profile' },
  { prefix: 'settings:', reason: 'the sample workspace' },
  { prefix: 'shortcuts:', reason: 'the screens that handle the commands' },
  { prefix: 'sidebar:', reason: 'the sidebar' },
  { prefix: 'states:', reason: 'the screens that show conversations' },
  { prefix: 'status:', reason: 'the status bar' },
  { prefix: 'thread:', reason: 'the thread' },
];
