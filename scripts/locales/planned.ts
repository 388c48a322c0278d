/**
 * Texts that were written before the screen that shows them: each beginning with its reason. Empty is best; a screen
 * that is finished takes its line away.
 */
export const PLANNED: readonly { readonly prefix: string; readonly reason: string }[] = [
  { prefix: 'common:', reason: 'the verbs that every screen shares' },
  { prefix: 'inbox:column.', reason: 'the columns of the table' },
  { prefix: 'inbox:table', reason: 'the switch between list and table' },
  { prefix: 'menu:tray.', reason: 'the tray' },
  { prefix: 'profile:timing', reason: 'the six timings' },
];
