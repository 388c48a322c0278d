import { z } from 'zod';
import { SCOPE_DAYS } from '../domain/desk-scope.ts';
import { dayNumber, minutesOf, WEEKDAYS } from '../domain/hours/schedule.ts';
import { isZone } from '../domain/hours/zone.ts';
import { TIMING_POLICY_NAMES } from '../domain/timings/policy.ts';

/** Keys of replicated settings; each one's value is JSON. */
export const HOURS_KEY = 'hours';
export const TIMING_POLICY_KEY = 'timingPolicy';
/** The account's time zone, IANA: days of ranges are its days (O2). */
export const ZONE_KEY = 'zone';
/** The workspace's default language, BCP 47: where names fall back to (F2). */
export const LANGUAGE_KEY = 'language';

const problem = (code: string) => ({ error: code });

const time = z.string().refine((text) => minutesOf(text) !== null, problem('notATime'));
const date = z.string().refine((text) => dayNumber(text) !== null, problem('notADate'));
const range = z
  .tuple([time, time])
  .readonly()
  .superRefine(([from, to], context) => {
    if (from === to) context.addIssue({ code: 'custom', path: [1], message: 'emptyRange' });
    if (from === '24:00') context.addIssue({ code: 'custom', path: [0], message: 'notATime' });
  });

export const zone = z.string().refine(isZone, problem('notAZone'));

const version = z.strictObject({
  validFrom: date,
  zone,
  week: z.strictObject(
    Object.fromEntries(WEEKDAYS.map((day) => [day, z.array(range).max(48).readonly().optional()])) as Record<
      (typeof WEEKDAYS)[number],
      z.ZodOptional<z.ZodReadonly<z.ZodArray<typeof range>>>
    >,
  ),
  holidays: z.array(date).max(10_000).readonly().default([]),
});

/** Versions of the business hours (T5): at most a thousand, each valid from another day. */
export const hours = z
  .array(version)
  .max(1_000)
  .superRefine((versions, context) => {
    versions.forEach(({ validFrom }, at) => {
      if (versions.findIndex((other) => other.validFrom === validFrom) !== at)
        context.addIssue({ code: 'custom', path: [at, 'validFrom'], message: 'repeatedDate' });
    });
  });

/** Name of the timings' policy in force (T13). */
export const timingPolicy = z.enum(TIMING_POLICY_NAMES);

/** How much agents' desks copy by themselves (Y9): days of what is not open; null: everything. */
export const scope = z.strictObject({
  agentDays: z.number().int().min(SCOPE_DAYS.min).max(SCOPE_DAYS.max).nullable(),
});
