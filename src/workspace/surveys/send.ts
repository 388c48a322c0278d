import { asId } from '../../base/ids.ts';
import { type EpochMillis, epochMillis, plus } from '../../base/time.ts';
import { mediumOf, planSurvey } from '../../domain/csat/choose.ts';
import type { SurveySubject } from '../../domain/csat/conditions.ts';
import { SURVEY_LATEST, type Survey } from '../../domain/csat/survey.ts';
import type { Policy } from '../../domain/events.ts';
import { BusinessHours } from '../../domain/hours/business-hours.ts';
import type { Customer, Cycle, Setting } from '../../domain/model.ts';
import type { RowChange } from '../../domain/rows.ts';
import { happen, target } from '../../mutations/history.ts';
import type { MutationContext } from '../../mutations/mutation.ts';
import { HOURS_KEY, settingsOfRows } from '../../protocol/settings.ts';
import { ADDRESS_KEY, addressOfSetting, surveysOfSettings } from '../../protocol/surveys.ts';
import type { Closing, CommitBatch, LogHead, Store } from '../store/store.ts';
import { loadWorkingSet, type WorkingSet } from '../working-set.ts';
import { signLink, surveyEventId } from './link.ts';

/** Closed cycles looked at in one transaction. */
const BATCH = 500;

/** Who makes the events of surveys: nobody of the team. */
export const SURVEY_ACTOR = { id: asId<'AgentId'>('survey'), role: 'agent' } as const;

export interface SurveyDeps {
  readonly store: Store;
  readonly policy: Policy;
  readonly now: EpochMillis;
  readonly newSecret: () => string;
}

/** What the settings say about surveys. */
interface Rules {
  readonly surveys: readonly Survey[];
  readonly hasAddress: boolean;
  readonly hours: BusinessHours;
  readonly secret: string;
}

async function rulesOf({ store, newSecret }: SurveyDeps): Promise<Rules> {
  const settings = await store.settings();
  const valueOf = (key: string): string | null =>
    settings.find((row: Setting) => row.key === key)?.value ?? null;
  return {
    surveys: surveysOfSettings(settings),
    hasAddress: addressOfSetting(valueOf(ADDRESS_KEY)) !== null,
    hours: new BusinessHours(settingsOfRows(valueOf(HOURS_KEY), null).hours),
    secret: await store.linkSecret(newSecret()),
  };
}

/**
 * Sends the surveys that are due (Q3, Y13): any close of a human cycle by whomever, at most once a cycle, after its delay
 * and the undo window (S11), unless the conversation was opened again before. Conditions are looked at when the survey
 * would leave. Each sending is an event of its conversation; a repeated or late run sends nothing twice.
 * Without an address that customers can open nothing leaves, and what waits goes out when there is one, if it is not too
 * late by then. Answers how many left.
 */
export async function sendSurveys(deps: SurveyDeps): Promise<number> {
  const { store, now } = deps;
  // After nearly every batch of events nothing is due: then the settings need not be read, nor surveys and hours made of them.
  if ((await store.closings(now, 1)).length === 0) return 0;
  const rules = await rulesOf(deps);
  const isWaiting = !rules.hasAddress && rules.surveys.some(({ onSince }) => onSince !== null);
  const until = isWaiting ? epochMillis(now - SURVEY_LATEST) : now;
  let sent = 0;
  for (;;) {
    const head = await store.head();
    const due = await store.closings(until, BATCH);
    if (due.length === 0) return sent;
    const decided = await decide(deps, rules, head, due);
    const committed = await store.commit({ ...decided.batch, expectedHead: head.seq, at: now });
    if (committed.ok) sent += decided.sent;
  }
}

interface Decided {
  readonly batch: Omit<CommitBatch, 'expectedHead' | 'at'>;
  readonly sent: number;
}

