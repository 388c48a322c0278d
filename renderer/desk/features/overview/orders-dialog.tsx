import { useState } from 'react';
import type { SaleRow } from '../../../../src/protocol/rpc/insight.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { rangeInput } from '../insight/days.ts';
import { Waiting } from '../insight/page-frame.tsx';
import css from './overview.module.css';

const PAGE = 100;

function Order({ sale, onOpen }: { readonly sale: SaleRow; readonly onOpen: () => void }) {
  const { t, formats, labels } = useText();
  const now = useNow();
  const who = labels.customer({ name: sale.customerName, email: null, phone: null });
  const product = sale.productName ?? sale.productId ?? t('common:unknown');
  return (
    <tr>
      <td>
        <time title={formats.full(sale.at)}>{formats.dateTime(sale.at, now)}</time>
      </td>
      <td className={css.number}>{formats.money(sale.valueMinor, sale.currency)}</td>
      <td dir="auto">{product}</td>
      <td>{t('overview:orders.after', { duration: formats.duration(sale.at - sale.clickedAt) })}</td>
      <td>
        <Button small look="link" aria-label={t('overview:orders.open', { name: who })} onClick={onOpen}>
          <bdi>{who}</bdi>
        </Button>
      </td>
    </tr>
  );
}

function Orders({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText();
  const { open } = useScreenActions();
  const range = useScreen((screen) => screen.insight.range);
  const [shown, setShown] = useState(PAGE);
  const { data } = useDeskQuery(
    'insight.sales',
    { ...rangeInput(range), offset: 0, limit: Math.min(500, shown) },
    { keep: true },
  );
  if (data === undefined) return <Waiting />;
  return (
    <>
      <table className={css.orders}>
        <thead>
          <tr>
            <th scope="col">{t('overview:orders.at')}</th>
            <th scope="col" className={css.number}>
              {t('overview:orders.value')}
            </th>
            <th scope="col">{t('overview:orders.product')}</th>
            <th scope="col">{t('overview:orders.click')}</th>
            <th scope="col">{t('overview:orders.conversation')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((sale) => (
            <Order
              key={sale.orderId}
              sale={sale}
              onOpen={() => {
                onDone();
                open(sale.conversationId);
              }}
            />
          ))}
        </tbody>
      </table>
      {data.rows.length < data.total && shown < 500 && (
        <Button small onClick={() => setShown(shown + PAGE)}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}

/** The orders behind the sales figure, each with the click it followed and its conversation (A1). */
export function OrdersDialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onRows: () => void;
}) {
  const { t } = useText();
  return (
    <Dialog
      wide
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={t('overview:orders.title')}
      actions={<Button onClick={props.onRows}>{t('overview:orders.rows')}</Button>}
    >
      <p className={css.ordersAbout}>{t('overview:define.sales')}</p>
      {props.open && <Orders onDone={props.onClose} />}
    </Dialog>
  );
}
