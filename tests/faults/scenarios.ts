import path from 'node:path';
import { asId } from '../../src/base/ids.ts';
import { epochMillis } from '../../src/base/time.ts';
import { WIRE_VERSION } from '../../src/protocol/version.ts';
import { dataDirPaths } from '../../src/host/data-dir.ts';
import { makeEmpty, makeSample } from '../../src/host/prepare-data.ts';
import { lockDataDir } from '../../src/desk/store/data-dir-lock.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { CONVERSATIONS, customerSays, type House, ME, openHouse, openWorkspaceIn, START } from './house.ts';
import type { Line } from './ledger.ts';

/** From the folder a process is started in, since this may be part of a bundle: that of the repository. */
export const SAMPLE_DIR = path.resolve('resources/sample');
/** How many messages the sample holds follows the clock; at one moment it is one number. */
export const SAMPLE_AT = epochMillis(Date.UTC(2026, 8, 1, 12));
const DAY = 86_400_000;

export type Say = (line: Line) => void;

export interface Scenario {
  readonly name: string;
  /** The durable work it holds, for the report. */
  readonly about: string;
  /** What the directory is before. */
  readonly from: 'nothing' | 'house' | 'noDesk' | 'noReplica' | 'oldReplica' | 'distrusted' | 'sample';
  /** Operations of the middle that are tried; all when absent. */
  readonly most?: number;
  /** How it is checked afterwards. */
  readonly check: 'house' | 'workspace' | 'data' | 'firstOpen';
  run(dir: string, say: Say): Promise<void>;
}

async function step(say: Say, line: Omit<Line, 'state'>, work: () => Promise<string | null>): Promise<void> {
  say({ ...line, state: 'try' });
  let problem: string | null;
  try {
    problem = await work();
  } catch (thrown) {
    problem = `threw ${String(thrown)}`;
  }
  if (problem === null) say({ ...line, state: 'ack' });
  else say({ ...line, state: 'err', code: problem });
}

async function inHouse(dir: string, say: Say, work: (house: House) => Promise<void>): Promise<void> {
  const opened = await openHouse(dir, 2);
  if (!opened.ok) {
    say({ state: 'err', what: 'end', text: 'open', code: opened.error.type });
    return;
  }
  await work(opened.value);
  await opened.value.close();
}

async function inWorkspace(
  dir: string,
  say: Say,
  work: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const opened = await openWorkspaceIn(dir, 2);
  if (!opened.ok) {
    say({ state: 'err', what: 'end', text: 'open', code: opened.error.type });
    return;
  }
  await work(opened.value);
  await opened.value.close();
}

async function send(house: House, say: Say, conversation: number, text: string): Promise<void> {
  const conversationId = CONVERSATIONS[conversation] ?? asId<'ConversationId'>('none');
  const seen = `message-${conversationId}-first`;
  const args = { conversationId, messageId: `message-${text}`, text, lastSeenMessageId: seen };
  await step(say, { what: 'reply', text, id: conversationId }, async () =>
    outcomeOf(
      await house.call('mutate', {
        name: 'message.send',
        args: { ...args, offline: true, writtenAt: START },
      }),
    ),
  );
}

async function note(house: House, say: Say, text: string): Promise<void> {
  const args = { conversationId: CONVERSATIONS[1], messageId: `message-${text}`, text, writtenAt: START };
  await step(say, { what: 'note', text }, async () =>
    outcomeOf(await house.call('mutate', { name: 'note.add', args })),
  );
}

function outcomeOf(reply: Awaited<ReturnType<House['call']>>): string | null {
  if (!reply.ok) return reply.code;
  const answer = reply.output as {
    readonly ok?: boolean;
    readonly refusal?: { readonly type: string };
  } | null;
  return answer?.ok === false ? `refusal ${answer.refusal?.type ?? ''}` : null;
}

async function draft(house: House, say: Say, text: string): Promise<void> {
  const conversationId = CONVERSATIONS[0] ?? '';
  await step(say, { what: 'draft', text, id: conversationId }, async () =>
    outcomeOf(await house.call('draft.put', { conversationId, kind: 'reply', text })),
  );
}

