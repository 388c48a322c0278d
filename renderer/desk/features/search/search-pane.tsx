import { useEffect, useRef, useState } from 'react';
import type { SearchHit, SearchResult } from '../../../../src/protocol/rpc/status.ts';
import { focusPane } from '../../app/panes.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { SearchedPart } from '../scope/part-line.tsx';
import { wireCodeOf } from '../actions/use-change.ts';
import { HitRow, hitElementId } from './hit-row.tsx';
import css from './search.module.css';

const PAGE = 50;
/** As many as one answer of the engine holds. */
const MOST = 500;

interface Hits {
  readonly chosen: number;
  open(index: number): void;
}

/** Which hit is shown, by its message: the list may grow around it. */
function useHits(hits: readonly SearchHit[]): Hits {
  const { open } = useScreenActions();
  const openMessageId = useScreen((screen) => screen.openMessageId);
  const chosen = hits.findIndex(({ messageId }) => messageId === openMessageId);
  const openAt = (wanted: number): void => {
    const hit = hits[Math.min(Math.max(wanted, 0), hits.length - 1)];
    if (hit === undefined) return;
    open(hit.conversationId, hit.messageId);
    document.getElementById(hitElementId(hit.messageId))?.scrollIntoView({ block: 'nearest' });
  };
  useCommands({
    'list.next': { run: () => openAt(chosen + 1), enabled: hits.length > 0 },
    'list.previous': { run: () => openAt(Math.max(chosen - 1, 0)), enabled: hits.length > 0 },
    'list.open': {
      run: () => (chosen === -1 ? openAt(0) : void focusPane(document, 'thread')),
      enabled: hits.length > 0,
    },
  });
  return { chosen, open: openAt };
}

/** How many were found, and in how many messages was looked. */
function Scope({ result }: { readonly result: SearchResult }) {
  const { t, formats } = useText();
  const { indexed, total } = result.scope;
  const scope = t('inbox:search.scope', { indexed: formats.number(indexed), total: formats.number(total) });
  return (
    <p className={css.scope} role="status">
      {result.next === null && t('inbox:search.results', { count: result.hits.length })}
      {result.next === null && ' · '}
      {scope}
    </p>
  );
}

function Found({ result, onMore }: { readonly result: SearchResult; readonly onMore: (() => void) | null }) {
  const { t } = useText();
  const hits = useHits(result.hits);
  const chosen = result.hits[hits.chosen];
  return (
    <div className={css.hits}>
      <div
        role="listbox"
        tabIndex={0}
        data-pane-focus
        aria-label={t('inbox:search.label')}
        aria-activedescendant={chosen === undefined ? undefined : hitElementId(chosen.messageId)}
        className={css.list}
      >
        {result.hits.map((hit, index) => (
          <HitRow
            key={hit.messageId}
            hit={hit}
            selected={index === hits.chosen}
            onOpen={() => hits.open(index)}
          />
        ))}
      </div>
      {onMore !== null && (
        <div className={css.more}>
          <Button small onClick={onMore}>
            {t('inbox:search.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The messages that hold the words searched for, newest first; a hit opens its conversation at that message. */
export function SearchPane() {
  const { t, labels } = useText();
  const { search } = useScreenActions();
  const text = useScreen((screen) => screen.searchText);
  const [limit, setLimit] = useState(PAGE);
  const searched = useRef(text);
  useEffect(() => {
    if (searched.current !== text) setLimit(PAGE);
    searched.current = text;
  }, [text]);
  const { data, error, refetch } = useDeskQuery(
    'search.messages',
    { text, after: null, limit },
    { enabled: text !== '', keep: true },
  );
  if (error !== null) {
    const code = wireCodeOf(error);
    return (
      <ErrorState
        what={labels.wireError(code)}
        action={<Button onClick={() => void refetch()}>{t('common:retry')}</Button>}
        code={code}
      />
    );
  }
  if (data === undefined) return null;
  const more = data.next !== null && limit < MOST;
  return (
    <div className={css.pane}>
      <Scope result={data} />
      <SearchedPart />
      {data.hits.length === 0 ? (
        <EmptyState action={<Button onClick={() => search('')}>{t('inbox:search.clear')}</Button>}>
          {t('inbox:search.empty', { text })}
        </EmptyState>
      ) : (
        <Found result={data} onMore={more ? () => setLimit((now) => Math.min(now + PAGE * 2, MOST)) : null} />
      )}
    </div>
  );
}
