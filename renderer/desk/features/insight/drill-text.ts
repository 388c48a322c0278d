import type { Formats } from '../../../../src/i18n/formats.ts';
import { type Drill, REVIEW_DIMENSIONS, type ReviewDimension } from '../../../../src/protocol/rpc/drill.ts';
import type { Text } from '../../i18n/keys.ts';
import type { Labels } from '../../i18n/labels.ts';
import { rangeText } from './days.ts';
import { stackLabel } from './stacks.ts';

export interface DrillWords {
  readonly t: Text;
  readonly labels: Labels;
  readonly formats: Formats;
  /** A colleague's name by id. */
  readonly agentName: (id: string) => string;
}

type CsatDrill = Extract<Drill, { of: 'csat' }>;

/** The word for a value that satisfaction is cut by. */
export function csatValueLabel(
  dimension: NonNullable<CsatDrill['by']>['dimension'],
  value: string | null,
  { t, labels, formats, agentName }: DrillWords,
): string {
  switch (dimension) {
    case 'tag':
      return value ?? t('insight:noTag');
    case 'assignee':
      return value === null ? t('common:nobody') : agentName(value);
    case 'channel':
    case 'outcome':
      return stackLabel(dimension === 'channel' ? 'channel' : 'status', value, { t, labels });
    case 'reason':
      return labels.reason(value) ?? t('states:reason.none');
    case 'language':
      return value === null ? t('states:language.unknown') : formats.languageName(value);
  }
}

/** A scale by its name: "Five points". */
export function scaleText(scale: NonNullable<CsatDrill['scale']>, t: Text): string {
  return t(`csat:scale.${scale}`);
}

function csatParts(drill: CsatDrill, words: DrillWords): readonly string[] {
  const { t, formats } = words;
  const parts: string[] = [];
  if (drill.answered === true) parts.push(t('csat:answered'));
  if (drill.answered === false) parts.push(t('csat:unanswered'));
  if (drill.scale !== undefined) parts.push(scaleText(drill.scale, t));
  if (drill.score !== undefined) parts.push(t('csat:score', { score: formats.number(drill.score) }));
  if (drill.by !== undefined) parts.push(csatValueLabel(drill.by.dimension, drill.by.value, words));
  if (drill.commented === true) parts.push(t('csat:commented'));
  return parts;
}

function overviewParts(drill: Extract<Drill, { of: 'overview' }>, words: DrillWords): readonly string[] {
  const { t, labels } = words;
  const parts: string[] = [];
  if (drill.outcome !== undefined) parts.push(labels.aiOutcome(drill.outcome));
  if (drill.handoffBy !== undefined) parts.push(t(`states:handoffBy.${drill.handoffBy}`));
  if (drill.group !== undefined) parts.push(stackLabel(drill.group.by, drill.group.value, words));
  return parts;
}

/** What a reason, skill, channel or tag of conversations to review is called; null: none of it. */
export function reviewValueLabel(
  by: ReviewDimension,
  value: string | null,
  { t, labels }: Pick<DrillWords, 't' | 'labels'>,
): string {
  switch (by) {
    case 'reason':
      return labels.reason(value) ?? t('states:reason.none');
    case 'skill':
      return value ?? t('review:noSkill');
    case 'channel':
    case 'tag':
      return stackLabel(by, value, { t, labels });
  }
}

function reviewParts(drill: Extract<Drill, { of: 'review' }>, words: DrillWords): readonly string[] {
  const { t, formats } = words;
  const parts: string[] = drill.days === undefined ? [] : [rangeText(drill.days, t, formats)];
  for (const by of REVIEW_DIMENSIONS) {
    const value = drill[by];
    if (value !== undefined) parts.push(reviewValueLabel(by, value, words));
  }
  if (drill.verdict === null) parts.push(t('review:unreviewed'));
  else if (drill.verdict !== undefined) parts.push(t(`review:verdict.${drill.verdict}`));
  return parts;
}

/** Where the figure stands that a list is behind, and which it is: "Overview: 14 Nov 2026 · Web chat". */
export function drillText(
  drill: Drill,
  words: DrillWords,
): { readonly name: string; readonly parts: readonly string[] } {
  const { t, formats } = words;
  switch (drill.of) {
    case 'overview':
      return {
        name: t('overview:title'),
        parts: [rangeText(drill, t, formats), ...overviewParts(drill, words)],
      };
    case 'sales': {
      const currency = drill.currency === undefined ? [] : [drill.currency];
      return { name: t('overview:figure.sales'), parts: [rangeText(drill, t, formats), ...currency] };
    }
    case 'csat':
      return { name: t('csat:title'), parts: [rangeText(drill, t, formats), ...csatParts(drill, words)] };
    case 'metric':
      return { name: t(`events:metric.${drill.metric}`), parts: [rangeText(drill, t, formats)] };
    case 'review':
      return { name: t('sidebar:queue.review'), parts: reviewParts(drill, words) };
  }
}
