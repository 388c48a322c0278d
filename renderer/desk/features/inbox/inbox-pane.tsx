import { useCallback, useEffect, useState } from 'react';
import { WIRE_ERROR_CODES, type WireErrorCode } from '../../../../src/protocol/errors.ts';
import { useNow } from '../../app/clock.tsx';
import { focusPane } from '../../app/panes.ts';
import type { ListMode } from '../../app/preferences.ts';
import { usePreference, usePreferenceStore, useScreen, useScreenActions } from '../../app/stores.tsx';
import { useTurns } from '../../app/use-turns.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState, WaitingState } from '../../ui/states.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { PartLine } from '../scope/part-line.tsx';
import { DrillChip } from '../insight/drill-chip.tsx';
import { FilterChips } from './filter-bar.tsx';
import { InboxEmpty } from './inbox-empty.tsx';
import css from './inbox-pane.module.css';
import { ListHead } from './list-head.tsx';
import { Row } from './list-row.tsx';
import { QueueGrid, type QueueProps } from './queue-grid.tsx';
import { ListTable } from './table/list-table.tsx';
import { useFieldColumns } from './table/use-field-columns.ts';
import { useAgentNames } from './use-agent-names.ts';
import { type OpenedList, useList, useListQuery } from './use-list.ts';
import { type Selection, useSelection } from './use-selection.ts';

/** The engine's code, or the one for what nobody foresaw. */
function asWireCode(code: string): WireErrorCode {
  return WIRE_ERROR_CODES.find((known) => known === code) ?? 'internal';
}

const ROW_HEIGHTS = { compact: 56, default: 64, comfortable: 76 } as const;

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
  const { back, open } = useScreenActions();
  const preferences = usePreferenceStore();
  const turns = useTurns();
  const openId = useScreen((screen) => screen.openId);
  useCommands({
    'list.next': { run: () => selection.move(1) },
    'list.previous': { run: () => selection.move(-1) },
    'list.open': {
      run: () => {
        if (openId === null) selection.moveTo(0);
        else if (turns === 'list') open(openId);
        else focusPane(document, 'thread');
      },
    },
    'list.back': {
      run: () => {
        back();
        focusPane(document, 'list');
      },
    },
    'list.refresh': { run: () => void list.view.refresh() },
    'list.toggleTable': {
      run: () => {
        const isTable = preferences.getState().listMode === 'table';
        preferences.set({ listMode: isTable ? 'split' : 'table' });
        back();
      },
    },
  });
}

function Rows(props: QueueProps) {
  const { view } = props.list;
  const now = useNow();
  const density = usePreference((preferences) => preferences.density);
  const { me, nameOf } = useAgentNames();
  const { open } = props.selection;
  const look = useCallback((from: number, to: number) => view.look(from, to), [view]);
  return (
    <QueueGrid
      {...props}
      columns={1}
      rowHeight={ROW_HEIGHTS[density]}
      onSight={look}
      rowAt={(index) => view.rowAt(index)}
      draw={(place) => (
        <Row
          key={place.row.id}
          {...place}
          me={me}
          assigneeName={nameOf(place.row.assigneeId)}
          now={now}
          onOpen={open}
        />
      )}
    />
  );
}

/** Another form of the list takes over the focus of the former one, and the place, which a hidden one loses too. */
function useKeptPlace(listMode: ListMode, { bringToSight }: Selection): void {
  const turns = useTurns();
  useEffect(() => {
    if (turns !== 'thread') bringToSight();
  }, [bringToSight, turns, listMode]);
  useEffect(() => {
    void listMode;
    if (document.activeElement === document.body) focusPane(document, 'list');
  }, [listMode]);
}

/** A queue as a list: its head, its filters, what changed since it was put in order, its rows. */
export function InboxPane() {
  const { t, labels } = useText();
  const query = useListQuery();
  const [hand, setHand] = useState(false);
  const columns = useFieldColumns();
  const list = useList(query, columns, hand);
  const selection = useSelection(list);
  useListKeys(list, selection);
  const { state } = list;
  const listMode = usePreference((preferences) => preferences.listMode);
  useKeptPlace(listMode, selection);
  const Lines = listMode === 'table' ? ListTable : Rows;
  const isBare = !state.opening && state.problem === null && state.total === 0;
  const isUnknown = state.opening || (isBare && !state.ready);
  const isPart = state.since !== null;
  return (
    <div className={css.pane}>
      <ListHead query={query} total={isPart || isUnknown ? null : state.total} />
      {isPart && <PartLine total={isUnknown ? null : state.total} />}
      <DrillChip />
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
      {/* A list that is not ready may be bare only because a column that it asks for is being read for the first time. */}
      {isBare && !state.ready && <WaitingState>{t('inbox:reading')}</WaitingState>}
      {isBare && state.ready ? (
        <InboxEmpty query={query} />
      ) : (
        <div className={css.rows}>
          <Lines list={list} query={query} selection={selection} onHand={setHand} />
        </div>
      )}
    </div>
  );
}
