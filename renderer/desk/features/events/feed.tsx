import { useState } from 'react';
import type { FeedItem, FeedMetric } from '../../../../src/protocol/rpc/insight.ts';
import { useNow } from '../../app/clock.tsx';
import { useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { ChannelGlyph } from '../../ui/glyphs.tsx';
import { Failed, Waiting } from '../insight/page-frame.tsx';
import { WhyEmptyState } from '../insight/why-empty.tsx';
import css from './events.module.css';

const PAGE = 100;

/** What a data point carries besides who and when, each with its name (K1–K4). */
function useProperties(item: FeedItem): readonly (readonly [string, string])[] {
  const { t, labels, formats } = useText();
  const reason = labels.reason(item.reasonCode) ?? item.reason;
  const value = item.valueMinor === null ? null : formats.money(item.valueMinor, item.currency ?? '');
  const products = item.products.map(({ id, name }) => name ?? id).join(', ');
  const all: readonly (readonly [string, string | null])[] = [
    [t('events:property.value'), value],
    [t('events:property.skill'), item.skill],
    [t('events:property.reason'), reason],
    [t('events:property.products'), products === '' ? null : products],
    [t('events:property.tags'), item.tags.length === 0 ? null : item.tags.join(', ')],
  ];
  return all.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]));
}

function Point({ item, named }: { readonly item: FeedItem; readonly named: boolean }) {
  const { t, labels, formats } = useText();
  const now = useNow();
  const { open } = useScreenActions();
  const properties = useProperties(item);
  const { conversationId } = item;
  const who = labels.customer({
    name: item.customerName,
    email: item.customerEmail,
    phone: item.customerPhone,
  });
  return (
    <li className={css.point}>
      <time className={css.when} title={formats.full(item.at)}>
        {formats.dateTime(item.at, now)}
      </time>
      <span className={css.channel}>{item.channel !== null && <ChannelGlyph channel={item.channel} />}</span>
      <div>
        <div className={css.first}>
          {conversationId === null ? (
            <bdi className={css.who}>{who}</bdi>
          ) : (
            <Button
              small
              look="link"
              className={css.who}
              title={t('events:open')}
              onClick={() => open(conversationId)}
            >
              <bdi>{who}</bdi>
            </Button>
          )}
          {named && <span className={css.kind}>{t(`events:metric.${item.metric}`)}</span>}
        </div>
        {properties.length > 0 && (
          <dl className={css.properties}>
            {properties.map(([name, text]) => (
              <div key={name} className={css.property}>
                <dt>{name}</dt>
                <dd dir="auto">{text}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

interface PagesProps {
  readonly metric: FeedMetric | null;
  readonly after: string | null;
  readonly pages: number;
  readonly onMore: () => void;
}

/** A page of the feed and the older ones after it: each begins where the one before it ends now. */
function Pages({ metric, after, pages, onMore }: PagesProps) {
  const { t } = useText();
  const { data, error, refetch } = useDeskQuery(
    'insight.activity',
    { metric, after, limit: PAGE },
    { keep: true },
  );
  if (data === undefined)
    return error === null ? <Waiting /> : <Failed error={error} onRetry={() => void refetch()} />;
  if (after === null && data.items.length === 0 && data.empty !== null) {
    return <WhyEmptyState why={data.empty} onRefresh={() => void refetch()} />;
  }
  return (
    <>
      <ul aria-label={t('events:feed')}>
        {data.items.map((item) => (
          <Point key={item.key} item={item} named={metric === null} />
        ))}
      </ul>
      {data.next !== null && pages > 1 && (
        <Pages metric={metric} after={data.next} pages={pages - 1} onMore={onMore} />
      )}
      {data.next !== null && pages === 1 && (
        <div className={css.more}>
          <Button small onClick={onMore}>
            {t('events:more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** The latest data points of a metric, newest first; new ones come in by themselves. */
export function Feed({ metric }: { readonly metric: FeedMetric | null }) {
  const [pages, setPages] = useState(1);
  return (
    <div>
      <Pages metric={metric} after={null} pages={pages} onMore={() => setPages(pages + 1)} />
    </div>
  );
}
