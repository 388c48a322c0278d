import { ok, type Result } from '../base/result.ts';
import { type FieldDefinition, fieldDefinitions } from '../domain/fields/definition.ts';
import { checkProfile } from '../domain/fields/profile-check.ts';
import type { Setting } from '../domain/model.ts';
import { type ReceivedEvent, type Rejection, rejection } from './ingest-parse.ts';
import type { Store } from './store/store.ts';

/** Definitions by key, deleted ones too. */
export type FieldDefinitions = ReadonlyMap<string, FieldDefinition>;

interface ReadSettings {
  readonly settings: readonly Setting[];
  readonly fields: FieldDefinitions;
}

/** The settings that were read last of each store, and what they say: they hardly ever change, and each batch asks. */
const lastOf = new WeakMap<Store, ReadSettings>();

/** Every definition of the workspace; read before each batch is worked out, so that the log's head guards it. */
export async function readFieldDefinitions(store: Store): Promise<FieldDefinitions> {
  const settings = await store.settings();
  const last = lastOf.get(store);
  if (last !== undefined && areSame(last.settings, settings)) return last.fields;
  const fields = new Map(fieldDefinitions(settings).map((field) => [field.key, field]));
  lastOf.set(store, { settings, fields });
  return fields;
}

function areSame(left: readonly Setting[], right: readonly Setting[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ key, value }, at) => key === right[at]?.key && value === right[at]?.value)
  );
}

/** An event that turns out to be wrong. */
export interface WrongEvent {
  readonly type: 'wrongEvent';
  readonly rejection: Rejection;
}

/** F1, F3: checks what an event says of the profile, and leaves out what belongs to deleted fields. */
export function fitFields(
  one: ReceivedEvent,
  definitions: FieldDefinitions,
): Result<ReceivedEvent, WrongEvent> {
  const { event } = one;
  if (event.type !== 'conversation.profileSet') return ok(one);
  const checked = checkProfile(event.values, definitions);
  if (checked.ok) return ok({ ...one, event: { ...event, values: copied(checked.value) } });
  const { field, expected, got } = checked.error;
  const message = `${field} takes ${expected}, not ${got}`;
  return {
    ok: false,
    error: { type: 'wrongEvent', rejection: rejection(one, 'invalidEvent', `values.${field}`, message) },
  };
}

type Values = Extract<ReceivedEvent['event'], { type: 'conversation.profileSet' }>['values'];

function copied(values: Readonly<Record<string, Values[string] | readonly string[]>>): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]): [string, Values[string]] => [
      key,
      typeof value === 'object' && value !== null ? [...value] : value,
    ]),
  );
}

/** A batch's events that fit the fields, and those that do not. */
export interface FittedEvents {
  readonly events: readonly ReceivedEvent[];
  readonly rejected: readonly Rejection[];
}

/** Checks every event of a batch against the fields (F1): a wrong one is named, the rest go in. */
export function fitEvents(events: readonly ReceivedEvent[], definitions: FieldDefinitions): FittedEvents {
  const fitted: ReceivedEvent[] = [];
  const rejected: Rejection[] = [];
  for (const one of events) {
    const fits = fitFields(one, definitions);
    if (fits.ok) fitted.push(fits.value);
    else rejected.push(fits.error.rejection);
  }
  return { events: fitted, rejected };
}
