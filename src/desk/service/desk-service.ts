import { asId, type ConversationId } from '../../base/ids.ts';
import { epochMillis } from '../../base/time.ts';
import type { Agent } from '../../domain/model.ts';
import type { Answer, DeskContract, Invalidation } from '../../protocol/rpc/contract.ts';
import { type Handlers, WireFailure } from '../../protocol/rpc/handlers.ts';
import type { AppInfo, Saved, SyncStatus } from '../../protocol/rpc/status.ts';
import type { DeskCore } from '../desk-core.ts';
import { readRow } from '../replica/row-sql.ts';
import type { NetworkFact } from '../sync/network.ts';
import type { LinkStatus } from '../sync/sync-loop.ts';
import { type CommandDeps, mutate, recall, resend, turned, turnOf, undoItems } from './commands.ts';
import { type ExportsDeps, exportsHandlers } from './exports-handlers.ts';
import { fieldsHandlers } from './fields-handlers.ts';
import type { Insight } from '../insight/insight.ts';
import { insightHandlers } from './insight-handlers.ts';
import { type AskWho, naming } from './in-the-way.ts';
import type { ListService } from './lists.ts';
import { mergedLists, outboxItems, waitingEntries } from './outgoing-view.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { HeldLists } from '../scope/held-lists.ts';
import { figureGuard, scopeHandlers } from './scope-handlers.ts';
import { surveysHandlers } from './surveys-handlers.ts';
import { agentOf, agentsOf, customerOf } from './thread-query.ts';
import { earlierMessages, openThread, type ThreadDeps } from './thread-view.ts';
import { TimingsReader } from './timings-query.ts';

/** What a service needs of the loop that keeps it in step. */
export interface LinkControl {
  status(): LinkStatus;
  kick(): void;
  setOffline(offline: boolean): void;
  /** Finds out at once how things stand. */
  renew(): void;
  readonly who: AskWho;
}

export interface DeskServiceDeps {
  readonly core: DeskCore;
  readonly lists: ListService;
  readonly link: LinkControl;
  /** What this build and this data are. */
  readonly app: Pick<AppInfo, 'version' | 'workspace' | 'sample'>;
  /** Whether the machine has a network at all. */
  readonly network: NetworkFact;
  /** What was damaged at the start. */
  readonly mended: SyncStatus['mended'];
  /** Puts the sample workspace back as it was; the host's part, since it closes this desk. */
  readonly resetSample: () => Promise<void>;
  readonly tell: (invalidation: Invalidation) => void;
  readonly exports: ExportsDeps;
  readonly insight: Insight;
}

/** Answers the desk's contract. Inputs are checked already; expected failures are `WireFailure`s or answers. */
export function deskHandlers(deps: DeskServiceDeps): Handlers<DeskContract> {
  return {
    ...appHandlers(deps),
    ...listHandlers(deps),
    ...threadHandlers(deps),
    ...workHandlers(deps),
    ...exportsHandlers(deps.exports),
    ...fieldsHandlers(deps),
    ...surveysHandlers(deps),
    ...settingsHandlers(deps),
    ...insightHandlers(deps.insight, figureGuard(deps)),
    ...scopeHandlers(deps),
  };
}

type Some<Prefix extends string> = Pick<
  Handlers<DeskContract>,
  Extract<keyof DeskContract, `${Prefix}.${string}`>
>;

function appHandlers(deps: DeskServiceDeps): Some<'app' | 'sample' | 'sync'> {
  const { core, link } = deps;
  const { db } = core.replica;
  return {
    'app.start': () => ({ state: 'running' }),
    'app.restart': () => ({ state: 'running' }),
    'app.info': () => ({
      ...deps.app,
      me: meOf(core),
      agents: agentsOf(db),
      preferences: core.outbox.preferences.all(),
    }),
    'app.setPreference': ({ key, value }) => {
      core.outbox.preferences.put(key, value);
      deps.tell({ topic: 'info', ids: null });
      return null;
    },
    'sample.reset': async () => {
      if (!deps.app.sample) return new WireFailure({ type: 'forbidden' });
      await deps.resetSample();
      return null;
    },
    'sync.status': () => statusOf(deps),
    'sync.now': () => {
      link.kick();
      return null;
    },
    'sync.setOffline': ({ offline }) => {
      link.setOffline(offline);
      return null;
    },
    'sync.network': ({ online }) => {
      heardOfNetwork(deps, online);
      return null;
    },
  };
}

/** Who works here. A desk that is new, or built anew away from its workspace, has not heard who: nobody, with the least rights. */
function meOf({ replica }: DeskServiceDeps['core']): Agent {
  const { agentId } = replica.state();
  if (agentId === null) return agentOf(replica.db, asId<'AgentId'>(''));
  return { ...agentOf(replica.db, agentId), role: replica.frame().actor.role };
}

