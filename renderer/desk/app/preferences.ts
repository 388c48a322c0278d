import { createStore, type StoreApi } from 'zustand/vanilla';
import { SHORTCUT_SETS, type ShortcutSet } from '../keyboard/bindings.ts';
import { OUTCOME_WORDS, type OutcomeWords } from '../i18n/labels.ts';
import { type CommandId, isCommandId } from '../keyboard/commands.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'default' | 'comfortable';
export type ListMode = 'split' | 'table';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
export const DENSITIES: readonly Density[] = ['compact', 'default', 'comfortable'];
export const LIST_MODES: readonly ListMode[] = ['split', 'table'];
/** The columns of the table, in their order. */
export const TABLE_COLUMNS = [
  'customer',
  'question',
  'state',
  'aiOutcome',
  'priority',
  'tags',
  'assignee',
  'channel',
  'page',
  'reason',
  'waiting',
  'messages',
  'activity',
  'opened',
  'started',
] as const;
export type TableColumn = (typeof TABLE_COLUMNS)[number];

/** How this reader likes the screen. Kept by the engine, so that it survives restarts and another port. */
export interface Preferences {
  readonly theme: Theme;
  /** A BCP 47 tag, or `system`. */
  readonly locale: string;
  readonly shortcutSet: ShortcutSet;
  readonly remap: Readonly<Partial<Record<CommandId, readonly string[]>>>;
  readonly enterSends: boolean;
  readonly outcomeWords: OutcomeWords;
  readonly density: Density;
  /** A queue beside the conversation, or as a table that takes turns with it. */
  readonly listMode: ListMode;
  /** Which columns of the table the reader shows or hides; the others are as they come. */
  readonly tableColumns: Readonly<Partial<Record<TableColumn, boolean>>>;
  /** Keys of the profile that the table shows behind them, in this order. */
  readonly tableFields: readonly string[];
  readonly sidebarWidth: number;
  readonly listWidth: number;
  readonly profileWidth: number;
  readonly sidebarCollapsed: boolean;
  readonly profileShown: boolean;
  /** The palette's latest commands, newest first. */
  readonly recentCommands: readonly CommandId[];
}

/** Widths of the regions in pixels: at first, least, most. */
export const WIDTHS = {
  sidebar: { initial: 208, min: 160, max: 320, collapsed: 56 },
  list: { initial: 344, min: 260, max: 560 },
  profile: { initial: 300, min: 240, max: 460 },
} as const;

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  locale: 'system',
  shortcutSet: 'standard',
  remap: {},
  enterSends: false,
  outcomeWords: 'own',
  density: 'default',
  listMode: 'split',
  tableColumns: {},
  tableFields: [],
  sidebarWidth: WIDTHS.sidebar.initial,
  listWidth: WIDTHS.list.initial,
  profileWidth: WIDTHS.profile.initial,
  sidebarCollapsed: false,
  profileShown: true,
  recentCommands: [],
};

/** Where preferences are kept. Texts are JSON. */
export interface PreferenceStorage {
  read(): string | null;
  write(text: string): void;
}

export interface PreferenceStore extends StoreApi<Preferences> {
  set(change: Partial<Preferences>): void;
  /** Takes over what the engine keeps; nothing is written back. */
  adopt(text: string): void;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((entry) => entry === value);
}

function width(
  value: unknown,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  return typeof value === 'number' && value >= min && value <= max ? value : undefined;
}

function bool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function remapOf(value: unknown): Preferences['remap'] {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      ([id, chords]) =>
        isCommandId(id) && Array.isArray(chords) && chords.every((chord) => typeof chord === 'string'),
    ),
  );
}

function columnsOf(value: unknown): Preferences['tableColumns'] {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    TABLE_COLUMNS.map((column) => [column, bool(value[column])] as const).filter(
      (entry): entry is readonly [TableColumn, boolean] => entry[1] !== undefined,
    ),
  );
}

/** Fields at most: the engine reads no more for a row. */
export const MOST_TABLE_FIELDS = 40;

function tableFieldsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const keys = value.filter(
    (key): key is string => typeof key === 'string' && key !== '' && key.length <= 200,
  );
  return [...new Set(keys)].slice(0, MOST_TABLE_FIELDS);
}

function recentOf(value: unknown): readonly CommandId[] {
  if (!Array.isArray(value)) return [];
  return value.filter((id): id is CommandId => typeof id === 'string' && isCommandId(id)).slice(0, 8);
}

/** Reads kept preferences; whatever is not understood falls back by itself, and nothing throws. */
export function parsePreferences(text: string | null): Preferences {
  let kept: unknown = null;
  try {
    kept = text === null ? null : JSON.parse(text);
  } catch {
    kept = null;
  }
  if (!isRecord(kept)) return DEFAULT_PREFERENCES;
  const fallback = DEFAULT_PREFERENCES;
  return {
    theme: oneOf(THEMES, kept['theme']) ?? fallback.theme,
    locale: typeof kept['locale'] === 'string' ? kept['locale'] : fallback.locale,
    shortcutSet: oneOf(SHORTCUT_SETS, kept['shortcutSet']) ?? fallback.shortcutSet,
    remap: remapOf(kept['remap']),
    enterSends: bool(kept['enterSends']) ?? fallback.enterSends,
    outcomeWords: oneOf(OUTCOME_WORDS, kept['outcomeWords']) ?? fallback.outcomeWords,
    density: oneOf(DENSITIES, kept['density']) ?? fallback.density,
    listMode: oneOf(LIST_MODES, kept['listMode']) ?? fallback.listMode,
    tableColumns: columnsOf(kept['tableColumns']),
    tableFields: tableFieldsOf(kept['tableFields']),
    sidebarWidth: width(kept['sidebarWidth'], WIDTHS.sidebar) ?? fallback.sidebarWidth,
    listWidth: width(kept['listWidth'], WIDTHS.list) ?? fallback.listWidth,
    profileWidth: width(kept['profileWidth'], WIDTHS.profile) ?? fallback.profileWidth,
    sidebarCollapsed: bool(kept['sidebarCollapsed']) ?? fallback.sidebarCollapsed,
    profileShown: bool(kept['profileShown']) ?? fallback.profileShown,
    recentCommands: recentOf(kept['recentCommands']),
  };
}

/** Makes the store; every change is written to the storage at once. */
export function createPreferenceStore(storage: PreferenceStorage): PreferenceStore {
  const store = createStore<Preferences>(() => parsePreferences(storage.read()));
  return {
    ...store,
    set: (change) => {
      store.setState(change);
      storage.write(JSON.stringify(store.getState()));
    },
    adopt: (text) => store.setState(parsePreferences(text), true),
  };
}
