import { AI_OUTCOMES } from '../../../../src/domain/model.ts';
import type { Drill } from '../../../../src/protocol/rpc/drill.ts';
import type { OverviewAnswer, OverviewStack } from '../../../../src/protocol/rpc/insight.ts';
import type { Text } from '../../i18n/keys.ts';
import type { Labels } from '../../i18n/labels.ts';
import { type ChartTone, TONED_VALUES, valueTone } from '../../ui/chart-tones.ts';

type OverviewDrill = Extract<Drill, { of: 'overview' }>;

/** So many values are drawn each for itself; beyond them they are one bar, and all stand in the table. */
export const DRAWN_STACKS = 24;

const OUTCOME_TONES: Readonly<Record<string, ChartTone>> = {
  resolvedByAi: 'resolved',
  notResolvedByAi: 'agent',
  open: 'ai',
  closedUnresolved: 'customer',
};
/** From the bottom up. */
const OUTCOME_ORDER = ['resolvedByAi', 'notResolvedByAi', 'open', 'closedUnresolved'];

/** One series of the bars. */
export interface StackSeries {
  readonly key: string;
  readonly label: string;
  readonly tone: ChartTone;
  readonly counts: readonly number[];
  readonly total: number;
  /** Null: several values together, which the table tells apart. */
  readonly drill: OverviewDrill | null;
}

/** The word for a value that bars are stacked by (O1). */
export function stackLabel(
  group: OverviewAnswer['group'],
  value: string | null,
  { t, labels }: { readonly t: Text; readonly labels: Labels },
): string {
  if (group === 'tag') return value ?? t('insight:noTag');
  if (group === 'channel') return value === null ? t('insight:noChannel') : labels.channel(value);
  return labels.aiOutcome(AI_OUTCOMES.find((outcome) => outcome === value) ?? null);
}

function inOrder(stacks: readonly OverviewStack[], group: OverviewAnswer['group']): readonly OverviewStack[] {
  if (group !== 'status') return stacks;
  const rank = ({ value }: OverviewStack): number => OUTCOME_ORDER.indexOf(value ?? '');
  return [...stacks].sort((a, b) => rank(a) - rank(b));
}

/** What all conversations of the range are behind. */
function wholeDrill(answer: Pick<OverviewAnswer, 'range'>): OverviewDrill {
  const { from, to, zone } = answer.range;
  return { of: 'overview', from, to, zone };
}

/** The series of the bars, from the bottom up, each with the conversations behind it. */
export function stackSeries(
  answer: Pick<OverviewAnswer, 'range' | 'group' | 'stacks' | 'days'>,
  words: { readonly t: Text; readonly labels: Labels },
): readonly StackSeries[] {
  const { group } = answer;
  const ordered = inOrder(answer.stacks, group);
  const own = ordered.slice(0, DRAWN_STACKS).map((stack, rank): StackSeries => {
    const { value, counts, total } = stack;
    const tone = group === 'status' ? (OUTCOME_TONES[value ?? ''] ?? 'rest') : valueTone(rank);
    return {
      key: value ?? '',
      label: stackLabel(group, value, words),
      tone: group !== 'status' && value === null ? 'rest' : tone,
      counts,
      total,
      drill: { ...wholeDrill(answer), group: { by: group, value } },
    };
  });
  const others = ordered.slice(DRAWN_STACKS);
  if (others.length === 0) return own;
  return [
    ...own,
    {
      key: ' others',
      label: words.t('insight:others', { count: others.length }),
      tone: 'rest',
      counts: answer.days.map((_day, at) => others.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0)),
      total: others.reduce((sum, { total }) => sum + total, 0),
      drill: null,
    },
  ];
}

/** How many of the series are named beside the bars: those with a colour of their own. */
export function namedSeries(series: readonly StackSeries[]): number {
  const first = series.findIndex(({ tone }, index) => tone === 'rest' && index >= TONED_VALUES);
  return first === -1 ? series.length : first;
}

/** The drill of one bar: a day, or one value on it. Null where the bar gathers several values. */
export function barDrill(
  answer: Pick<OverviewAnswer, 'range' | 'days'>,
  series: readonly StackSeries[],
  place: { readonly column: number; readonly part: number | null },
): OverviewDrill | null {
  const day = answer.days[place.column];
  if (day === undefined) return null;
  const of = place.part === null ? wholeDrill(answer) : (series[place.part]?.drill ?? null);
  return of === null ? null : { ...of, from: day, to: day };
}
