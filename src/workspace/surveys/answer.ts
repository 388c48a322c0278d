import { err, ok, type Result } from '../../base/result.ts';
import type { Clock, EpochMillis } from '../../base/time.ts';
import {
  type AnswerProblem,
  type Asked,
  checkAnswer,
  type GivenAnswer,
  isOpenForAnswers,
} from '../../domain/csat/answer.ts';
import { type Survey, surveyKey } from '../../domain/csat/survey.ts';
import type { Csat } from '../../domain/model.ts';
import { happen, target } from '../../mutations/history.ts';
import type { MutationContext } from '../../mutations/mutation.ts';
import { surveyOfSetting } from '../../mutations/survey-args.ts';
import { ZONE_KEY, zoneOfRow } from '../../protocol/settings.ts';
import type { WorkspaceLog } from '../log-events.ts';
import { readPolicy } from '../settings.ts';
import { storableValue } from '../storable.ts';
import type { Store } from '../store/store.ts';
import { loadWorkingSet } from '../working-set.ts';
import { readLinkToken, surveyEventId } from './link.ts';
import { SURVEY_ACTOR } from './send.ts';

export interface AnswerDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: WorkspaceLog;
  readonly newSecret: () => string;
}

/** A sent survey as its customer finds it. */
export interface OpenSurvey {
  readonly csat: Csat;
  /** Null when it was deleted since: its texts and flags are then the product's. */
  readonly survey: Survey | null;
  /** The account's time zone, IANA; null where none is set. */
  readonly zone: string | null;
  readonly now: EpochMillis;
}

/** `unknown`: forged, or of something that is not there; nothing tells the two apart. */
export type LinkProblem =
  | { readonly type: 'unknown' }
  | { readonly type: 'expired'; readonly survey: OpenSurvey };

/** What a survey that was deleted since asked for, as far as anybody can say. */
const DELETED: Asked = { scoreRequired: true, comment: 'optional' };

/** What the link's token opens (Q5). Writes nothing. */
export async function openSurvey(
  { store, clock, newSecret }: AnswerDeps,
  token: string,
): Promise<Result<OpenSurvey, LinkProblem>> {
  const claims = readLinkToken(await store.linkSecret(newSecret()), token);
  if (claims === null) return err({ type: 'unknown' });
  const [csat] = await store.rows('csat', [[claims.conversationId, claims.ordinal]]);
  if (csat === null || csat === undefined || csat.surveyId === null) return err({ type: 'unknown' });
  const [setting, zone] = await store.rows('setting', [[surveyKey(csat.surveyId)], [ZONE_KEY]]);
  const now = clock.now();
  const survey: OpenSurvey = {
    csat,
    survey: surveyOfSetting(csat.surveyId, setting ?? null),
    zone: zoneOfRow(zone?.value ?? null),
    now,
  };
  const isOpen = now <= claims.expiresAt && isOpenForAnswers(csat, now);
  return isOpen ? ok(survey) : err({ type: 'expired', survey });
}

/** How often an answer is worked out anew when another process moved the log in between. */
const ATTEMPTS = 20;

/**
 * Stores a customer's answer (Q4): the last one counts, earlier ones stay in the history, and the same one again is not
 * stored twice. It reopens nothing and touches no timing (S9). With anything wrong nothing is stored.
 */
export async function answerSurvey(
  deps: AnswerDeps,
  token: string,
  given: GivenAnswer,
): Promise<Result<OpenSurvey, LinkProblem | AnswerProblem>> {
  const secret = await deps.store.linkSecret(deps.newSecret());
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const head = await deps.store.head();
    const opened = await openSurvey(deps, token);
    if (!opened.ok) return opened;
    const { csat, survey, now } = opened.value;
    const said = { ...given, comment: storableComment(given.comment) };
    const checked = checkAnswer(csat, survey ?? DELETED, said, now);
    if (!checked.ok) return checked;
    const { score, comment } = checked.value;
    if (csat.answeredAt !== null && csat.score === score && csat.comment === comment) return opened;
    const { conversationId, ordinal, answerCount } = csat;
    const rows = await loadWorkingSet(deps.store, [{ conversations: [conversationId] }]);
    const context: MutationContext = {
      now,
      actor: SURVEY_ACTOR,
      eventId: surveyEventId(secret, csat, answerCount + 1),
      arrival: head.arrival + 1,
      policy: await readPolicy(deps.store, deps.log),
    };
    const found = target(rows.view({ conversations: [conversationId] }), conversationId, context);
    if (!found.ok) return err({ type: 'unknown' });
    const changes = happen(found.value, context, [{ type: 'surveyAnswered', ordinal, score, comment }]);
    const committed = await deps.store.commit({
      expectedHead: head.seq,
      at: now,
      changes,
      arrival: context.arrival,
    });
    if (committed.ok) return openSurvey(deps, token);
  }
  throw new Error('the log moved while an answer was stored');
}

function storableComment(comment: string | null): string | null {
  return comment === null ? null : String(storableValue(JSON.stringify(comment)));
}
