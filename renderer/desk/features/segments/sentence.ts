import type {
  PropertyFilter,
  SegmentCondition,
  SegmentRule,
  Within,
} from '../../../../src/domain/segments/rule.ts';
import { READY_MADE } from '../../../../src/domain/segments/ready-made.ts';
import type { Formats } from '../../../../src/i18n/formats.ts';
import type { SegmentView } from '../../../../src/protocol/rpc/insight.ts';
import type { Text, TextKey } from '../../i18n/keys.ts';
import type { Labels } from '../../i18n/labels.ts';
import { rangeText } from '../insight/days.ts';

export interface SentenceWords {
  readonly t: Text;
  readonly labels: Labels;
  readonly formats: Formats;
}

/** A property's value in words: channels, reasons and languages have names. */
export function propertyValue(
  property: PropertyFilter['property'] | 'language',
  value: string,
  { labels, formats }: SentenceWords,
): string {
  if (property === 'channel') return labels.channel(value);
  if (property === 'reasonCode') return labels.reason(value) ?? value;
  return property === 'language' ? formats.languageName(value) : value;
}

/** When, in words. */
export function withinText(within: Within, { t, formats }: SentenceWords): string {
  if (within.type === 'ever') return t('segments:within.ever');
  if (within.type === 'between') return rangeText(within, t, formats);
  return t('segments:within.last', { count: within.days });
}

function whereText(where: readonly PropertyFilter[], words: SentenceWords): string {
  return where
    .map(({ property, op, values }) =>
      words.t('segments:where', {
        property: words.t(`segments:property.${property}`),
        op: words.t(`segments:op.${op}`),
        values: values.map((value) => propertyValue(property, value, words)).join(', '),
      }),
    )
    .join(' ');
}

function customerText(
  condition: Extract<SegmentCondition, { type: 'customer' }>,
  words: SentenceWords,
): string {
  const { t } = words;
  const { property, op } = condition;
  const values = condition.values
    .map((value) => (property === 'language' ? propertyValue('language', value, words) : value))
    .join(', ');
  return t('segments:sentence.customer', {
    property: t(`segments:customer.${property}`),
    op: t(`segments:op.${op}`),
    values,
  }).trim();
}

/** One condition as a sentence (G1). */
export function conditionText(condition: SegmentCondition, words: SentenceWords): string {
  const { t, formats } = words;
  if (condition.type === 'customer') return customerText(condition, words);
  const type = t(`segments:type.${condition.type}`);
  const event = t(`segments:event.${condition.event}`);
  const where = whereText(condition.where, words);
  const sentence = ((): string => {
    switch (condition.type) {
      case 'did': {
        const within = withinText(condition.within, words);
        const { atLeast } = condition;
        return atLeast === 1
          ? t('segments:sentence.didNot', { type, event, within })
          : t('segments:sentence.did', {
              type,
              event,
              count: atLeast,
              times: formats.number(atLeast),
              within,
            });
      }
      case 'didNot':
        return t('segments:sentence.didNot', { type, event, within: withinText(condition.within, words) });
      case 'didNotSince':
        return t('segments:sentence.didNotSince', {
          type,
          event,
          since: t(`segments:event.${condition.since.event}`),
        });
    }
  })();
  return where === '' ? sentence : t('segments:sentence.where', { sentence, where });
}

/** A whole rule in one line. */
export function ruleText(rule: SegmentRule, words: SentenceWords): string {
  const joint = words.t(rule.match === 'all' ? 'segments:joint.all' : 'segments:joint.any');
  const sentences = rule.conditions.map((condition) => conditionText(condition, words)).join(joint);
  return words.t('segments:rule', { sentences });
}

const READY_NAMES: Readonly<Record<string, TextKey>> = {
  'started-conversation': 'segments:ready.started-conversation',
  'recommended-no-order': 'segments:ready.recommended-no-order',
  'escalated-last-7-days': 'segments:ready.escalated-last-7-days',
};

/** A segment's own name, or that of a ready-made one (K6) in the reader's language. */
export function segmentName(segment: Pick<SegmentView, 'id' | 'name'>, t: Text): string {
  const key = READY_NAMES[segment.id];
  return segment.name ?? (key === undefined ? segment.id : t(key));
}

/** The ready-made segments that have a name here, for the test that none is forgotten. */
export const NAMED_READY: readonly string[] = READY_MADE.map(({ id }) => id).filter(
  (id) => id in READY_NAMES,
);
