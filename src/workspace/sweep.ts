import { type Clock, type EpochMillis, epochMillis, MINUTE, plus } from '../base/time.ts';
import type { Policy } from '../domain/events.ts';
import { EMPTY_SNAPSHOT } from '../domain/rows.ts';
import { settle, settled } from '../domain/step.ts';
import type { WorkspaceLog } from './log-events.ts';
import { readPolicy, shortestIdleWindow } from './settings.ts';
import type { Store } from './store/store.ts';
import { sendSurveys } from './surveys/send.ts';

export interface SweepDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: WorkspaceLog;
  /** A fresh secret of 256 bits as text. */
  readonly newSecret: () => string;
}

/** What the passage of time did. */
export interface Passed {
  /** Conversations that time changed. */
  readonly changed: number;
  /** Surveys that went out (Q3). */
  readonly sent: number;
}

export interface Swept extends Passed {
  /** When to come back at the earliest; null when nothing waits for time. */
  readonly nextDue: EpochMillis | null;
}

const BATCH = 1_000;

/** Lets time pass (Y13): idle AI conversations close (S3), snoozes end (S5), surveys go out (Q3). Late or often, the result is the same. */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const now = deps.clock.now();
  const policy = await readPolicy(deps.store, deps.log);
  const passed = await passTime(deps, now, policy);
  return { ...passed, nextDue: await nextDue(deps.store, now, shortestIdleWindow(policy)) };
}

/** The same for who does not ask when to come back: after every batch of events. */
export async function letTimePass(deps: SweepDeps): Promise<Passed> {
  return passTime(deps, deps.clock.now(), await readPolicy(deps.store, deps.log));
}

async function passTime(deps: SweepDeps, now: EpochMillis, policy: Policy): Promise<Passed> {
  const { store } = deps;
  const window = shortestIdleWindow(policy);
  let changed = 0;
  let afterId = '';
  for (;;) {
    const head = await store.head();
    const ids = await store.due({
      idleSince: epochMillis(now - window),
      snoozedUntil: now,
      afterId,
      limit: BATCH,
    });
    if (ids.length === 0) break;
    const rows = await store.rows(
      'conversation',
      ids.map((id) => [id]),
    );
    const due = rows.filter((row) => row !== null).filter((row) => settled(row, now, policy) !== row);
    const tags = await store.rowsOf(
      'tag',
      due.map((row) => row.id),
    );
    const changes = due.flatMap((conversation) => {
      const snapshot = { ...EMPTY_SNAPSHOT, conversation, tags: tags.get(conversation.id) ?? [] };
      return settle(snapshot, now, policy).changes;
    });
    if (changes.length > 0) {
      const committed = await store.commit({ expectedHead: head.seq, at: now, changes });
      if (!committed.ok) continue;
      changed += due.length;
    }
    afterId = ids.at(-1) ?? afterId;
    if (ids.length < BATCH) break;
  }
  const sent = await sendSurveys({ store, policy, now, newSecret: deps.newSecret });
  return { changed, sent };
}

/** Never earlier than in a minute: conversations with a longer window than the shortest are looked at early, not all the time. */
async function nextDue(store: Store, now: EpochMillis, window: number): Promise<EpochMillis | null> {
  const { idleSince, snoozedUntil } = await store.earliest();
  const [closing] = await store.closings(epochMillis(Number.MAX_SAFE_INTEGER), 1);
  const times = [
    idleSince === null ? null : plus(idleSince, window),
    snoozedUntil,
    closing?.dueAt ?? null,
  ].filter((at) => at !== null);
  if (times.length === 0) return null;
  return epochMillis(Math.max(now + MINUTE, Math.min(...times)));
}
