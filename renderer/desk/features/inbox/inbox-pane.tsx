import { useCallback, useMemo, useState } from 'react';
import { WIRE_ERROR_CODES, type WireErrorCode } from '../../../../src/protocol/errors.ts';
import type { ListQuery } from '../../../../src/protocol/rpc/list.ts';
import { useNow } from '../../app/clock.tsx';
import { focusPane } from '../../app/panes.ts';
import { usePreference, useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { FilterChips } from './filter-bar.tsx';
import { InboxEmpty } from './inbox-empty.tsx';
import css from './inbox-pane.module.css';
import { ListGrid } from './list-grid.tsx';
import { ListHead } from './list-head.tsx';
import { Row, rowElementId } from './list-row.tsx';
import { type OpenedList, useList, useListQuery } from './use-list.ts';
import { type Selection, useSelection } from './use-selection.ts';

/** The engine's code, or the one for what nobody foresaw. */
function asWireCode(code: string): WireErrorCode {
  return WIRE_ERROR_CODES.find((known) => known === code) ?? 'internal';
}

const ROW_HEIGHTS = { compact: 56, default: 64, comfortable: 76 } as const;
/** How many rows Page Up and Page Down go. */
const PAGE = 10;

function ChangedBar({ list }: { readonly list: OpenedList }) {
  const { t } = useText();
  const { changed } = list.state;
  if (changed === 0) return null;
  return (
    <div className={css.changed} role="status">
      <span>{t('inbox:changed', { count: changed })}</span>
      <Button small look="link" onClick={() => void list.view.refresh()}>
        {t('inbox:changed.action')} <Kbd command="list.refresh" />
      </Button>
    </div>
  );
}

function useListKeys(list: OpenedList, selection: Selection): void {
  const { back } = useScreenActions();
  const openId = useScreen((screen) => screen.openId);
  useCommands({
    'list.next': { run: () => selection.move(1) },
    'list.previous': { run: () => selection.move(-1) },
    'list.open': { run: () => (openId === null ? selection.moveTo(0) : void focusPane(document, 'thread')) },
    'list.back': {
      run: () => {
        back();
        focusPane(document, 'list');
      },
    },
    'list.refresh': { run: () => void list.view.refresh() },
  });
}

/** Keys of the grid itself, which mean something else elsewhere. */
function gridKey(key: string, selection: Selection, total: number): boolean {
  const moves: Record<string, () => void> = {
    Home: () => selection.moveTo(0),
    End: () => selection.moveTo(total - 1),
    PageDown: () => selection.move(PAGE),
    PageUp: () => selection.move(-PAGE),
  };
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  move?.();
  return move !== undefined;
}

function useAgentNames(): {
  readonly me: string | null;
  readonly nameOf: (id: string | null) => string | null;
} {
  const { data: info } = useDeskQuery('app.info', {});
  const names = useMemo(
    () => new Map<string, string>(info?.agents.map(({ id, name }) => [id, name]) ?? []),
    [info],
  );
  const nameOf = useCallback((id: string | null) => (id === null ? null : (names.get(id) ?? id)), [names]);
  return { me: info?.me.id ?? null, nameOf };
}

function Rows(props: {
  readonly list: OpenedList;
  readonly query: ListQuery;
  readonly selection: Selection;
  readonly onHand: (inside: boolean) => void;
}) {
  const { list, query, selection, onHand } = props;
  const { t } = useText();
  const now = useNow();
  const density = usePreference((preferences) => preferences.density);
  const openId = useScreen((screen) => screen.openId);
  const { me, nameOf } = useAgentNames();
  const { view, state } = list;
  const height = ROW_HEIGHTS[density];
  const { open } = selection;
  const look = useCallback((from: number, to: number) => view.look(from, to), [view]);
  return (
    <div className={css.rows}>
      <ListGrid
        label={t(`sidebar:queue.${query.queue}`)}
        total={state.total}
        columns={1}
        rowHeight={height}
        activeId={openId !== null && selection.index !== null ? rowElementId(openId) : null}
        reveal={selection.reveal}
        listKey={JSON.stringify(query)}
        onSight={look}
        onHand={onHand}
        onKeyDown={(event) => {
          if (gridKey(event.key, selection, state.total)) event.preventDefault();
        }}
        draw={({ index, top }) => {
          const row = view.rowAt(index);
          if (row === undefined)
            return (
              <div
                key={index}
                role="presentation"
                className={css.blank}
                style={{ transform: `translateY(${top}px)`, blockSize: height }}
              />
            );
          return (
            <Row
              key={row.id}
              row={row}
              index={index}
              top={top}
              height={height}
              selected={row.id === openId}
              me={me}
              assigneeName={nameOf(row.assigneeId)}
              now={now}
              onOpen={open}
            />
          );
        }}
      />
    </div>
  );
}

/** A queue as a list: its head, its filters, what changed since it was put in order, its rows. */
export function InboxPane() {
  const { t, labels } = useText();
  const query = useListQuery();
  const [hand, setHand] = useState(false);
  const list = useList(query, hand);
  const selection = useSelection(list);
  useListKeys(list, selection);
  const { state } = list;
  const isEmpty = !state.opening && state.total === 0;
  return (
    <div className={css.pane}>
      <ListHead query={query} total={state.opening ? null : state.total} />
      <FilterChips query={query} />
      <ChangedBar list={list} />
      {state.problem !== null && (
        <ErrorState
          what={labels.wireError(asWireCode(state.problem))}
          safe={t('errors:safe.outbox')}
          action={<Button onClick={() => list.view.show(query)}>{t('common:retry')}</Button>}
          code={state.problem}
        />
      )}
      {isEmpty && state.problem === null ? (
        <InboxEmpty query={query} />
      ) : (
        <Rows list={list} query={query} selection={selection} onHand={setHand} />
      )}
    </div>
  );
}
