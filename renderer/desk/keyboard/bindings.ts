import { type Chord, chordText, isCharacter, isForbidden, type Platform, parseChord } from './chord.ts';
import { COMMAND_IDS, type CommandId, commandSpec, defaultChords, type Where } from './commands.ts';

/** `off` switches every single-letter shortcut off (K1, WCAG 2.1.4); chords with Ctrl or ⌘ stay. */
export type ShortcutSet = 'standard' | 'gmail' | 'off';
export const SHORTCUT_SETS: readonly ShortcutSet[] = ['standard', 'gmail', 'off'];

export interface KeySettings {
  readonly platform: Platform;
  readonly set: ShortcutSet;
  /** Chords that replace a command's own, as `parseChord` reads them; an empty list removes them. */
  readonly remap: Readonly<Partial<Record<CommandId, readonly string[]>>>;
}

export interface Binding {
  readonly id: CommandId;
  readonly chord: Chord;
  readonly where: Where;
  readonly repeats: boolean;
}

/** Where the Gmail set differs from ours. */
const GMAIL: Readonly<Partial<Record<CommandId, readonly string[]>>> = {
  'conversation.snooze': ['b'],
  'conversation.tags': ['l'],
  'app.toggleSidebar': [],
};

function chordsOf(id: CommandId, settings: KeySettings): readonly Chord[] {
  const own = settings.remap[id] ?? (settings.set === 'gmail' ? GMAIL[id] : undefined);
  if (own === undefined) return defaultChords(id, settings.platform);
  return own
    .map(parseChord)
    .filter((chord) => chord !== null)
    .filter((chord) => !chord.some(isForbidden));
}

function whereOf(id: CommandId, chord: Chord): Where {
  const own = commandSpec(id).where;
  if (own !== undefined) return own;
  const [first] = chord;
  if (first === undefined || first.mod || first.ctrl || first.alt) return 'anywhere';
  return /^f\d+$/.test(first.key) ? 'anywhere' : 'outside';
}

/** The chords in force: the set, then the reader's own, without single characters when those are off. */
export function bindingsFor(settings: KeySettings): readonly Binding[] {
  return COMMAND_IDS.flatMap((id) =>
    chordsOf(id, settings)
      .filter((chord) => settings.set !== 'off' || !chord.some(isCharacter))
      .map((chord) => ({
        id,
        chord,
        where: whereOf(id, chord),
        repeats: commandSpec(id).repeats ?? false,
      })),
  );
}

/** The chord to show for a command; null when it has none. */
export function shownChord(bindings: readonly Binding[], id: CommandId): Chord | null {
  return bindings.find((binding) => binding.id === id)?.chord ?? null;
}

/** Two commands that the same chord would run in the same place. */
export interface Conflict {
  readonly chord: string;
  readonly ids: readonly [CommandId, CommandId];
}

function overlap(one: Where, other: Where): boolean {
  return one === other || one === 'anywhere' || other === 'anywhere';
}

/** What a remapping broke. A chord that begins a sequence and stands alone (`p`, `p 1`) is no conflict. */
export function conflictsIn(bindings: readonly Binding[]): readonly Conflict[] {
  const found: Conflict[] = [];
  bindings.forEach((one, index) => {
    for (const other of bindings.slice(index + 1)) {
      const chord = chordText(one.chord);
      if (one.id !== other.id && chord === chordText(other.chord) && overlap(one.where, other.where)) {
        found.push({ chord, ids: [one.id, other.id] });
      }
    }
  });
  return found;
}
