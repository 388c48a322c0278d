import { type Chord, type Platform, parseChord } from './chord.ts';

/** Where a chord fires: `text` only while writing, `outside` never in a text input (K1), `anywhere` in both. */
export type Where = 'anywhere' | 'outside' | 'text';
export type CommandGroup = 'app' | 'list' | 'conversation' | 'review' | 'composer' | 'go';

export interface CommandSpec {
  readonly group: CommandGroup;
  /** Default chords; the first one is shown. */
  readonly chords: readonly string[];
  /** Instead of `chords` on a Mac. */
  readonly mac?: readonly string[];
  /** Set where it is not what the chord itself says (see `isCharacter`). */
  readonly where?: Where;
  /** A key held down repeats it. */
  readonly repeats?: boolean;
  /** Not offered in the palette: it means nothing there. */
  readonly hidden?: boolean;
}

const spec = <const T extends Readonly<Record<string, CommandSpec>>>(table: T): T => table;

/**
 * Every command there is, with its default keys: the one table that key presses, the palette, tooltips and the `?` sheet
 * read. Its name is `shortcuts:command.<id>`. No Ctrl/⌘ with T, W or N, which browsers keep (K5); no brackets, backslash or
 * backtick, which are dead or AltGr keys on Swedish and German layouts (K3).
 */
