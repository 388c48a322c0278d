import { readFileSync } from 'node:fs';
import { parseSettings, type SettingsProblem, type SettingsProblemCode } from '../../../protocol/settings.ts';
import { type Command, DATA_OPTION } from '../command.ts';
import { EXIT, usageError } from '../io.ts';
import { withWorkspace } from '../with-data.ts';

const SENTENCES: Readonly<Record<Exclude<SettingsProblemCode, 'notAsExpected'>, string>> = {
  notATime: 'is not a time of day from "00:00" to "24:00"',
  notADate: 'is not a date as "2026-12-25"',
  notAZone: 'is not a time zone as "Europe/Stockholm"',
  emptyRange: 'ends when it begins; a whole day is "00:00" to "24:00"',
  repeatedDate: 'stands twice',
  notAFieldKey: 'is not a field’s key as "profile.orderNumber"',
  repeatedKey: 'stands twice',
  otherType: 'is not the type that the field has; a field’s type never changes',
  deletedKey: 'belonged to a field that was deleted; a key is never used again',
  notALanguage: 'is not a language as "pt-BR"',
  unknownKey: 'is not known',
};

/** One line a wrong place: `hours.0.week.mon.1.0: is not …`. */
export function settingsProblemLine({ path, code, detail }: SettingsProblem): string {
  const what = code === 'notAsExpected' ? detail : SENTENCES[code];
  return `${path === '' ? 'the file' : path}: ${what}`;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw usageError(`there is no file ${file}`);
  }
  try {
    // Editors on Windows put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw usageError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function badSettings(file: string, problems: readonly SettingsProblem[]): Error {
  return usageError(`${file} was not taken\n${problems.map(settingsProblemLine).join('\n')}`);
}

export const settingsImportCommand: Command = {
  name: 'settings import',
  arguments: 'FILE',
  summary: 'put business hours, fields and other settings of a JSON file in force',
  options: { data: DATA_OPTION },
  run: async (call, { io }) => {
    const [file, ...more] = call.positionals;
    if (file === undefined || more.length > 0)
      throw usageError('settings import takes one file; see handoff settings import --help');
    const content = readJson(file);
    // Looked at before a data directory is made for it.
    const parsed = parseSettings(content);
    if (!parsed.ok) throw badSettings(file, parsed.error.problems);
    return withWorkspace(call, io, true, async ({ workspace }) => {
      const imported = await workspace.importSettings(content);
      if (!imported.ok) throw badSettings(file, imported.error.problems);
      const { keys } = imported.value;
      io.out(keys.length === 0 ? 'nothing to set\n' : `set ${keys.join(', ')}\n`);
      return EXIT.complete;
    });
  },
};

export const settingsExportCommand: Command = {
  name: 'settings export',
  arguments: '',
  summary: 'print business hours, fields and other settings as JSON, as settings import takes it',
  options: { data: DATA_OPTION },
  run: async (call, { io }) => {
    if (call.positionals.length > 0) throw usageError('settings export takes no arguments');
    return withWorkspace(call, io, false, async ({ workspace }) => {
      io.out(`${JSON.stringify(await workspace.settings(), null, 2)}\n`);
      return EXIT.complete;
    });
  },
};
