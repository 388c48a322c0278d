import { Download, Link } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ReviewAnswer } from '../../../../src/protocol/rpc/insight.ts';
import { MaybeBelowThread } from '../../app/below-thread.tsx';
import { useNow } from '../../app/clock.tsx';
import { focusPane } from '../../app/panes.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { gridKey } from '../inbox/list-keys.ts';
import { ListGrid } from '../inbox/list-grid.tsx';
import { Failed, Waiting } from '../insight/page-frame.tsx';
import { ReviewChips, ReviewFilter } from './review-filter.tsx';
import { ReviewResults } from './review-results.tsx';
import { ReviewLine, reviewRowId } from './review-row.tsx';
import { type ReviewWindow, useReviewWindow } from './review-window.ts';
import css from './review.module.css';
import { type ReviewSelection, useReviewKeys, useReviewSelection } from './use-review-selection.ts';
import { VerdictPanel } from './verdict-panel.tsx';

const ROW_HEIGHT = 68;
const NOTHING = (): void => undefined;
type Shown = 'queue' | 'results';

/** How far I am, and how far the team. */
function Progress({ progress }: { readonly progress: ReviewAnswer['progress'] }) {
  const { t, formats } = useText();
  const { mine, anyone, total } = progress;
  return (
    <div className={css.progress}>
      <progress className={css.bar} max={Math.max(1, total)} value={mine} aria-label={t('review:progress')} />
      <span className={css.progressText} title={t('review:progress.anyone', { count: anyone })}>
        {t('review:progress.of', { done: formats.number(mine), total: formats.number(total) })}
      </span>
    </div>
  );
}

function Queue(props: {
  readonly list: ReviewWindow;
  readonly answer: ReviewAnswer;
  readonly selection: ReviewSelection;
}) {
  const { list, answer, selection } = props;
  const { t } = useText();
  const now = useNow();
  const openId = useScreen((screen) => screen.openId);
  const filters = useScreen((screen) => screen.insight.review);
  const { setInsight } = useScreenActions();
  const { look } = list;
  const onSight = useCallback((from: number, to: number) => look(from, to), [look]);
  if (answer.total === 0) {
    const filtered = Object.keys(filters).length > 0;
    return (
      <EmptyState
        action={
          filtered && <Button onClick={() => setInsight({ review: {} })}>{t('review:filter.clear')}</Button>
        }
      >
        {t(filtered ? 'review:empty.filtered' : 'review:empty')}
      </EmptyState>
    );
  }
  return (
    <ListGrid
      label={t('sidebar:queue.review')}
      total={answer.total}
      columns={1}
      rowHeight={ROW_HEIGHT}
      activeId={openId === null ? null : reviewRowId(openId)}
      reveal={selection.reveal}
      listKey={JSON.stringify(filters)}
      onSight={onSight}
      onHand={NOTHING}
      onKeyDown={(event) => {
        if (gridKey(event.key, selection, answer.total)) event.preventDefault();
      }}
      draw={({ index, top }) => {
        const review = list.rowAt(index);
        if (review === undefined) return null;
        return (
          <ReviewLine
            key={review.row.id}
            review={review}
            index={index}
            top={top}
            height={ROW_HEIGHT}
            selected={review.row.id === openId}
            now={now}
            onOpen={selection.open}
          />
        );
      }}
    />
  );
}

/** The list comes after the place: it takes the focus that waits for it, so that keys go on. */
function useFocusOnArrival(isThere: boolean): void {
  useEffect(() => {
    if (isThere && document.activeElement?.matches('body, [data-pane="list"]') === true)
      focusPane(document, 'list');
  }, [isThere]);
}

/** Conversations that the AI did not resolve, to find where it needs training (O10). */
export function ReviewPane() {
  const { t } = useText();
  const list = useReviewWindow();
  const selection = useReviewSelection(list);
  useReviewKeys(list, selection);
  const [shown, setShown] = useState<Shown>('queue');
  const { answer } = list;
  useFocusOnArrival(answer !== undefined);
  const nextIndex = answer?.nextIndex ?? null;
  return (
    <div className={css.pane}>
      <div className={css.head}>
        <h1 className={css.title}>{t('sidebar:queue.review')}</h1>
        <ReviewFilter answer={answer} />
        <IconButton small icon={Link} name={t('review:copyLink')} command="list.copyLink" />
        <IconButton small icon={Download} name={t('exports:open')} command="app.export" />
      </div>
      {answer !== undefined && <Progress progress={answer.progress} />}
      <div className={css.tabs}>
        <Tabs<Shown>
          label={t('review:show')}
          value={shown}
          tabs={[
            { value: 'queue', label: t('review:show.queue') },
            { value: 'results', label: t('review:show.results') },
          ]}
          onChange={setShown}
        />
      </div>
      <ReviewChips />
      {answer === undefined && list.error === null && <Waiting />}
      {answer === undefined && list.error !== null && <Failed error={list.error} onRetry={list.retry} />}
      {answer !== undefined && shown === 'results' && (
        <ReviewResults answer={answer} onQueue={() => setShown('queue')} />
      )}
      {answer !== undefined && shown === 'queue' && (
        <div className={css.rows}>
          <Queue list={list} answer={answer} selection={selection} />
        </div>
      )}
      {shown === 'queue' && selection.current !== null && (
        <MaybeBelowThread>
          <VerdictPanel
            review={selection.current}
            onNext={nextIndex === null ? null : () => selection.moveTo(nextIndex)}
          />
        </MaybeBelowThread>
      )}
    </div>
  );
}
