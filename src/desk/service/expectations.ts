import { z } from 'zod';
import { DEFAULT_POLICY } from '../../domain/events.ts';
import { fieldDefinition, fieldSettingKey } from '../../domain/fields/definition.ts';
import { fieldValueOf } from '../../domain/fields/value.ts';
import { idleHoursOf, POLICY_KEY, parsePolicy, windowOf } from '../../mutations/policy-args.ts';
import { findMutation } from '../../mutations/registry.ts';
import type { ReadableDb } from '../../sqlite/database.ts';
import { withArgs } from '../outbox/outgoing.ts';
import { readRow, rowsOfConversation } from '../replica/row-sql.ts';

const ofConversation = z.object({ conversationId: z.string() });
const ofField = z.object({ field: z.string() });
const ofSource = z.object({ source: z.string().nullable() });
const inLanguage = ofField.extend({ language: z.string() });
/** A list that says what it was changed from merges item by item: nobody's change is lost, so nothing is expected. */
const ofProfile = ofConversation.extend({ field: z.string(), from: z.undefined().optional() });

/** The value that a call would set another over; undefined where it does not say of what. */
type Standing = (db: ReadableDb, args: unknown) => unknown;

function inConversation(column: 'priority' | 'description'): Standing {
  return (db, args) => {
    const parsed = ofConversation.safeParse(args);
    if (!parsed.success) return undefined;
    return readRow(db, 'conversation', [parsed.data.conversationId])?.[column];
  };
}

/** What cannot be read counts as unset. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function setting(key: string, name: string): Standing {
  return (db) => {
    const value = readRow(db, 'setting', [key])?.value;
    const expect = value === undefined ? null : parseJson(value);
    // A form that this build does not know is none it could expect.
    return findMutation(name)?.args.safeParse({ value: null, expect }).success === true ? expect : undefined;
  };
}

function profileValue(db: ReadableDb, args: unknown): unknown {
  const parsed = ofProfile.safeParse(args);
  if (!parsed.success) return undefined;
  const { conversationId, field } = parsed.data;
  const definition = fieldDefinition(field, readRow(db, 'setting', [fieldSettingKey(field)]));
  if (definition === null) return undefined;
  return fieldValueOf(rowsOfConversation(db, 'fieldValue', conversationId), field, definition.type);
}

function nameInLanguage(db: ReadableDb, args: unknown): unknown {
  const parsed = inLanguage.safeParse(args);
  if (!parsed.success) return undefined;
  const { field, language } = parsed.data;
  const definition = fieldDefinition(field, readRow(db, 'setting', [fieldSettingKey(field)]));
  return definition === null
    ? undefined
    : (Object.entries(definition.names).find(([tag]) => tag === language)?.[1] ?? null);
}

function idleWindow(db: ReadableDb, args: unknown): unknown {
  const parsed = ofSource.safeParse(args);
  if (!parsed.success) return undefined;
  const value = readRow(db, 'setting', [POLICY_KEY])?.value;
  const policy = value === undefined ? DEFAULT_POLICY : parsePolicy(value);
  return policy === null ? undefined : windowOf(idleHoursOf(policy), parsed.data.source);
}

/** Mutations that set one value over whatever it was, each with what this desk holds of it. */
const SET_VALUES: ReadonlyMap<string, Standing> = new Map([
  ['conversation.setPriority', inConversation('priority')],
  ['conversation.setDescription', inConversation('description')],
  ['profile.set', profileValue],
  ['field.setName', nameInLanguage],
  ['settings.setHours', setting('hours', 'settings.setHours')],
  ['settings.setTimingPolicy', setting('timingPolicy', 'settings.setTimingPolicy')],
  ['settings.setZone', setting('zone', 'settings.setZone')],
  ['settings.setLanguage', setting('language', 'settings.setLanguage')],
  ['settings.setAttribution', setting('attribution', 'settings.setAttribution')],
  ['settings.setIdleWindow', idleWindow],
]);

const expectation = z.object({ expect: z.unknown().optional() });

/**
 * A value that is set holds only while what its author saw still stands: hours later it would overwrite, without a word, what
 * a colleague set since (Y16), and a link that has just fallen silent still counts as one. The workspace says `changedSince`,
 * and the author decides.
 */
export function expecting(db: ReadableDb, name: string, args: unknown): unknown {
  const standing = SET_VALUES.get(name);
  if (standing === undefined) return args;
  const parsed = expectation.safeParse(args);
  if (!parsed.success || parsed.data.expect !== undefined) return args;
  const expect = standing(db, args);
  return expect === undefined ? args : withArgs(args, { expect });
}
