import { OVERVIEW_GROUPS, type OverviewGroup } from '../../../../src/domain/overview/presets.ts';
import type { OverviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { StackedBars } from '../../ui/chart-bars.tsx';
import { ChartFrame } from '../../ui/chart-frame.tsx';
import { type ChartCell, ChartTable } from '../../ui/chart-table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { dayText } from '../insight/days.ts';
import { barDrill, namedSeries, type StackSeries, stackSeries } from '../insight/stacks.ts';

/** What the bars are stacked by. */
export function GroupTabs({ group }: { readonly group: OverviewGroup }) {
  const { t } = useText();
  const { setInsight } = useScreenActions();
  return (
    <Tabs<OverviewGroup>
      label={t('overview:group.label')}
      value={group}
      tabs={OVERVIEW_GROUPS.map((value) => ({ value, label: t(`overview:group.${value}`) }))}
      onChange={(next) => setInsight({ group: next })}
    />
  );
}

function useCells(answer: OverviewAnswer, series: readonly StackSeries[]) {
  const { formats } = useText();
  const { drill } = useScreenActions();
  return (column: number): readonly ChartCell[] => {
    const total = series.reduce((sum, { counts }) => sum + (counts[column] ?? 0), 0);
    const cell = (count: number, part: number | null): ChartCell => {
      const behind = count === 0 ? null : barDrill(answer, series, { column, part });
      return {
        text: formats.number(count),
        onOpen: behind === null ? undefined : () => drill(behind),
      };
    };
    return [...series.map(({ counts }, part) => cell(counts[column] ?? 0, part)), cell(total, null)];
  };
}

function VolumeTable({
  answer,
  series,
}: {
  readonly answer: OverviewAnswer;
  readonly series: readonly StackSeries[];
}) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const cellsOf = useCells(answer, series);
  const foot = series.map(
    ({ total, drill: behind }): ChartCell => ({
      text: formats.number(total),
      onOpen: behind === null || total === 0 ? undefined : () => drill(behind),
    }),
  );
  const all: ChartCell = {
    text: formats.number(answer.figures.totalVolume),
    onOpen: () => drill(answer.drills.totalVolume),
  };
  return (
    <ChartTable
      caption={t('overview:chart.title')}
      head={[t('overview:chart.day'), ...series.map(({ label }) => label), t('charts:total')]}
      rows={answer.days.map((day, column) => ({
        key: day,
        label: dayText(day, formats, 'weekday'),
        cells: cellsOf(column),
      }))}
      foot={[...foot, all]}
      footLabel={t('charts:total')}
    />
  );
}

/** Conversations that the AI started, a bar a day, stacked (O1); every bar opens its rows. */
export function VolumeChart({ answer }: { readonly answer: OverviewAnswer }) {
  const { t, labels, formats } = useText();
  const { drill } = useScreenActions();
  const series = stackSeries(answer, { t, labels });
  return (
    <ChartFrame
      title={t('overview:chart.title')}
      about={t('overview:chart.about')}
      controls={<GroupTabs group={answer.group} />}
      table={<VolumeTable answer={answer} series={series} />}
    >
      {(showTable) => (
        <StackedBars
          label={t('overview:chart.title')}
          series={series}
          named={namedSeries(series)}
          columns={answer.days.map((day, column) => ({
            key: day,
            label: dayText(day, formats, 'weekday'),
            tick: dayText(day, formats, 'dayMonth'),
            parts: series.map(({ counts }) => counts[column] ?? 0),
          }))}
          onOpen={(place) => {
            const behind = barDrill(answer, series, place);
            if (behind === null) showTable();
            else drill(behind);
          }}
          onOpenSeries={(index) => {
            const behind = series[index]?.drill ?? null;
            if (behind === null) showTable();
            else drill(behind);
          }}
          onMore={showTable}
        />
      )}
    </ChartFrame>
  );
}
