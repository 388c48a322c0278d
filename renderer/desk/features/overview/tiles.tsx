import type { OverviewAnswer, OverviewFigures, Rate } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { FigureTile } from '../insight/figure-tile.tsx';
import { type Change, changeText, countChange, ofText, rateChange, rateText } from '../insight/rates.ts';
import { moneyLines, salesText } from './sales-text.ts';
import css from './overview.module.css';

type FigureName = 'totalVolume' | 'resolvedByAi' | 'notResolvedByAi' | 'sales';

/** A figure of the overview by its name, with how it was in the period before. */
function Tile(props: {
  readonly figure: FigureName;
  readonly value: string;
  readonly made: string;
  readonly change: string;
  readonly before: string;
  readonly openLabel: string;
  readonly onOpen: (() => void) | null;
  readonly more?: readonly string[];
}) {
  const { t } = useText();
  const { figure, value, made, more, onOpen } = props;
  return (
    <FigureTile
      className={css.tile}
      name={t(`overview:figure.${figure}`)}
      define={t(`overview:define.${figure}`)}
      value={value}
      open={onOpen === null ? null : { label: props.openLabel, run: onOpen }}
      {...(more === undefined ? {} : { more })}
      made={made}
      note={
        <>
          <strong>{props.change}</strong> {props.before}
        </>
      }
    />
  );
}

function useBefore(): (value: string) => string {
  const { t } = useText();
  return (value) => t('insight:change.before', { value });
}

function RateTile(props: {
  readonly answer: OverviewAnswer;
  readonly figure: 'resolvedByAi' | 'notResolvedByAi';
}) {
  const { answer, figure } = props;
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const before = useBefore();
  const rate: Rate = answer.figures[figure];
  const former: Rate = answer.before[figure];
  const change: Change = rateChange(rate, former);
  return (
    <Tile
      figure={figure}
      value={rateText(rate, formats)}
      made={ofText(rate, t, formats)}
      change={changeText(change, 'points', t, formats)}
      before={before(`${rateText(former, formats)} (${ofText(former, t, formats)})`)}
      openLabel={t('overview:open', { count: rate.numerator })}
      onOpen={rate.numerator === 0 ? null : () => drill(answer.drills[figure])}
    />
  );
}

function VolumeTile({ answer }: { readonly answer: OverviewAnswer }) {
  const { t, formats } = useText();
  const { drill } = useScreenActions();
  const before = useBefore();
  const { totalVolume } = answer.figures;
  const former = answer.before.totalVolume;
  return (
    <Tile
      figure="totalVolume"
      value={formats.number(totalVolume)}
      made={t('overview:made.totalVolume')}
      change={changeText(countChange(totalVolume, former), 'share', t, formats)}
      before={before(formats.number(former))}
      openLabel={t('overview:open', { count: totalVolume })}
      onOpen={totalVolume === 0 ? null : () => drill(answer.drills.totalVolume)}
    />
  );
}

/** One currency may be compared with its former amount; several may not be added. */
function salesChange(figures: OverviewFigures, before: OverviewFigures): Change {
  const [only, ...others] = figures.sales;
  const former = before.sales.find(({ currency }) => currency === only?.currency);
  if (only === undefined || others.length > 0) return { direction: 'unknown', by: 0 };
  return countChange(only.valueMinor, former?.valueMinor ?? 0);
}

function SalesTile({ answer, onOrders }: { readonly answer: OverviewAnswer; readonly onOrders: () => void }) {
  const { t, formats } = useText();
  const before = useBefore();
  const { sales } = answer.figures;
  const [first, ...more] = moneyLines(sales, formats);
  const change = salesChange(answer.figures, answer.before);
  const orders = sales.reduce((sum, money) => sum + money.orders, 0);
  return (
    <Tile
      figure="sales"
      value={first ?? '–'}
      more={more}
      made={t('overview:made.sales', { count: orders })}
      change={change.direction === 'unknown' ? '' : changeText(change, 'share', t, formats)}
      before={before(salesText(answer.before.sales, formats))}
      openLabel={t('overview:openOrders', { count: orders })}
      onOpen={orders === 0 ? null : onOrders}
    />
  );
}

/** The four figures (O3), each over whole conversations. */
export function Tiles(props: { readonly answer: OverviewAnswer; readonly onOrders: () => void }) {
  const { answer } = props;
  return (
    <div className={css.tiles}>
      <VolumeTile answer={answer} />
      <RateTile answer={answer} figure="resolvedByAi" />
      <RateTile answer={answer} figure="notResolvedByAi" />
      <SalesTile answer={answer} onOrders={props.onOrders} />
    </div>
  );
}