export const COMMANDS = spec({
  'app.palette': { group: 'app', chords: ['mod+k'], hidden: true },
  'app.search': { group: 'app', chords: ['/'] },
  'app.undo': { group: 'app', chords: ['z', 'mod+z'], where: 'outside' },
  'app.redo': { group: 'app', chords: ['mod+shift+z'], where: 'outside' },
  'app.toggleSidebar': { group: 'app', chords: ['b'] },
  'app.toggleProfile': { group: 'app', chords: ['y'] },
  'app.nextPane': { group: 'app', chords: ['f6'] },
  'app.previousPane': { group: 'app', chords: ['shift+f6'] },
  'app.shortcuts': { group: 'app', chords: ['?'] },
  'app.settings': { group: 'app', chords: ['mod+,'] },
  'app.export': { group: 'app', chords: [] },
  'app.syncNow': { group: 'app', chords: [] },
  'app.toggleOffline': { group: 'app', chords: [] },
  'app.themeSystem': { group: 'app', chords: [] },
  'app.themeLight': { group: 'app', chords: [] },
  'app.themeDark': { group: 'app', chords: [] },

  'list.next': {
    group: 'list',
    chords: ['j', 'arrowdown', 'alt+arrowdown'],
    mac: ['j', 'arrowdown', 'mod+alt+arrowdown'],
    repeats: true,
  },
  'list.previous': {
    group: 'list',
    chords: ['k', 'arrowup', 'alt+arrowup'],
    mac: ['k', 'arrowup', 'mod+alt+arrowup'],
    repeats: true,
  },
  'list.open': { group: 'list', chords: ['enter', 'o'] },
  'list.back': { group: 'list', chords: ['escape', 'u'], where: 'outside' },
  'list.refresh': { group: 'list', chords: ['.'] },
  'list.filter': { group: 'list', chords: ['f'] },
  'list.saveView': { group: 'list', chords: [] },
  'list.copyLink': { group: 'list', chords: [] },
  'list.toggleTable': { group: 'list', chords: ['v'] },

  'conversation.reply': { group: 'conversation', chords: ['r'] },
  'conversation.note': { group: 'conversation', chords: ['n'] },
  'conversation.take': { group: 'conversation', chords: ['i'] },
  'conversation.assign': { group: 'conversation', chords: ['a'] },
  'conversation.close': { group: 'conversation', chords: ['e'] },
  'conversation.reopen': { group: 'conversation', chords: ['shift+e'] },
  'conversation.snooze': { group: 'conversation', chords: ['h'] },
  'conversation.tags': { group: 'conversation', chords: ['t'] },
  'conversation.priority': { group: 'conversation', chords: ['p'] },
  'conversation.priorityHigh': { group: 'conversation', chords: ['p 1'] },
  'conversation.priorityMedium': { group: 'conversation', chords: ['p 2'] },
  'conversation.priorityLow': { group: 'conversation', chords: ['p 3'] },
  'conversation.copy': { group: 'conversation', chords: ['c'] },
  'conversation.copyLink': { group: 'conversation', chords: ['shift+c'] },
  'conversation.timings': { group: 'conversation', chords: ['w'] },
  'conversation.toggleAi': { group: 'conversation', chords: [] },

  'review.shouldHaveHandled': { group: 'review', chords: ['1'] },
  'review.rightHandoff': { group: 'review', chords: ['2'] },
  'review.knowledgeGap': { group: 'review', chords: ['3'] },
  'review.policy': { group: 'review', chords: ['4'] },
  'review.defect': { group: 'review', chords: ['5'] },
  'review.note': { group: 'review', chords: ['shift+n'] },
  'review.coach': { group: 'review', chords: ['shift+a'] },
  'review.next': { group: 'review', chords: ['d'] },

  'composer.send': { group: 'composer', chords: ['mod+enter'], where: 'text' },
  'composer.sendAndClose': { group: 'composer', chords: ['mod+shift+enter'], where: 'text' },
  'composer.leave': { group: 'composer', chords: ['escape'], where: 'text', hidden: true },

  'go.inbox': { group: 'go', chords: ['g i'] },
  'go.mine': { group: 'go', chords: ['g m'] },
  'go.unassigned': { group: 'go', chords: ['g u'] },
  'go.unread': { group: 'go', chords: ['g e'] },
  'go.review': { group: 'go', chords: ['g r'] },
  'go.snoozed': { group: 'go', chords: ['g s'] },
  'go.outbox': { group: 'go', chords: ['g o'] },
  'go.closed': { group: 'go', chords: [] },
  'go.withAi': { group: 'go', chords: [] },
  'go.all': { group: 'go', chords: [] },
  'go.activity': { group: 'go', chords: [] },
  'go.overview': { group: 'go', chords: ['g d'] },
  'go.csat': { group: 'go', chords: ['g c'] },
  'go.events': { group: 'go', chords: ['g v'] },
  'go.segments': { group: 'go', chords: [] },
  'go.view1': { group: 'go', chords: ['g 1', 'mod+1'], hidden: true },
  'go.view2': { group: 'go', chords: ['g 2', 'mod+2'], hidden: true },
  'go.view3': { group: 'go', chords: ['g 3', 'mod+3'], hidden: true },
  'go.view4': { group: 'go', chords: ['g 4', 'mod+4'], hidden: true },
  'go.view5': { group: 'go', chords: ['g 5', 'mod+5'], hidden: true },
  'go.view6': { group: 'go', chords: ['g 6', 'mod+6'], hidden: true },
  'go.view7': { group: 'go', chords: ['g 7', 'mod+7'], hidden: true },
  'go.view8': { group: 'go', chords: ['g 8', 'mod+8'], hidden: true },
  'go.view9': { group: 'go', chords: ['g 9', 'mod+9'], hidden: true },
});

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_GROUPS: readonly CommandGroup[] = [
  'conversation',
  'list',
  'review',
  'composer',
  'go',
  'app',
];

/** All ids, in the table's order. */
export const COMMAND_IDS = Object.keys(COMMANDS).filter(isCommandId);

export function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(COMMANDS, id);
}

export function commandSpec(id: CommandId): CommandSpec {
  return COMMANDS[id];
}

/** The default chords of a command; the table holds none that cannot be read (tested). */
export function defaultChords(id: CommandId, platform: Platform): readonly Chord[] {
  const { chords, mac } = commandSpec(id);
  return (platform === 'mac' ? (mac ?? chords) : chords).map(parseChord).filter((chord) => chord !== null);
}