async function syncAndSay(house: House, say: Say, sent: readonly string[]): Promise<void> {
  await house.sync();
  const { entries, attention } = house.desk.core.outbox;
  const left = JSON.stringify([entries.call(house.desk.core.outbox), attention.call(house.desk.core.outbox)]);
  for (const text of sent) if (!left.includes(text)) say({ state: 'ack', what: 'delivered', text });
}

async function ingest(workspace: Workspace, say: Say, texts: readonly string[]): Promise<void> {
  const events = texts.map((text, index) =>
    customerSays(CONVERSATIONS[index % 4] ?? '', text, START + index),
  );
  await step(say, { what: 'ingest', text: texts.join(' ') }, async () => {
    const answer = await workspace.ingest('faults', { events });
    return answer.ok && answer.value.rejected.length === 0 ? null : JSON.stringify(answer);
  });
}

async function pushBatch(workspace: Workspace, say: Say, from: number): Promise<void> {
  const mutations = [0, 1, 2].map((index) => {
    const text = `pushed-${from + index}`;
    const args = {
      conversationId: CONVERSATIONS[index],
      messageId: `message-${text}`,
      text,
      writtenAt: START,
    };
    return { mid: from + index, name: 'note.add', args, madeAt: START };
  });
  for (const { args } of mutations) say({ state: 'try', what: 'push', text: args.text });
  try {
    const body = { version: WIRE_VERSION, clientId: 'client-of-a-test', mutations };
    const answer = await workspace.push({ agentId: ME, role: 'agent' }, body);
    // A batch after one that failed is answered with a gap and no outcome.
    const outcomes = answer.ok ? answer.value.outcomes : [];
    const done = outcomes.length === 3 && outcomes.every((outcome) => outcome.status === 'applied');
    for (const { args } of mutations)
      say({ state: done ? 'ack' : 'err', what: 'push', text: args.text, code: JSON.stringify(answer) });
  } catch (thrown) {
    say({ state: 'err', what: 'push', text: `pushed-${from}`, code: String(thrown) });
  }
}

async function hire(workspace: Workspace, say: Say, name: string): Promise<void> {
  say({ state: 'try', what: 'agent', text: name });
  try {
    const added = await workspace.addAgent({ name, role: 'agent' });
    if (added.ok) say({ state: 'ack', what: 'agent', text: added.value.token });
  } catch (thrown) {
    say({ state: 'err', what: 'agent', text: name, code: String(thrown) });
  }
}

