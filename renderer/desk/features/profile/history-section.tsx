import type { ListRow } from '../../../../src/protocol/rpc/list.ts';
import type { ThreadView } from '../../../../src/protocol/rpc/thread.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { OthersPart } from '../scope/part-line.tsx';
import { useHeld } from '../scope/use-held.ts';
import { ProductLink } from '../thread/handoff-card.tsx';
import { Section } from './field.tsx';
import css from './profile.module.css';

/** What the AI recommended, clicked or not, and what the customer ordered. */
export function ShopSections({ view }: { readonly view: ThreadView }) {
  const { t, formats } = useText();
  const now = useNow();
  return (
    <>
      {view.products.length > 0 && (
        <Section title={t('profile:products')}>
          <ul className={css.rows}>
            {view.products.map((product) => (
              <li key={product.productId}>
                <ProductLink product={product} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('profile:orders')}>
        {view.orders.length === 0 && <p className={css.quiet}>{t('profile:orders.none')}</p>}
        <ul className={css.rows}>
          {view.orders.map(({ id, at, valueMinor, currency }) => (
            <li key={id} className={css.row}>
              <bdi>{id}</bdi>
              <span>{formats.money(valueMinor, currency)}</span>
              <time className={css.quiet} title={formats.full(at)}>
                {formats.dateTime(at, now)}
              </time>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Other({ row }: { readonly row: ListRow }) {
  const { labels, formats } = useText();
  const now = useNow();
  const { open } = useScreenActions();
  const at = row.lastMessageAt ?? row.startedAt;
  const state = row.humanState === null ? labels.aiOutcome(row.aiOutcome) : labels.humanState(row.humanState);
  return (
    <button type="button" className={css.other} onClick={() => open(row.id)}>
      <span className={css.row}>
        <span>{state}</span>
        <time className={css.quiet} title={formats.full(at)}>
          {formats.dateTime(at, now)}
        </time>
      </span>
      <span className={css.preview} dir="auto">
        {row.firstQuestion ?? row.lastMessagePreview}
      </span>
    </button>
  );
}

/** The same customer's other conversations, opened by a click; where some may be missing here, that is said (Y9). */
export function HistorySection({ rows }: { readonly rows: readonly ListRow[] }) {
  const { t } = useText();
  const { since } = useHeld();
  return (
    <Section title={t('profile:history')}>
      {rows.length === 0 && since === null && <p className={css.quiet}>{t('profile:history.none')}</p>}
      <ul hidden={rows.length === 0}>
        {rows.map((row) => (
          <li key={row.id}>
            <Other row={row} />
          </li>
        ))}
      </ul>
      <OthersPart />
    </Section>
  );
}
