import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Messages, Resources } from '../../i18n/messages.ts';
import { surveyDocument } from '../../messenger/survey-page.ts';
import { SURVEY_STYLE } from '../../messenger/survey-style.ts';
import { surveyWords } from '../../messenger/survey-texts.ts';
import type { MessengerPages } from '../../protocol/page/survey-page.ts';

const LOCALES = new URL('../../../locales/', import.meta.url);

/** The customers' texts of every shipped language. */
function messengerResources(folder: URL): Resources {
  const tags = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Object.fromEntries(
    tags.flatMap(({ name }) => {
      const file = new URL(path.posix.join(name, 'messenger.json'), folder);
      try {
        return [[name, { messenger: JSON.parse(readFileSync(file, 'utf8')) as Messages }] as const];
      } catch {
        // A language without this file falls back like any text that is not translated yet.
        return [];
      }
    }),
  );
}

/** Makes the customers' pages, in every shipped language; `zone` (IANA) is for workspaces that set none. */
export function messengerPages(
  zone: string = new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
): MessengerPages {
  const wordsFor = surveyWords(messengerResources(LOCALES), zone);
  return {
    survey: (page, languages) => surveyDocument(page, languages, wordsFor),
    styleHash: `sha256-${createHash('sha256').update(SURVEY_STYLE).digest('base64')}`,
  };
}