async function make(dir: string, say: Say, sample: boolean): Promise<void> {
  await step(say, { what: 'made', text: 'data' }, async () => {
    const lock = lockDataDir(dir);
    if (!lock.ok) return lock.error.type;
    const paths = dataDirPaths(dir);
    const ignore = (): void => undefined;
    const made = sample
      ? await makeSample(paths, SAMPLE_DIR, ignore, SAMPLE_AT)
      : await makeEmpty(paths, ignore);
    lock.value.release();
    return made.ok ? null : made.error.type;
  });
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'mutate',
    about: 'replies and a note: outbox append, draft used up, view',
    from: 'house',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await draft(house, say, 'half a thought');
        await send(house, say, 0, 'reply-one');
        await note(house, say, 'note-one');
        await send(house, say, 1, 'reply-two');
      }),
  },
  {
    name: 'draft',
    about: 'draft.put: new, changed, removed, new again',
    from: 'house',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        for (const text of ['draft-one', 'draft-two longer', '', 'draft-three'])
          await draft(house, say, text);
      }),
  },
  {
    name: 'confirm',
    about: 'push, its answers, the pull that confirms them, settling into the journal',
    from: 'house',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await send(house, say, 0, 'reply-one');
        await send(house, say, 2, 'reply-two');
        await syncAndSay(house, say, ['reply-one', 'reply-two']);
        await note(house, say, 'note-after');
      }),
  },
  {
    name: 'pull',
    about: 'new messages applied under a pending reply',
    from: 'house',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await ingest(house.workspace, say, ['in-one', 'in-two', 'in-three']);
        await house.sync();
        await note(house, say, 'note-one');
      }),
  },
  {
    name: 'bootstrap',
    about: 'a new desk: both files made, migrated, filled page by page',
    from: 'noDesk',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await house.sync();
        await send(house, say, 3, 'reply-one');
      }),
  },
  {
    name: 'rebuild',
    about: 'the replica gone, the outbox whole: bootstrap under pending work',
    from: 'noReplica',
    check: 'house',
    run: (dir, say) => inHouse(dir, say, (house) => house.sync()),
  },
  {
    name: 'distrusted',
    about: 'a replica with a damaged row: set aside, its mark taken away, bootstrap, a reply on top',
    from: 'distrusted',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await house.sync();
        await send(house, say, 0, 'reply-one');
      }),
  },
  {
    name: 'recall',
    about: 'a reply taken back before any push: noop and draft in one commit',
    from: 'house',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await house.call('sync.setOffline', { offline: true });
        await send(house, say, 0, 'reply-one');
        await send(house, say, 1, 'reply-two');
        await step(say, { what: 'recall', text: 'reply-two', id: 'c2' }, async () => {
          const reply = await house.call('outbox.recall', { mid: 2 });
          return reply.ok && JSON.stringify(reply.output).includes('true') ? null : JSON.stringify(reply);
        });
        await note(house, say, 'note-one');
      }),
  },
  {
    name: 'refusal',
    about: 'a reply held by the workspace: attention with the text intact, counter advanced',
    from: 'house',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await ingest(house.workspace, say, ['in-one']);
        await send(house, say, 0, 'reply-stale');
        await send(house, say, 1, 'reply-two');
        await syncAndSay(house, say, ['reply-two']);
      }),
  },
  {
    name: 'workspace push',
    about: 'two batches of three mutations',
    from: 'house',
    check: 'workspace',
    run: (dir, say) =>
      inWorkspace(dir, say, async (workspace) => {
        await pushBatch(workspace, say, 1);
        await pushBatch(workspace, say, 4);
      }),
  },
  {
    name: 'workspace ingest',
    about: 'two batches of events',
    from: 'house',
    check: 'workspace',
    run: (dir, say) =>
      inWorkspace(dir, say, async (workspace) => {
        await ingest(workspace, say, ['in-one', 'in-two']);
        await ingest(workspace, say, ['in-three', 'in-four', 'in-five']);
      }),
  },
  {
    name: 'workspace sweep',
    about: 'snoozes end, idle conversations close',
    from: 'house',
    check: 'workspace',
    run: async (dir, say) => {
      const opened = await openWorkspaceIn(dir, 2 + (60 * DAY) / 60_000);
      if (!opened.ok) return;
      await step(say, { what: 'made', text: 'sweep' }, async () => {
        await opened.value.sweep();
        return null;
      });
      await opened.value.close();
    },
  },
  {
    name: 'workspace agents',
    about: 'addAgent: agent, token and audit entry in one commit',
    from: 'house',
    check: 'workspace',
    run: (dir, say) =>
      inWorkspace(dir, say, async (workspace) => {
        await hire(workspace, say, 'Bea');
        await hire(workspace, say, 'Cid');
      }),
  },
  {
    name: 'migrate replica',
    about: 'a replica of an older build carried over with its rows, a reply pending',
    from: 'oldReplica',
    check: 'house',
    run: (dir, say) =>
      inHouse(dir, say, async (house) => {
        await house.sync();
        await send(house, say, 0, 'reply-one');
      }),
  },
  {
    name: 'host empty',
    about: 'lock, empty workspace, config: a new directory',
    from: 'nothing',
    check: 'data',
    run: (dir, say) => make(dir, say, false),
  },
  {
    name: 'host sample',
    about: 'lock, the sample made, config',
    from: 'nothing',
    check: 'data',
    most: 12,
    run: (dir, say) => make(dir, say, true),
  },
  {
    name: 'host sample reset',
    about: 'the sample put back over an older one',
    from: 'sample',
    check: 'data',
    most: 12,
    run: (dir, say) => make(dir, say, true),
  },
];
