import type { Queue } from '../../../src/protocol/rpc/list.ts';
import { useDeskClient } from '../engine/engine-provider.tsx';
import { useDeskQuery } from '../engine/use-desk-query.ts';
import { useTurns } from '../features/actions/use-change.ts';
import { useTimingCommand } from '../features/timings/use-timing-command.ts';
import type { CommandId } from '../keyboard/commands.ts';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import type { CommandHandler } from '../keyboard/registry.ts';
import { useLayoutMode } from './layout-mode.ts';
import { cyclePane, focusPane } from './panes.ts';
import { usePreferenceStore, useScreen, useScreenActions } from './stores.tsx';

const QUEUE_COMMANDS: readonly (readonly [CommandId, Queue])[] = [
  ['go.inbox', 'inbox'],
  ['go.mine', 'mine'],
  ['go.unassigned', 'unassigned'],
  ['go.unread', 'unread'],
  ['go.snoozed', 'snoozed'],
  ['go.closed', 'closed'],
  ['go.withAi', 'withAi'],
  ['go.all', 'all'],
];

/** From the conversation to the list beside it; from there, to the queue that was left for a search or the like. */
function useWayBack(): CommandHandler {
  const { back, goTo, search } = useScreenActions();
  const place = useScreen((screen) => screen.place);
  const stacked = useScreen((screen) => screen.stacked);
  return {
    run: () => {
      if (stacked === 'thread' || place === 'queue') back();
      else if (place === 'search') search('');
      else goTo('queue');
      focusPane(document, 'list');
    },
  };
}

/** Undo and redo, while there is something to take back or to do again. */
function useTurnCommands(): Readonly<Record<'app.undo' | 'app.redo', CommandHandler>> {
  const { data: actions } = useDeskQuery('undo.list', {});
  const { undo, redo } = useTurns();
  return {
    'app.undo': {
      run: () => void undo(),
      enabled: actions === undefined || actions.some((item) => !item.undone),
      why: 'palette:unavailable.nothingToUndo',
    },
    'app.redo': {
      run: () => void redo(),
      enabled: actions === undefined || actions.some((item) => item.redo === 'next'),
      why: 'palette:unavailable.nothingToRedo',
    },
  };
}

/** The commands of the window itself; those of lists and conversations belong to their features. Shows nothing. */
export function AppCommands(): null {
  const client = useDeskClient();
  const actions = useScreenActions();
  const preferences = usePreferenceStore();
  const mode = useLayoutMode();
  const overlay = useScreen((screen) => screen.overlay);
  const openId = useScreen((screen) => screen.openId);
  const profileOver = useScreen((screen) => screen.profileOver);
  const { data: status } = useDeskQuery('sync.status', {});
  const turns = useTurnCommands();
  const beside = mode === 'full' || mode === 'folded';

  const toList = (run: () => void): CommandHandler => ({
    run: () => {
      run();
      focusPane(document, 'list');
    },
  });
  const queues = Object.fromEntries(
    QUEUE_COMMANDS.map(([id, queue]) => [id, toList(() => actions.goToQueue(queue))]),
  );
  const toggle = (name: 'palette' | 'shortcuts'): CommandHandler => ({
    run: () => actions.show(overlay === name ? null : name),
  });
  // A lost line is told by the status bar, not by each command.
  const call = (run: () => Promise<unknown>): CommandHandler => ({
    run: () => void run().catch(() => undefined),
  });
  const wayBack = useWayBack();
  const timings = useTimingCommand();
  const offline = status?.workspace === 'offlineByChoice';
  useCommands({
    ...queues,
    'list.back': wayBack,
    'conversation.timings': timings,
    'go.review': toList(() => actions.goTo('review')),
    'go.overview': toList(() => actions.goTo('overview')),
    'go.csat': toList(() => actions.goTo('csat')),
    'go.events': toList(() => actions.goTo('events')),
    'go.segments': toList(() => actions.goTo('segments')),
    'go.outbox': toList(() => actions.goTo('outbox')),
    'go.activity': toList(() => actions.goTo('activity')),
    'app.palette': toggle('palette'),
    // The palette searches messages; a list of results that is mounted later takes this over.
    'app.search': toggle('palette'),
    'app.shortcuts': toggle('shortcuts'),
    'app.settings': toList(() => actions.goTo('settings')),
    'app.nextPane': { run: () => cyclePane(document, document.activeElement, 1) },
    'app.previousPane': { run: () => cyclePane(document, document.activeElement, -1) },
    'app.toggleSidebar': {
      run: () => preferences.set({ sidebarCollapsed: !preferences.getState().sidebarCollapsed }),
      enabled: mode === 'full',
    },
    'app.toggleProfile': {
      run: () => {
        if (beside) preferences.set({ profileShown: !preferences.getState().profileShown });
        else actions.setProfileOver(!profileOver);
      },
      enabled: openId !== null,
      why: 'palette:unavailable.noConversation',
    },
    ...turns,
    'app.themeSystem': { run: () => preferences.set({ theme: 'system' }) },
    'app.themeLight': { run: () => preferences.set({ theme: 'light' }) },
    'app.themeDark': { run: () => preferences.set({ theme: 'dark' }) },
    'app.syncNow': call(() => client.call('sync.now', {})),
    'app.toggleOffline': call(() => client.call('sync.setOffline', { offline: !offline })),
  });
  // Escape puts the profile away before it leaves the conversation.
  useCommands(profileOver && !beside ? { 'list.back': { run: () => actions.setProfileOver(false) } } : {}, 1);
  return null;
}
