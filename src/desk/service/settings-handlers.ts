import { DEFAULT_POLICY } from '../../domain/events.ts';
import { ATTRIBUTION_KEY } from '../../mutations/insight-args.ts';
import { idleHoursOf, POLICY_KEY, parsePolicy } from '../../mutations/policy-args.ts';
import type { Handlers } from '../../protocol/rpc/handlers.ts';
import type { settingsMethods } from '../../protocol/rpc/settings.ts';
import {
  attributionOfRow,
  LANGUAGE_KEY,
  languageOfRow,
  ZONE_KEY,
  zoneOfRow,
} from '../../protocol/settings.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import type { DeskCore } from '../desk-core.ts';
import { readRow } from '../replica/row-sql.ts';

/** Sources of the newest conversations. A whole workspace is not walked for their names: who writes no more can still be typed. */
const SOURCES = `SELECT DISTINCT source FROM
    (SELECT source FROM conversation INDEXED BY list_activity ORDER BY last_message_at DESC LIMIT ?)
  ORDER BY source LIMIT ?`;
const NEWEST = 2_000;
const MOST_SOURCES = 200;

/** The names of the sources that conversations came from lately. */
export function recentSources(db: ReadableDb): readonly string[] {
  return db
    .prepareRaw<[string], [number, number]>(SOURCES)
    .all(NEWEST, MOST_SOURCES)
    .map(([source]) => source);
}

/** Answers what screens ask about what is everybody's. */
export function settingsHandlers({ core }: { readonly core: DeskCore }): Handlers<typeof settingsMethods> {
  const { db } = core.replica;
  const valueOf = (key: string): string | null => readRow(db, 'setting', [key])?.value ?? null;
  return {
    'settings.workspace': () =>
      db.snapshot(() => {
        const said = valueOf(POLICY_KEY);
        const language = valueOf(LANGUAGE_KEY);
        const policy = (said === null ? null : parsePolicy(said)) ?? DEFAULT_POLICY;
        const idleHours = idleHoursOf(policy);
        const sources = new Set([...recentSources(db), ...Object.keys(idleHours.bySource)]);
        return {
          zone: zoneOfRow(valueOf(ZONE_KEY)),
          language: language === null ? null : languageOfRow(language),
          idleHours,
          blockRepliesAfterClosing: policy.blockRepliesAfterClosing,
          attribution: attributionOfRow(valueOf(ATTRIBUTION_KEY)),
          sources: [...sources].sort((a, b) => (a < b ? -1 : 1)),
        };
      }),
  };
}
