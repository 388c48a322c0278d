import type { Agent } from '../../../domain/model.ts';
import type { Desk } from '../../../desk/open-desk.ts';
import type { FieldsView } from '../../../protocol/rpc/fields.ts';
import type { ThreadMessage } from '../../../protocol/rpc/thread.ts';
import { rowsOfQueue } from '../all-conversations.ts';
import { ask } from '../ask.ts';
import { type Call, type Command, DATA_OPTION, flagOption } from '../command.ts';
import { EXIT, type Io, usageError } from '../io.ts';
import { isoTime } from '../list-json.ts';
import { shownConversation, type WholeConversation } from '../show-json.ts';
import { timingLines } from '../timings-json.ts';
import { withDesk } from '../with-data.ts';

const PAGE = 500;

/** A conversation with all of its messages; null when there is none of that id. */
async function whole(
  desk: Desk,
  conversationId: string,
  fields: FieldsView,
): Promise<WholeConversation | null> {
  const view = await ask(desk, 'thread.open', { conversationId, limit: PAGE });
  const timings = await ask(desk, 'thread.timings', { conversationId });
  if (view === null || timings === null) return null;
  let messages: ThreadMessage[] = [...view.messages];
  let { hasEarlier } = view;
  while (hasEarlier) {
    const [first] = messages;
    if (first === undefined) break;
    const before = { conversationId, beforeAt: first.at, beforeId: first.id, limit: PAGE };
    const page = await ask(desk, 'thread.earlier', before);
    messages = [...page.messages, ...messages];
    hasEarlier = page.hasEarlier;
  }
  return { view, messages, timings, fields };
}

function printText(io: Io, { view, messages, timings }: WholeConversation): void {
  const { conversation } = view;
  io.out(
    `${conversation.id}  ${conversation.humanState ?? '-'}  ${conversation.aiOutcome ?? '-'}  ${conversation.page ?? ''}\n`,
  );
  if (conversation.handoffReason !== null) io.out(`handed over: ${conversation.handoffReason}\n`);
  if (conversation.cycleCount > 0) io.out(`${timingLines(timings.timings).join('\n')}\n`);
  for (const message of messages) {
    const kind = message.note ? 'note' : message.authorKind;
    io.out(`\n${isoTime(message.at)}  ${kind}\n${message.text}\n`);
  }
}

/** The ids a call asks for: those it names, or with `--all` every conversation's. */
async function* idsOf(desk: Desk, call: Call): AsyncGenerator<string> {
  if (!flagOption(call, 'all')) yield* call.positionals;
  else for await (const row of rowsOfQueue(desk, 'all')) yield row.id;
}

/** Prints what the call asks for; answers how many conversations there were not. */
async function print(desk: Desk, call: Call, io: Io): Promise<number> {
  const { agents: list } = await ask(desk, 'app.info', {});
  const agents = new Map<string, Agent>(list.map((agent) => [agent.id, agent]));
  const fields = await ask(desk, 'fields.list', {});
  let missing = 0;
  for await (const id of idsOf(desk, call)) {
    const found = await whole(desk, id, fields);
    if (found === null) {
      missing += 1;
      io.err(`there is no conversation ${id}\n`);
    } else if (flagOption(call, 'json')) {
      io.out(`${JSON.stringify(shownConversation(found, agents))}\n`);
    } else {
      printText(io, found);
    }
  }
  return missing;
}

export const showCommand: Command = {
  name: 'show',
  arguments: '[ID …]',
  summary: 'show conversations with their messages, cycles and timings',
  options: {
    data: DATA_OPTION,
    json: { type: 'boolean', help: 'print JSON, one object a line' },
    all: { type: 'boolean', help: 'show every conversation' },
  },
  run: async (call, { io }) => {
    const named = call.positionals.length;
    if (named === 0 && !flagOption(call, 'all'))
      throw usageError('show takes the id of a conversation, or --all; handoff list shows them');
    if (named > 0 && flagOption(call, 'all')) throw usageError('show takes ids or --all, not both');
    const missing = await withDesk(call, io, (desk) => print(desk, call, io));
    return missing > 0 ? EXIT.partial : EXIT.complete;
  },
};
