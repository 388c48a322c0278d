import { useCallback, useMemo } from 'react';
import { linkTo } from '../../../../src/protocol/shell/links.ts';
import type { ViewScope } from '../../../../src/protocol/views.ts';
import type { SavedView } from '../../../../src/protocol/rpc/insight.ts';
import { usePreference, usePreferenceStore, useScreenActions } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCopy } from '../thread/use-copy.ts';
import { useListQuery } from '../inbox/use-list.ts';
import { useChange } from '../actions/use-change.ts';
import { newDocumentId } from '../insight/document-id.ts';
import { listHash, parseViewText, sameList, type ViewContent, viewHash, viewText } from './view-query.ts';

export interface OpenableView extends SavedView {
  readonly content: ViewContent;
}

/** The saved views that this version can show, by position: the team's, then mine. */
export function useViews(): readonly OpenableView[] {
  const { data } = useDeskQuery('insight.views', {});
  return useMemo(
    () =>
      (data ?? []).flatMap((view) => {
        const content = parseViewText(view.query);
        return content === null ? [] : [{ ...view, content }];
      }),
    [data],
  );
}

/** Shows a list as it was saved or linked. */
export function useShowContent(): (content: ViewContent) => void {
  const { showList } = useScreenActions();
  const preferences = usePreferenceStore();
  return useCallback(
    ({ list, mode }) => {
      preferences.set({ listMode: mode });
      showList(list);
    },
    [preferences, showList],
  );
}

/** What the list shows now. */
export function useContent(): ViewContent {
  const list = useListQuery();
  const mode = usePreference((preferences) => preferences.listMode);
  return useMemo(() => ({ list, mode }), [list, mode]);
}

/** The saved view that the list is now; null when it is none. */
export function useCurrentView(): OpenableView | null {
  const views = useViews();
  const { list } = useContent();
  return views.find(({ content }) => sameList(content.list, list)) ?? null;
}

export interface ViewChanges {
  save(name: string, scope: ViewScope): Promise<boolean>;
  remove(view: SavedView): void;
  /** Puts a link on the clipboard that shows this list to a colleague. */
  copyLink(): void;
}

/** What can be done with the list as a view. */
export function useViewChanges(): ViewChanges {
  const change = useChange();
  const copy = useCopy();
  const views = useViews();
  const content = useContent();
  const current = useCurrentView();
  return {
    save: (name, scope) =>
      change('view.save', {
        scope,
        id: newDocumentId(),
        view: {
          name,
          query: viewText(content),
          position: views.filter((view) => view.scope === scope).length,
        },
      }),
    remove: ({ scope, id }) => void change('view.delete', { scope, id }),
    copyLink: () => {
      const shared = current?.scope === 'team' ? viewHash(current.id) : listHash(content);
      copy(linkTo(window.location.href, shared));
    },
  };
}

/** A view's name, with whose it is. */
export function useViewTitle(): (view: SavedView) => string {
  const { t } = useText();
  return ({ name, scope }) => t(`views:title.${scope}`, { name });
}