/** What a screen or the shell knows of the network: said at once, and the way to the workspace is looked for anew (Y8). */
export function heardOfNetwork(
  { network, link, tell }: Pick<DeskServiceDeps, 'network' | 'link' | 'tell'>,
  online: boolean,
): void {
  if (!network.hear(online)) return;
  tell({ topic: 'status', ids: null });
  link.renew();
}

/** The three separate facts of the status bar, and what is under way. */
export function statusOf({ core, link, lists, network, mended }: DeskServiceDeps): SyncStatus {
  const { lastSyncAt, clockOffset } = core.replica.state();
  const { workspace, problem, since } = link.status();
  return {
    network: network.now(),
    workspace,
    problem,
    since: epochMillis(since + clockOffset),
    mended,
    lastSyncAt,
    pending: waitingEntries(core).length,
    needsAttention: core.outbox.attention().length,
    bootstrap: core.progress(),
    indexing: lists.indexing(),
  };
}

function listHandlers({ lists, core }: DeskServiceDeps): Some<'list' | 'search'> {
  const unknownView = (): WireFailure => new WireFailure({ type: 'notFound', path: 'viewId' });
  const held = new HeldLists(core);
  return {
    'list.open': ({ query, columns, limit }) => held.opened(query, lists.open(query, limit, columns)),
    'list.rows': ({ viewId, offset, limit }) => lists.rows(viewId, offset, limit) ?? unknownView(),
    'list.refresh': ({ viewId, offset, limit }) => {
      const list = lists.refresh(viewId, offset ?? 0, limit);
      return list === null ? unknownView() : held.said(list);
    },
    'list.locate': ({ viewId, conversationId }) => ({
      index: lists.locate(viewId, asId<'ConversationId'>(conversationId)),
    }),
    'list.close': ({ viewId }) => {
      lists.close(viewId);
      held.closed(viewId);
      return null;
    },
    'list.facets': ({ query }) => lists.facets(query),
    'search.messages': ({ text, after, limit }) => lists.search(text, after, limit),
  };
}

function threadHandlers({ core, lists, link, tell }: DeskServiceDeps): Some<'thread' | 'draft' | 'timings'> {
  const deps: ThreadDeps = { core, lists, link: () => link.status().workspace };
  const timings = new TimingsReader(core.replica.db);
  return {
    'thread.open': ({ conversationId, limit }) =>
      openThread(deps, asId<'ConversationId'>(conversationId), limit),
    'thread.earlier': ({ conversationId, beforeAt, beforeId, limit }) =>
      earlierMessages(deps, asId<'ConversationId'>(conversationId), { at: beforeAt, id: beforeId }, limit),
    'thread.timings': ({ conversationId }) =>
      timings.read(asId<'ConversationId'>(conversationId), core.now()),
    'timings.settings': () => timings.settings(),
    'draft.put': ({ conversationId, kind, text }) => {
      const id = asId<'ConversationId'>(conversationId);
      const had = core.outbox.drafts.has(id);
      core.outbox.drafts.put(id, kind, text, core.now());
      // The writer's own screen knows its text; lists show only whether there is one.
      if (core.outbox.drafts.has(id) !== had) tell({ topic: 'list', ids: [id] });
      return null;
    },
  };
}

function workHandlers({
  core,
  link,
}: DeskServiceDeps): Some<'outbox' | 'undo'> & Pick<Handlers<DeskContract>, 'mutate'> {
  const deps: CommandDeps = { core, link: () => link.status().workspace, kick: () => link.kick() };
  const customerName = (id: ConversationId | null): string | null => {
    const conversation = id === null ? null : readRow(core.replica.db, 'conversation', [id]);
    return conversation === null ? null : customerOf(core.replica.db, conversation.customerId).name;
  };
  const turning = (mid: number | undefined, undone: boolean): Answer<Saved> | Promise<Answer<Saved>> => {
    const turn = turnOf(core, mid, undone);
    return naming(core, (call) => link.who(call), turn.ok ? turn.value : null, turned(deps, turn));
  };
  return {
    mutate: ({ name, args }) => mutate(deps, { name, args }),
    'undo.list': () => undoItems(core, customerName),
    'undo.apply': ({ mid }) => turning(mid, false),
    'undo.redo': ({ mid }) => turning(mid, true),
    'outbox.list': () => outboxItems(core, customerName),
    'outbox.merged': () => mergedLists(core, customerName),
    'outbox.mergedRead': ({ mid }) => {
      core.forgetMerge(mid);
      return null;
    },
    'outbox.recall': ({ mid }) => ({ recalled: recall(deps, mid) }),
    'outbox.resend': ({ mid, text }) => resend(deps, mid, text),
    'outbox.dismiss': ({ mid }) => {
      core.dismiss(mid);
      return null;
    },
  };
}
