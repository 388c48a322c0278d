import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Messages, Resources } from '../i18n/messages.ts';

function messagesOf(file: string): Messages {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof json !== 'object' || json === null) return {};
  return Object.fromEntries(
    Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The words of some features in every shipped language, out of `locales/<tag>/<feature>.json`: a new language needs no code. */
export function readLocales(folder: string, features: readonly string[]): Resources {
  if (!existsSync(folder)) return {};
  const tags = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(
    tags.map(({ name: tag }) => {
      const files = readdirSync(path.join(folder, tag));
      const known = features.filter((feature) => files.includes(`${feature}.json`));
      return [
        tag,
        Object.fromEntries(
          known.map((feature) => [feature, messagesOf(path.join(folder, tag, `${feature}.json`))]),
        ),
      ];
    }),
  );
}

/** What exports say: their own words, the states of conversations, the names of lists and of ready-made fields. */
const EXPORT_FEATURES = ['export', 'fields', 'states', 'sidebar'];

/** The names of ready-made segments, below the program's root. */
export function segmentResources(appRoot: string): Resources {
  return readLocales(path.join(appRoot, 'locales'), ['segments']);
}

/** The words of exports, below the program's root. */
export function exportResources(appRoot: string): Resources {
  return readLocales(path.join(appRoot, 'locales'), EXPORT_FEATURES);
}