async function decide(
  deps: SurveyDeps,
  rules: Rules,
  head: LogHead,
  due: readonly Closing[],
): Promise<Decided> {
  const { store } = deps;
  const conversations = [...new Set(due.map((one) => one.conversationId))];
  const rows = await loadWorkingSet(store, [{ conversations }]);
  const cycles = await store.rows(
    'cycle',
    due.map((one) => [one.conversationId, one.ordinal] as const),
  );
  const customers = await customersOf(store, rows, due);
  const changes: RowChange[] = [];
  const closings: Closing[] = [];
  const settledClosings: Closing[] = [];
  let arrival = head.arrival;
  let sent = 0;
  due.forEach((closing, at) => {
    const subject = subjectOf(rows, closing, cycles[at] ?? null, customers, rules.hours);
    const verdict = subject === null ? 'settled' : verdictOn(subject, rules, deps.now);
    if (verdict === 'settled' || subject === null) settledClosings.push(closing);
    else if (verdict.survey === null || verdict.at > deps.now)
      closings.push({ ...closing, dueAt: verdict.at });
    else {
      arrival += 1;
      const made = sending(deps, rules, rows, { subject, survey: verdict.survey, arrival });
      rows.apply(made);
      changes.push(...made);
      settledClosings.push(closing);
      sent += 1;
    }
  });
  return { batch: { changes, arrival, closings, settledClosings }, sent };
}

async function customersOf(
  store: Store,
  rows: WorkingSet,
  due: readonly Closing[],
): Promise<ReadonlyMap<string, Customer>> {
  const ids = due.flatMap((one) => rows.snapshot(one.conversationId).conversation?.customerId ?? []);
  const keys = [...new Set(ids)].map((id) => [id] as const);
  const found = await store.rows('customer', keys);
  return new Map(found.flatMap((row) => (row === null ? [] : [[row.id, row] as const])));
}

/** The closed cycle as conditions see it; null where it is open again, gone, or was asked about already. */
function subjectOf(
  rows: WorkingSet,
  { conversationId, ordinal }: Closing,
  cycle: Cycle | null,
  customers: ReadonlyMap<string, Customer>,
  hours: BusinessHours,
): SurveySubject | null {
  const { conversation, tags, fields, csat } = rows.snapshot(conversationId);
  if (conversation === null || cycle === null || cycle.closedAt === null) return null;
  if (csat.some((row) => row.ordinal === ordinal)) return null;
  const customer = customers.get(conversation.customerId) ?? null;
  return { conversation, cycle, customer, tags, fields, hours };
}

/** `settled`: nothing is to be decided any more. A survey leaves at `at`; without one the cycle is looked at again then. */
type Verdict = 'settled' | { readonly survey: Survey | null; readonly at: EpochMillis };

function verdictOn(subject: SurveySubject, rules: Rules, now: EpochMillis): Verdict {
  const plan = planSurvey(rules.surveys, subject, now, rules.hasAddress);
  if (plan.state === 'due') return plan;
  return plan.state === 'none' && plan.again !== null ? { survey: null, at: plan.again } : 'settled';
}

interface Sending {
  readonly subject: SurveySubject;
  readonly survey: Survey;
  readonly arrival: number;
}

/** The event that a survey went out, and the rows it makes. Its id is the cycle's, so that it can be there once. */
function sending(
  deps: SurveyDeps,
  rules: Rules,
  rows: WorkingSet,
  { subject, survey, arrival }: Sending,
): readonly RowChange[] {
  const { conversation, cycle, customer } = subject;
  const { id } = conversation;
  const { ordinal } = cycle;
  const context: MutationContext = {
    now: deps.now,
    actor: SURVEY_ACTOR,
    eventId: surveyEventId(rules.secret, { conversationId: id, ordinal }, 0),
    arrival,
    policy: deps.policy,
  };
  const found = target(rows.view({ conversations: [id] }), id, context);
  if (!found.ok) throw new Error(`invariant broken: conversation ${id} was there`);
  const expiresAt = plus(found.value.at, survey.expiry);
  return happen(found.value, context, [
    {
      type: 'surveySent',
      ordinal,
      surveyId: survey.id,
      scale: survey.scale,
      language: customer?.language ?? conversation.language ?? survey.defaultLanguage,
      medium: mediumOf(conversation.channel),
      ownerId: cycle.assigneeAtCloseId,
      expiresAt,
      link: signLink(rules.secret, { conversationId: id, ordinal, expiresAt }),
    },
  ]);
}
