import { z } from 'zod';
import { lastRead } from '../base/last-read.ts';
import { type EpochMillis, epochMillis, HOUR } from '../base/time.ts';
import {
  DEFAULT_POLICY,
  type EarlierBlocking,
  type EarlierIdle,
  type IdleWindows,
  type Policy,
} from '../domain/events.ts';

/** Key of the replicated setting that holds the rules' policy, as JSON. */
export const POLICY_KEY = 'policy';

/** The most changes of the windows that are kept: the oldest ones beyond are as if they had never been. */
const MOST_EARLIER = 1_000;

const windows = z.object({
  idleWindow: z.number().int().positive(),
  idleWindowBySource: z.record(z.string(), z.number().int().positive()),
});
const earlier = windows.extend({ until: z.number().int().nonnegative().transform(epochMillis) });
const earlierBlocking = z.object({ until: z.number().int().positive(), blocks: z.boolean() });
const policySchema = windows
  .extend({
    earlierIdle: z.array(earlier).readonly(),
    blockRepliesAfterClosing: z.boolean(),
    earlierBlocking: z.array(earlierBlocking).readonly(),
  })
  .partial();

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads a policy out of its setting's value; what it does not say is the default. Null when it cannot be read. */
export const parsePolicy: (value: string) => Policy | null = lastRead(readPolicy);

function readPolicy(value: string): Policy | null {
  const parsed = policySchema.safeParse(parseJson(value));
  if (!parsed.success) return null;
  const { earlierIdle = [], earlierBlocking = [], ...said } = parsed.data;
  return {
    idleWindowBySource: said.idleWindowBySource ?? DEFAULT_POLICY.idleWindowBySource,
    idleWindow: said.idleWindow ?? DEFAULT_POLICY.idleWindow,
    ...(earlierIdle.length === 0 ? {} : { earlierIdle }),
    blockRepliesAfterClosing: said.blockRepliesAfterClosing ?? DEFAULT_POLICY.blockRepliesAfterClosing,
    ...(earlierBlocking.length === 0 ? {} : { earlierBlocking }),
  };
}

/** The value of the setting that holds a policy; null for the default one, which needs no setting. */
export function policyValue(policy: Policy): string | null {
  const { idleWindowBySource, idleWindow, earlierIdle, blockRepliesAfterClosing, earlierBlocking } = policy;
  const text = JSON.stringify({
    idleWindowBySource,
    idleWindow,
    earlierIdle,
    blockRepliesAfterClosing,
    earlierBlocking,
  });
  return text === JSON.stringify(DEFAULT_POLICY) ? null : text;
}

/** Name of an ingest source, as it is written in `sources add`. */
export const sourceName = z
  .string()
  .min(1)
  .max(200)
  // An object's own key of this name would not survive being copied.
  .refine((name) => name !== '__proto__');

/** Whole hours after which an AI conversation closes by itself (S3, O5): from one to a year. */
export const idleHours = z.number().int().min(1).max(8_760);

/** The idle windows in hours: of every source, and of those that have their own. */
export interface IdleHours {
  readonly hours: number;
  readonly bySource: Readonly<Record<string, number>>;
}

/** Hours of every source until they are set (O5). */
export const DEFAULT_IDLE_HOURS = DEFAULT_POLICY.idleWindow / HOUR;

/** The window that is set for a source (null: for every source), in hours; null where none is. */
export function windowOf({ hours, bySource }: IdleHours, source: string | null): number | null {
  if (source === null) return hours === DEFAULT_IDLE_HOURS ? null : hours;
  return Object.hasOwn(bySource, source) ? (bySource[source] ?? null) : null;
}

/** Idle windows as a settings file writes them, whole. */
export const idleWindows = z.strictObject({
  hours: idleHours.default(DEFAULT_IDLE_HOURS),
  bySource: z.record(sourceName, idleHours).default({}),
});

/** The idle windows as people set them. */
export function idleHoursOf(policy: Policy): IdleHours {
  const sources = Object.entries(policy.idleWindowBySource);
  return {
    hours: policy.idleWindow / HOUR,
    bySource: Object.fromEntries(sources.map(([source, window]) => [source, window / HOUR])),
  };
}

function sameWindows(one: IdleWindows, other: IdleWindows): boolean {
  const text = ({ idleWindow, idleWindowBySource }: IdleWindows): string =>
    JSON.stringify([idleWindow, Object.entries(idleWindowBySource).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return text(one) === text(other);
}

/** The windows before, with those that end now; none that was never in force, none beside its equal. */
function earlierThan(policy: Policy, next: IdleWindows, now: EpochMillis): readonly EarlierIdle[] {
  const { idleWindow, idleWindowBySource, earlierIdle = [] } = policy;
  const all = [...earlierIdle, { idleWindow, idleWindowBySource, until: now }];
  const inForce = all.filter(({ until }, at) => until > (all[at - 1]?.until ?? Number.NEGATIVE_INFINITY));
  return inForce.filter((one, at) => !sameWindows(one, inForce[at + 1] ?? next)).slice(-MOST_EARLIER);
}

/**
 * The policy with other idle windows; what else it says stays. From `from` on they count for what is said from then on, and
 * what was idle before keeps its windows, so that no figure of the past moves; null: as if it had always been so.
 */
export function withIdleHours(policy: Policy, idle: IdleHours, from: EpochMillis | null): Policy {
  const sources = Object.entries(idle.bySource).sort(([a], [b]) => (a < b ? -1 : 1));
  const next = {
    idleWindow: idle.hours * HOUR,
    idleWindowBySource: Object.fromEntries(sources.map(([source, hours]) => [source, hours * HOUR])),
  };
  const { earlierIdle: _earlier, ...rest } = policy;
  const earlierIdle = from === null ? [] : earlierThan(policy, next, from);
  return { ...rest, ...next, ...(earlierIdle.length === 0 ? {} : { earlierIdle }) };
}

/** The lowest receipt number there is: what counts until then never counted. */
const FIRST_ARRIVAL = 1;

/**
 * The policy with replies after closing blocked or not, for what gets the receipt number `from` or a later one; what was
 * received before stays under what was in force then, so that no history ever folds to anything else (S5, T11).
 */
export function withBlocking(policy: Policy, blocks: boolean, from: number): Policy {
  const { blockRepliesAfterClosing: standing, earlierBlocking: before = [], ...rest } = policy;
  if (blocks === standing) return policy;
  const all = [...before, { until: from, blocks: standing }];
  const inForce = all.filter(({ until }, at) => until > (all[at - 1]?.until ?? FIRST_ARRIVAL));
  const earlierBlocking: readonly EarlierBlocking[] = inForce.filter(
    (one, at) => one.blocks !== (inForce[at + 1]?.blocks ?? blocks),
  );
  return {
    ...rest,
    blockRepliesAfterClosing: blocks,
    ...(earlierBlocking.length === 0 ? {} : { earlierBlocking }),
  };
}
