import type { OverviewAnswer, OverviewFigures, Rate } from '../../../../src/protocol/rpc/insight.ts';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Definition } from '../insight/definition.tsx';
import { type Change, changeText, countChange, ofText, rateChange, rateText } from '../insight/rates.ts';
import { moneyLines, salesText } from './sales-text.ts';
import css from './overview.module.css';

type FigureName = 'totalVolume' | 'resolvedByAi' | 'notResolvedByAi' | 'sales';

/** One figure: what it is, the number that opens its rows, what it is made of, how it was before. */
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
  const name = t(`overview:figure.${props.figure}`);
  return (
    <div className={css.tile} role="group" aria-label={name}>
      <div className={css.tileHead}>
        <h2 className={css.tileName}>{name}</h2>
        <Definition name={name}>{t(`overview:define.${props.figure}`)}</Definition>
      </div>
      {props.onOpen === null ? (
        <span className={css.value}>{props.value}</span>
      ) : (
        <button
          type="button"
          className={css.value}
          aria-label={`${name}: ${props.value}. ${props.openLabel}`}
          title={props.openLabel}
          onClick={props.onOpen}
        >
          {props.value}
        </button>
      )}
      {props.more?.map((line) => (
        <span key={line} className={css.moreValue}>
          {line}
        </span>
      ))}
      <span className={css.made}>{props.made}</span>
      <span className={css.change}>
        <span className={css.changeBy}>{props.change}</span> <span>{props.before}</span>
      </span>
    </div>
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
