import { nextFloat, nextInt, pick, type Rng, seededRng } from '../../src/base/rng.ts';
import { DAY, epochMillis, MINUTE } from '../../src/base/time.ts';
import { FIELD_TYPES, type FieldDefinition, fieldSetting } from '../../src/domain/fields/definition.ts';
import type { Csat, FieldValue } from '../../src/domain/model.ts';
import { rowToWire } from '../../src/protocol/tables.ts';
import { type Bundle, GENERATED_NOW } from './generate.ts';
import { PHRASES, TAGS } from './phrases.ts';
import type { WireRows } from './rows.ts';

/** Changes whenever the same options give other values: part of a cached file's name. */
export const VALUES_VERSION = 2;
/** The share of conversations that have a value of a field. */
const FILLED = 0.2;
const FILLED_CSAT = 0.3;
const ANSWERED = 0.6;
/** Distinct texts of a field: some as few as a choice, some as many as order numbers. */
const TEXTS = [12, 400, 250_000] as const;
const MOST_ITEMS = 4;

/** The fields of the generated workspace: the types by turns, so that 20 fields have three or four of each. */
export function generatedFields(count: number): readonly FieldDefinition[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `profile.field${String(index + 1).padStart(2, '0')}`,
    type: FIELD_TYPES[index % FIELD_TYPES.length] ?? 'String',
    names: { en: `Field ${index + 1}` },
    position: 100 + index,
    archivedAt: null,
    deletedAt: null,
  }));
}

/** The rows that define fields. */
export function fieldSettingRows(fields: readonly FieldDefinition[]): WireRows {
  return new Map([['setting', fields.map((field) => rowToWire('setting', fieldSetting(field)))]]);
}

/** Values of consecutive conversations, the first of them number `from`. */
export function valueRowsOf(
  bundles: readonly Bundle[],
  from: number,
  fields: readonly FieldDefinition[],
): WireRows {
  const values = bundles.flatMap((bundle, index) => fieldValuesOf(bundle, from + index, fields));
  return new Map([['fieldValue', values.map((row) => rowToWire('fieldValue', row))]]);
}

/** Their surveys. */
export function surveyRowsOf(bundles: readonly Bundle[], from: number): WireRows {
  const surveys = bundles.flatMap((bundle, index) => csatOf(bundle, from + index));
  return new Map([['csat', surveys.map((row) => rowToWire('csat', row))]]);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `turn`: how many fields of this type there are before it. */
function textOf(rng: Rng, turn: number): string {
  const most = TEXTS[turn % TEXTS.length] ?? 1;
  return `${pick(rng, TAGS)} ${nextInt(rng, 1, most)}`;
}

type Held = Pick<FieldValue, 'number' | 'text'>;

function valuesOf(rng: Rng, { type }: FieldDefinition, field: number): readonly Held[] {
  const turn = Math.floor(field / FIELD_TYPES.length);
  switch (type) {
    case 'Boolean':
      return [{ number: nextInt(rng, 0, 1), text: null }];
    case 'Number':
      // Whole numbers here, and amounts with decimals there.
      return [{ number: nextInt(rng, -500, 90_000) / (turn % 2 === 0 ? 1 : 100), text: null }];
    case 'Datetime':
      return [{ number: GENERATED_NOW - nextInt(rng, 0, 365 * 24 * 60) * MINUTE, text: null }];
    case 'Date':
      return [
        {
          number: null,
          text: `20${nextInt(rng, 24, 27)}-${two(nextInt(rng, 1, 12))}-${two(nextInt(rng, 1, 28))}`,
        },
      ];
    case 'String':
      return [{ number: null, text: textOf(rng, turn) }];
    case 'List': {
      const items = Array.from({ length: nextInt(rng, 1, MOST_ITEMS) }, () => pick(rng, TAGS));
      return [...new Set(items)].map((text) => ({ number: null, text }));
    }
  }
}

/** What a conversation has of the workspace's fields: each of a fifth of them, by chance. */
function fieldValuesOf(
  { conversation }: Bundle,
  index: number,
  fields: readonly FieldDefinition[],
): readonly FieldValue[] {
  const rng = seededRng(index ^ 0x5bd1e995);
  return fields.flatMap((definition, field) =>
    nextFloat(rng) >= FILLED
      ? []
      : valuesOf(rng, definition, field).map((held, ordinal) => ({
          conversationId: conversation.id,
          field: definition.key,
          ordinal,
          ...held,
        })),
  );
}

/** The survey of a closed conversation: three of ten were asked, most of them answered, a third in words too. */
function csatOf({ conversation, cycles }: Bundle, index: number): readonly Csat[] {
  const rng = seededRng(index ^ 0x27d4eb2f);
  return cycles.flatMap(({ ordinal, closedAt, assigneeAtCloseId }): Csat[] => {
    if (closedAt === null || nextFloat(rng) >= FILLED_CSAT) return [];
    const answeredAt = Math.min(closedAt + nextInt(rng, 1, 60) * MINUTE, GENERATED_NOW);
    const isAnswered = nextFloat(rng) < ANSWERED;
    const words = PHRASES.find(({ language }) => language === conversation.language)?.customer ?? [];
    return [
      {
        conversationId: conversation.id,
        ordinal,
        surveyId: 'survey-generated',
        scale: 5,
        language: conversation.language,
        medium: pick(rng, ['form', 'link']),
        ownerId: assigneeAtCloseId,
        sentAt: closedAt,
        expiresAt: epochMillis(closedAt + 14 * DAY),
        score: isAnswered ? nextInt(rng, 1, 5) : null,
        comment: isAnswered && words.length > 0 && nextFloat(rng) < 0.3 ? pick(rng, words) : null,
        answeredAt: isAnswered ? epochMillis(answeredAt) : null,
        answerCount: isAnswered ? 1 : 0,
        link: null,
      },
    ];
  });
}
