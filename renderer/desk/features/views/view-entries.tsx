import { Bookmark, BookmarkCheck } from 'lucide-react';
import type { CommandId } from '../../keyboard/commands.ts';
import { focusPane } from '../../app/panes.ts';
import { useScreen } from '../../app/stores.tsx';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { useHeld, wholeCount } from '../scope/use-held.ts';
import { SidebarEntry } from '../sidebar/sidebar-entry.tsx';
import sidebarCss from '../sidebar/sidebar.module.css';
import { type OpenableView, useCurrentView, useShowContent, useViews, useViewTitle } from './use-views.ts';

/** The commands that show the views by position. */
const COMMANDS = [
  'go.view1',
  'go.view2',
  'go.view3',
  'go.view4',
  'go.view5',
  'go.view6',
  'go.view7',
  'go.view8',
  'go.view9',
] as const satisfies readonly CommandId[];

function Entry(props: {
  readonly view: OpenableView;
  readonly at: number;
  readonly current: boolean;
  readonly folded: boolean;
}) {
  const { view } = props;
  const show = useShowContent();
  const titleOf = useViewTitle();
  const command = COMMANDS[props.at];
  const held = useHeld();
  const { data: facets } = useDeskQuery('list.facets', { query: view.content.list });
  return (
    <SidebarEntry
      icon={view.scope === 'team' ? BookmarkCheck : Bookmark}
      label={view.name}
      hint={titleOf(view)}
      count={wholeCount(facets?.total ?? null, view.content.list, held)}
      current={props.current}
      folded={props.folded}
      {...(command === undefined ? {} : { command })}
      onSelect={() => show(view.content)}
    />
  );
}

function useViewKeys(views: readonly OpenableView[]): void {
  const show = useShowContent();
  const handlers = COMMANDS.flatMap((id, at) => {
    const view = views[at];
    if (view === undefined) return [];
    const run = (): void => {
      show(view.content);
      focusPane(document, 'list');
    };
    return [[id, { run }] as const];
  });
  useCommands(Object.fromEntries(handlers));
}

/** The team's saved views and mine, with how many conversations each holds now (O8). */
export function ViewEntries({ folded }: { readonly folded: boolean }) {
  const { t } = useText();
  const views = useViews();
  const current = useCurrentView();
  const place = useScreen((screen) => screen.place);
  useViewKeys(views);
  if (views.length === 0) return null;
  const title = t('sidebar:section.views');
  return (
    <section className={sidebarCss.section} aria-label={title}>
      {!folded && <h2 className={sidebarCss.title}>{title}</h2>}
      <ul className={sidebarCss.entries}>
        {views.map((view, at) => (
          <Entry
            key={`${view.scope}-${view.id}`}
            view={view}
            at={at}
            current={place === 'queue' && current?.id === view.id && current.scope === view.scope}
            folded={folded}
          />
        ))}
      </ul>
    </section>
  );
}
