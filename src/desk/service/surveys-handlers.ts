import { asId, type ConversationId } from '../../base/ids.ts';
import { planSurvey, type SurveyPlan } from '../../domain/csat/choose.ts';
import { type Survey, SURVEY_PREFIX } from '../../domain/csat/survey.ts';
import type { Csat, Setting } from '../../domain/model.ts';
import type { Handlers } from '../../protocol/rpc/handlers.ts';
import type { surveysMethods } from '../../protocol/rpc/surveys.ts';
import { LANGUAGE_KEY, languageOfRow } from '../../protocol/settings.ts';
import {
  ADDRESS_KEY,
  addressOfSetting,
  type PublicAddress,
  surveysOfSettings,
} from '../../protocol/surveys.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import type { DeskCore } from '../desk-core.ts';
import { readRow, rowsOfConversation } from '../replica/row-sql.ts';
import { closedSubjects, surveyMatches } from './survey-subjects.ts';

const SURVEYS = 'SELECT key, value FROM setting WHERE key >= ? AND key < ? ORDER BY key LIMIT ?';
const MOST_SURVEYS = 1_000;
/** The character behind `:`. */
const AFTER_PREFIX = `${SURVEY_PREFIX.slice(0, -1)};`;

/** The surveys this desk holds, in the order in which they are looked at. */
export function surveysOf(db: ReadableDb): readonly Survey[] {
  return surveysOfSettings(db.prepare<Setting>(SURVEYS).all(SURVEY_PREFIX, AFTER_PREFIX, MOST_SURVEYS));
}

function settingOf(db: ReadableDb, key: string): string | null {
  return readRow(db, 'setting', [key])?.value ?? null;
}

function addressOf(db: ReadableDb): PublicAddress | null {
  return addressOfSetting(settingOf(db, ADDRESS_KEY));
}

/** What becomes of the latest cycle as the surveys stand now: the workspace decides by the same rule (Q3). */
function planOf(core: DeskCore, id: ConversationId, asked: readonly Csat[]): SurveyPlan | null {
  const { db } = core.replica;
  const [subject] = closedSubjects(db, [id]);
  if (subject === undefined || asked.some(({ ordinal }) => ordinal === subject.cycle.ordinal)) return null;
  return planSurvey(surveysOf(db), subject, core.now(), addressOf(db) !== null);
}

/** Answers what screens ask about surveys. */
export function surveysHandlers({ core }: { readonly core: DeskCore }): Handlers<typeof surveysMethods> {
  const { db } = core.replica;
  return {
    'surveys.list': () =>
      db.snapshot(() => ({
        surveys: surveysOf(db),
        address: addressOf(db),
        language: languageOfRow(settingOf(db, LANGUAGE_KEY)),
      })),
    'surveys.ofConversation': ({ conversationId }) =>
      db.snapshot(() => {
        const id = asId<'ConversationId'>(conversationId);
        const asked = rowsOfConversation(db, 'csat', id);
        return { asked, plan: planOf(core, id, asked), address: addressOf(db) };
      }),
    'surveys.matches': ({ conditions }) => db.snapshot(() => surveyMatches(core, conditions)),
  };
}
